// Units that one keeps, with how they stand now.
const { call, isSignedIn } = require('../../utils/api')
const { largeText } = require('../../utils/large-text')
const { act, paged } = require('../../utils/page')

const PAGE = 50

Page({
  behaviors: [largeText],
  data: { state: '', error: '', errors: {}, busy: false, isSignedIn: false, about: ['standing'], units: /** @type {any[]} */ ([]), next: '' },

  onShow() {
    this.setData({ isSignedIn: isSignedIn() })
    return isSignedIn() && this.read()
  },

  onSignedIn() {
    return this.onShow()
  },

  ...paged('units', async (_page, before) => {
    const { units: lines, next } = await call('GET', '/me/kept-units', { limit: PAGE, ...before })
    return { lines, next }
  }),

  show(event) {
    wx.navigateTo({ url: `/pages/badge/index?number=${encodeURIComponent(event.currentTarget.dataset.number)}` })
  },

  takeOut(event) {
    const { number } = event.currentTarget.dataset
    return act(this, async () => {
      await call('DELETE', `/me/kept-units/${encodeURIComponent(number)}`)
      this.setData({ units: this.data.units.filter(one => one.number !== number) })
    })
  },

  find() {
    wx.navigateTo({ url: '/pages/nearby/index' })
  },
})
