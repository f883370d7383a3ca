// Whether the matter was solved, asked once after the close; where it was not, it can be opened again.
const { call } = require('../../utils/api')
const drafts = require('../../utils/drafts')
const { act } = require('../../utils/page')
const { ANSWERS, pairs } = require('../../utils/words')

Component({
  properties: {
    /** number of the settlement request */
    no: String,
  },
  data: { asked: false, answer: '', answers: pairs(ANSWERS), words: ANSWERS, what: '', reopened: '', busy: false, error: '', errors: /** @type {any} */ ({}) },
  lifetimes: {
    async attached() {
      const { questionnaires } = await call('GET', '/questionnaires').catch(() => ({ questionnaires: [] }))
      const found = questionnaires.find(one => one.case_no === this.data.no)
      if (!found) return
      const { form } = drafts.read(`reopen:${this.data.no}`, { what: '' })
      this.setData({ asked: true, answer: found.answer || '', reopened: await this.reopening().catch(() => ''), what: form.what })
    },
  },
  methods: {
    /** Where the new handling stands; an answer alone may have begun it. '' when there is none */
    async reopening() {
      const { reopenings } = await call('GET', '/reopenings')
      const found = reopenings.find(one => one.settlement_no === this.data.no)
      return found ? found.state_zh : ''
    },
    say(event) {
      const { answer } = event.currentTarget.dataset
      return act(this, async () => {
        await call('POST', `/questionnaires/${this.data.no}`, { answer })
        this.setData({ answer, reopened: await this.reopening() })
      })
    },
    type(event) {
      const name = `reopen:${this.data.no}`
      drafts.keep(name, { ...drafts.read(name, {}), form: { what: event.detail.value } })
      this.setData({ what: event.detail.value })
    },
    reopen() {
      const { no, what } = this.data
      const name = `reopen:${no}`
      return act(this, async () => {
        const { state_zh: reopened } = await drafts.deliver(name, drafts.read(name, { what }), `/questionnaires/${no}/reopen`, { what: what.trim() })
        this.setData({ reopened })
      })
    },
  },
})
