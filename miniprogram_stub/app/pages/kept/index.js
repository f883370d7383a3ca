// Units that one keeps, with how they stand now.
const { call, isSignedIn } = require('../../utils/api')
const { largeText } = require('../../utils/large-text')
const { act, load } = require('../../utils/page')

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

  async onPullDownRefresh() {
    await this.onShow()
    wx.stopPullDownRefresh()
  },

  read() {
    return this.readPage([], '')
  },

  more() {
    return this.readPage(this.data.units, this.data.next)
  },

  readPage(units, before) {
    return load(this, async () => {
      const found = await call('GET', '/me/kept-units', { limit: PAGE, ...(before && { before }) })
      return { units: units.concat(found.units), next: found.next || '' }
    })
  },

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
