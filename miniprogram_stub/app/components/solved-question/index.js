// Whether the matter was solved, asked once after the close; where it was not, it can be opened again.
const { call, newKey } = require('../../utils/api')
const drafts = require('../../utils/drafts')
const { act, confirmed } = require('../../utils/page')
const { ANSWERS, pairs } = require('../../utils/words')

Component({
  properties: {
    /** number of the settlement request */
    no: String,
  },
  data: { asked: false, answer: '', answers: pairs(ANSWERS), words: ANSWERS, what: '', again: /** @type {any} */ (null), busy: false, error: '', errors: /** @type {any} */ ({}) },
  lifetimes: {
    async attached() {
      const [{ questionnaires }, again] = await Promise.all([
        call('GET', '/questionnaires').catch(() => ({ questionnaires: [] })), this.reopening().catch(() => null),
      ])
      const found = questionnaires.find(one => one.case_no === this.data.no)
      const { form } = drafts.read(`reopen:${this.data.no}`, { what: '' })
      this.setData({ asked: Boolean(found), answer: (found && found.answer) || '', again, what: form.what })
    },
  },
  methods: {
    /** Where the new handling stands; an answer alone may have begun it. null when there is none */
    async reopening() {
      const { reopenings } = await call('GET', '/reopenings')
      const found = reopenings.find(one => one.settlement_no === this.data.no)
      return found ? this.drawn(found) : null
    },
    drawn: ({ case_no: no, state, state_zh: words, what, outcome }) => ({
      no, words, what, outcome: outcome || '', isOpen: ['opened', 'in_hand'].includes(state),
    }),
    say(event) {
      const { answer } = event.currentTarget.dataset
      return act(this, async () => {
        await call('POST', `/questionnaires/${this.data.no}`, { answer })
        this.setData({ answer, again: await this.reopening() })
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
        const made = await drafts.deliver(name, drafts.read(name, { what }), `/questionnaires/${no}/reopen`, { what: what.trim() })
        this.setData({ again: this.drawn(made) })
      })
    },
    withdraw() {
      return act(this, async () => {
        if (!(await confirmed('撤回后不能再申请重新办理，确定吗？'))) return
        this.setData({ again: this.drawn(await call('POST', `/reopenings/${this.data.again.no}/withdraw`, undefined, newKey())) })
      })
    },
  },
})
