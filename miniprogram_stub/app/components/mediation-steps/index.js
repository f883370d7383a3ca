// What a party of a complaint answers about its mediation: whether to mediate, whether to delegate it, whether the mediator should step back.
const { call } = require('../../utils/api')
const drafts = require('../../utils/drafts')
const { act, confirmed, refuse } = require('../../utils/page')

const LEAST_REASON = 5

Component({
  properties: {
    /** number of the complaint */
    no: String,
    /** of utils/mediation-view */
    steps: { type: Object, value: /** @type {any} */ (null) },
  },
  data: { busy: false, error: '', errors: /** @type {any} */ ({}), doing: '', isAsking: false, reason: '' },
  observers: {
    no(no) {
      const reason = no ? drafts.read(`recusal:${no}`, '').form : ''
      this.setData({ reason, isAsking: Boolean(reason) })
    },
  },
  methods: {
    /** One act; whether it was done. doing: where a refusal of it is shown */
    async perform(doing, said, work) {
      this.setData({ doing })
      if (!(await act(this, work))) return false
      wx.showToast({ title: said, icon: 'none' })
      this.triggerEvent('changed')
      return true
    },
    async answer(event) {
      const { agree, subject } = event.currentTarget.dataset
      const ask = '不同意，市场监管部门就不能调解。确定吗？'
      if (!agree && subject === 'mediation' && !(await confirmed(ask))) return
      await this.perform(subject, '已答复', () => call('POST', `/complaints/${this.data.no}/consent`, { agree, subject }))
    },
    startAsking() {
      this.setData({ isAsking: true })
    },
    type(event) {
      const name = `recusal:${this.data.no}`
      drafts.keep(name, { ...drafts.read(name, ''), form: event.detail.value })
      this.setData({ reason: event.detail.value })
    },
    async askRecusal() {
      const text = this.data.reason.trim()
      if (text.length < LEAST_REASON) return refuse(this, { text: `请写明理由，至少 ${LEAST_REASON} 个字。` }, { doing: 'recusal' })
      if (!(await confirmed('提出以后，调解中止，等别人决定是否换人。确定申请吗？'))) return
      const name = `recusal:${this.data.no}`
      const ask = () => drafts.deliver(name, drafts.read(name, text), `/complaints/${this.data.no}/recusal`, { text })
      if (await this.perform('recusal', '已提出申请', ask)) this.setData({ isAsking: false, reason: '' })
    },
  },
})
