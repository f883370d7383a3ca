// What a code opens: a group complaint that one can come into, with a request that stands or with a new one.
const { call, isSignedIn, newKey } = require('../../utils/api')
const { largeText } = require('../../utils/large-text')
const { act, refuse } = require('../../utils/page')
const { day } = require('../../utils/time')
const { NATURES } = require('../../utils/words')

const OVER = ['performed', 'withdrawn', 'lapsed']

Page({
  behaviors: [largeText],
  data: {
    error: '', errors: /** @type {any} */ ({}), busy: false, isSignedIn: false, code: '', group: /** @type {any} */ (null), own: /** @type {any[]} */ ([]),
  },
  key: '',

  onLoad({ code = '' }) {
    this.key = newKey()
    this.setData({ code, isSignedIn: isSignedIn() })
    return code && isSignedIn() ? this.look() : undefined
  },

  onSignedIn() {
    this.setData({ isSignedIn: true })
    return this.data.code && this.look()
  },

  type(event) {
    this.setData({ code: event.detail.value })
  },

  look() {
    const code = this.data.code.trim()
    if (!code) return refuse(this, { code: '请填写加入码。' })
    return act(this, async () => {
      this.setData({ group: null, own: [] })
      const group = await call('POST', '/group-codes/look', { code })
      const { settlements } = await call('GET', `/units/${encodeURIComponent(group.certificate_no)}/my-settlements`)
      this.setData({
        group: { ...group, title: `${group.count > 1 ? `${group.count} 人` : '有人发起'}共同投诉，您可以加入`, about: group.about, nature: NATURES[group.nature] },
        own: settlements.filter(one => !OVER.includes(one.state)).map(one => ({ no: one.case_no, said: `${day(one.opened_at)}，${one.nature_zh}，${one.state_zh}` })),
      })
    })
  },

  async bring(event) {
    const { no } = event.currentTarget.dataset
    const join = () => call('POST', `/settlements/${no}/group/join`, { code: this.data.code.trim() }, this.key)
    const done = await act(this, () => join().finally(() => {
      this.key = newKey()
    }))
    if (done) wx.redirectTo({ url: `/pages/group/index?no=${no}` })
  },

  show(event) {
    wx.navigateTo({ url: `/pages/group/index?no=${event.currentTarget.dataset.no}` })
  },

  file() {
    const { group, code } = this.data
    wx.navigateTo({ url: `/pages/complain/index?number=${encodeURIComponent(group.certificate_no)}&group=${encodeURIComponent(code.trim())}` })
  },
})
