// What a scan opens: whether the certificate stands is said first.
const { api } = require('../../config')
const { call, isSignedIn, openKept, Refusal } = require('../../utils/api')
const { broughtBy, scan, unitQuery, visitOf } = require('../../utils/badge')
const { cardView } = require('../../utils/card-view')
const { largeText } = require('../../utils/large-text')
const { act, load } = require('../../utils/page')
const { copy } = require('../../utils/privacy')

Page({
  behaviors: [largeText],
  data: { state: '', error: '', card: /** @type {any} */ (null), token: '', isUnknown: false, why: '', base: api, busy: false, errors: {}, keepError: '', isKept: false, warnings: /** @type {any[]} */ ([]) },

  async onLoad(options) {
    await this.read(options)
    await Promise.all([this.lookKept(), this.lookWarnings()])
  },

  again() {
    return this.onLoad(this.options)
  },

  read({ number, ...options }) {
    return load(this, async () => {
      if (number) return this.opened(await visitOf({ number }))
      try {
        return this.opened(await scan(broughtBy(options) || { token: '' }))
      } catch (error) {
        if (error instanceof Refusal && [404, 422].includes(error.status)) return { isUnknown: true, why: error.message }
        throw error
      }
    })
  },

  opened({ card, token }) {
    wx.setNavigationBarTitle({ title: card.unit.name })
    return { card: cardView(card), token }
  },

  /** Whether the unit is kept, when the phone's owner is signed in; without an answer the button offers to keep it. */
  async lookKept() {
    const { card } = this.data
    if (!card || card.past || !isSignedIn()) return
    const { kept } = await call('GET', `/me/kept-units/${encodeURIComponent(card.number)}`).catch(() => ({ kept: false }))
    this.setData({ isKept: kept })
  },

  /** Warnings for this county and kind of shop, after the card is shown: a scan does not wait for them. */
  async lookWarnings() {
    const { card } = this.data
    if (!card || card.past) return
    const asked = { county: card.county, category: card.category, now: true, limit: 3 }
    const { warnings } = await openKept('/consumer-warnings', asked).catch(() => ({ warnings: [] }))
    this.setData({ warnings })
  },

  showWarning(event) {
    wx.navigateTo({ url: `/pages/warnings/index?no=${event.currentTarget.dataset.number}` })
  },

  async keep() {
    const { card, isKept } = this.data
    const done = await act(this, async () => {
      const { kept } = await call(isKept ? 'DELETE' : 'PUT', `/me/kept-units/${encodeURIComponent(card.number)}`)
      this.setData({ isKept: kept, keepError: '' })
    })
    this.setData({ keepError: done ? '' : this.data.error })
    if (done) wx.showToast({ title: isKept ? '已移出收藏' : '已收藏', icon: 'none' })
  },

  go(event) {
    const { card, token } = this.data
    wx.navigateTo({ url: `/pages/${event.currentTarget.dataset.page}/index?${unitQuery({ badge: token, number: card.number })}` })
  },

  dial(event) {
    wx.makePhoneCall({ phoneNumber: event.currentTarget.dataset.phone })
  },

  copy(event) {
    return copy(event.currentTarget.dataset.text)
  },

  look() {
    const url = this.data.base + this.data.card.photo.url
    wx.previewImage({ current: url, urls: [url] })
  },

  onShareAppMessage() {
    const { number } = this.options
    const query = number ? `number=${number}` : `badge=${encodeURIComponent(this.data.token)}`
    return { title: this.data.card ? this.data.card.name : '放心消费在温州', path: `/pages/badge/index?${query}` }
  },
})
