// What one thinks of the program, with or without a name; and what one said before, with the answers.
const { call, isSignedIn, open } = require('../../utils/api')
const drafts = require('../../utils/drafts')
const { largeText } = require('../../utils/large-text')
const { act, paged, refuse } = require('../../utils/page')
const { moment } = require('../../utils/time')
const { FEEDBACK, pairs } = require('../../utils/words')

const NAME = 'feedback'
const EMPTY = { kind: '', text: '', anonymous: false }
const PAGE = 20
const LEAST_WORDS = 2

/** The page from which one came. */
function cameFrom() {
  const stack = getCurrentPages()
  return stack.length > 1 ? stack[stack.length - 2].route : null
}

const lineOf = said => ({ ...said, at: moment(said.sent_at), answeredAt: said.answer ? moment(said.answered_at) : '' })

Page({
  behaviors: [largeText],
  data: {
    state: '', error: '', errors: /** @type {any} */ ({}), busy: false, isSignedIn: false, kinds: pairs(FEEDBACK),
    form: EMPTY, thanks: '', about: ['rating'], items: /** @type {any[]} */ ([]), next: '',
  },
  draft: /** @type {any} */ (null),

  onLoad() {
    this.start()
    return this.read()
  },

  start() {
    this.draft = drafts.read(NAME, EMPTY)
    this.setData({ form: this.draft.form, isSignedIn: isSignedIn() })
  },

  ...paged('items', async (_page, before) => {
    const { items, next } = isSignedIn() ? await call('GET', '/me/feedback', { limit: PAGE, ...before }) : { items: [] }
    return { lines: items.map(lineOf), next }
  }),

  type(event) {
    this.setData({ [`form.${event.currentTarget.dataset.field}`]: event.detail.value, thanks: '' })
    this.draft.form = this.data.form
    drafts.keep(NAME, this.draft)
  },

  async send() {
    const { form } = this.data
    const errors = /** @type {Record<string, string>} */ ({})
    if (!form.kind) errors.kind = '请选一项。'
    if (form.text.trim().length < LEAST_WORDS) errors.text = '请写几句，在做什么、出现了什么。'
    if (refuse(this, errors)) return
    const named = isSignedIn() && !form.anonymous
    const body = { kind: form.kind, text: form.text.trim(), page: cameFrom() }
    this.setData({ state: '' })
    const done = await act(this, async () => {
      const { number, access_code: code } = await drafts.deliver(NAME, this.draft, '/feedback', body, named ? call : open)
      this.start()
      this.setData({ thanks: named ? '有了答复，“消息”里会告诉您。' : `编号 ${number}，查询码 ${code}。查询码只显示这一次，请截图或抄下来：凭它在“查进度”里看答复。` })
    })
    return done && this.read()
  },
})
