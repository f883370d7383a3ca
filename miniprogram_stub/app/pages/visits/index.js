// A volunteer's visits: those to be made, the most urgent first, and those that are over.
const { call } = require('../../utils/api')
const { load } = require('../../utils/page')
const { left } = require('../../utils/time')

const OPEN = ['assigned', 'started']

const lineOf = visit => ({ ...visit, left: visit.due_at ? left(visit.due_at) : '' })

Page({
  data: { state: '', error: '', waiting: /** @type {any[]} */ ([]), done: /** @type {any[]} */ ([]) },

  onShow() {
    return this.read()
  },

  async onPullDownRefresh() {
    await this.read()
    wx.stopPullDownRefresh()
  },

  read() {
    return load(this, async () => {
      const { visits } = await call('GET', '/visits')
      const waiting = visits.filter(one => OPEN.includes(one.state)).sort((one, other) => Date.parse(one.due_at) - Date.parse(other.due_at))
      return { waiting: waiting.map(lineOf), done: visits.filter(one => !OPEN.includes(one.state)) }
    })
  },

  show(event) {
    wx.navigateTo({ url: `/pages/visit/index?no=${event.currentTarget.dataset.no}` })
  },
})
