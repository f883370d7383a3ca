// The station's own figures: how soon it answers and what comes of it, beside the median of its category.
const { call } = require('../../utils/api')
const { largeText } = require('../../utils/large-text')
const { load } = require('../../utils/page')
const { figuresView } = require('../../utils/figures-view')

Page({
  behaviors: [largeText],
  data: {
    state: '', error: '', days: 90, periods: [{ days: 90, name: '最近 90 天' }, { days: 365, name: '最近一年' }],
    groups: /** @type {any[]} */ ([]), formulas: /** @type {string[]} */ ([]), showsFormulas: false,
  },

  onLoad() {
    return this.read()
  },

  async onPullDownRefresh() {
    await this.read()
    wx.stopPullDownRefresh()
  },

  read() {
    return load(this, async () => {
      const found = await call('GET', '/station/figures', { days: this.data.days })
      return { groups: found.categories.map(figuresView), formulas: found.formulas }
    })
  },

  choose(event) {
    this.setData({ days: event.currentTarget.dataset.days })
    return this.read()
  },

  showFormulas() {
    this.setData({ showsFormulas: true })
  },
})
