// Letting the station see one's phone for one request: shown by the consumer's act alone, each look told, taken back at any time.
const { call } = require('../../utils/api')
const { largeText } = require('../../utils/large-text')
const { act, load, refuse } = require('../../utils/page')
const { moment } = require('../../utils/time')

const drawn = found => ({
  held: { ...found, looks: found.looks.map((one, key) => ({ key, said: `${moment(one.at)}，联络站的办理人（代号 ${one.alias.split('·').pop()}）看过` })) },
})

Page({
  behaviors: [largeText],
  data: {
    state: '', error: '', errors: /** @type {any} */ ({}), busy: false, held: /** @type {any} */ (null), phone: '', isTyping: false,
  },
  path: '',

  onLoad({ no }) {
    this.path = `/settlements/${no}/phone`
    return this.read()
  },

  read() {
    return load(this, async () => drawn(await call('GET', this.path)))
  },

  type(event) {
    this.setData({ phone: event.detail.value })
  },

  startTyping() {
    this.setData({ isTyping: true })
  },

  perform(path, body, title) {
    return act(this, async () => {
      this.setData({ ...drawn(await call('POST', path, body)), phone: '', isTyping: false })
      wx.showToast({ title, icon: 'none' })
    })
  },

  shareKnown() {
    return this.perform(this.path, { phone: null }, '联络站现在能看到了')
  },

  shareTyped() {
    const phone = this.data.phone.trim()
    if (!phone) return refuse(this, { phone: '请填写手机号。' })
    return this.perform(this.path, { phone }, '联络站现在能看到了')
  },

  takeBack() {
    return this.perform(`${this.path}/take-back`, undefined, '已收回，号码已删除')
  },
})
