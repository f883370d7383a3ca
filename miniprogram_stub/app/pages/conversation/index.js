// What consumer and station write to each other; neither is named to the other.
const { call } = require('../../utils/api')
const drafts = require('../../utils/drafts')
const { largeText } = require('../../utils/large-text')
const { act, load, refuse } = require('../../utils/page')
const { silenceOf } = require('../../utils/station-view')
const { moment } = require('../../utils/time')

/** Side of the reader → what each of the two is called. */
const NAMES = {
  consumer: { consumer: '您', station: '联络站', other: '联络站' },
  station: { consumer: '消费者', station: '联络站', other: '消费者' },
}
const OVER = '这件事已经结束，不能再发消息。以前的对话保留在这里。'

const lines = (messages, names) => messages.map((one, key) => ({ ...one, key, at: moment(one.at), who: names[one.side] }))

Page({
  behaviors: [largeText],
  data: {
    state: '', error: '', errors: /** @type {any} */ ({}), busy: false, messages: /** @type {any[]} */ ([]),
    other: '', silence: '', text: '', ready: /** @type {any[]} */ ([]),
  },
  names: NAMES.consumer,
  path: '',
  draft: /** @type {any} */ (null),

  /** side: station for its members */
  onLoad({ no, side = 'consumer' }) {
    this.names = NAMES[side]
    this.path = `/settlements/${no}/messages`
    this.draft = drafts.read(this.path, { text: '' })
    this.setData({ text: this.draft.form.text, other: this.names.other })
    wx.setNavigationBarTitle({ title: `和${this.names.other}的对话` })
    return this.read()
  },

  async onPullDownRefresh() {
    await this.read()
    wx.stopPullDownRefresh()
  },

  read() {
    return load(this, async () => {
      const talk = await call('GET', this.path)
      if (talk.unread) await call('POST', `${this.path}/read`)
      return { messages: lines(talk.messages, this.names), silence: talk.may_write ? '' : OVER, ...(await this.ofStation(talk)) }
    })
  },

  /** What only the station's members get: why they may not write, and their ready answers. */
  async ofStation({ may_write: mayWrite }) {
    if (this.names !== NAMES.station || !mayWrite) return {}
    const [settlement, { ready_answers: ready }] = await Promise.all([call('GET', `/settlements/${this.options.no}`), call('GET', '/ready-answers')])
    return { silence: silenceOf(settlement), ready }
  },

  useAnswer(event) {
    this.put(event.currentTarget.dataset.text)
  },

  type(event) {
    this.put(event.detail.value)
  },

  put(text) {
    this.setData({ text })
    this.draft.form = { text }
    drafts.keep(this.path, this.draft)
  },

  send() {
    const text = this.data.text.trim()
    if (!text) return refuse(this, { text: '请先写下要说的话。' })
    return act(this, async () => {
      const talk = await drafts.deliver(this.path, this.draft, this.path, { text })
      this.draft = drafts.read(this.path, { text: '' })
      this.setData({ messages: lines(talk.messages, this.names), silence: talk.may_write ? '' : OVER, text: '' })
    })
  },
})
