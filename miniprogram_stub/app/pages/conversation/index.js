// What consumer and station write to each other; neither is named to the other.
const { call } = require('../../utils/api')
const drafts = require('../../utils/drafts')
const { act, load } = require('../../utils/page')
const { moment } = require('../../utils/time')

const lines = messages => messages.map((one, key) => ({ ...one, key, at: moment(one.at), who: one.mine ? '您' : '联络站' }))

Page({
  data: { state: '', error: '', errors: /** @type {any} */ ({}), busy: false, messages: /** @type {any[]} */ ([]), mayWrite: false, text: '' },
  path: '',
  draft: /** @type {any} */ (null),

  onLoad({ no }) {
    this.path = `/settlements/${no}/messages`
    this.draft = drafts.read(this.path, { text: '' })
    this.setData({ text: this.draft.form.text })
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
      return { messages: lines(talk.messages), mayWrite: talk.may_write }
    })
  },

  type(event) {
    this.setData({ text: event.detail.value })
    this.draft.form = { text: event.detail.value }
    drafts.keep(this.path, this.draft)
  },

  send() {
    const text = this.data.text.trim()
    if (!text) return this.setData({ errors: { text: '请先写下要说的话。' } })
    return act(this, async () => {
      const talk = await drafts.deliver(this.path, this.draft, this.path, { text })
      this.draft = drafts.read(this.path, { text: '' })
      this.setData({ messages: lines(talk.messages), mayWrite: talk.may_write, text: '' })
    })
  },
})
