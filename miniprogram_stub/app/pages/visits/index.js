// A volunteer's visits: those to be made, the most urgent first, and those that are over.
const { callKept } = require('../../utils/api')
const { largeText } = require('../../utils/large-text')
const { load } = require('../../utils/page')
const { whyNoPlace } = require('../../utils/privacy')
const { byDistance } = require('../../utils/route')
const { left } = require('../../utils/time')
const { OPEN, note } = require('../../utils/volunteer')

const lineOf = visit => ({ ...visit, left: visit.due_at ? left(visit.due_at) : '' })

Page({
  behaviors: [largeText],
  data: {
    state: '', error: '', isNearestFirst: false, isAsking: false, noPlace: '', waiting: /** @type {any[]} */ ([]), done: /** @type {any[]} */ ([]),
  },

  onShow() {
    return this.read()
  },

  async onPullDownRefresh() {
    await this.read()
    wx.stopPullDownRefresh()
  },

  read() {
    return load(this, async () => {
      const { visits } = await callKept('/visits')
      note(true)
      const waiting = visits.filter(one => OPEN.includes(one.state)).sort((one, other) => Date.parse(one.due_at) - Date.parse(other.due_at))
      return { isNearestFirst: false, waiting: waiting.map(lineOf), done: visits.filter(one => !OPEN.includes(one.state)) }
    })
  },

  /** The nearest first. The phone alone knows the place: it is neither kept nor sent. */
  async sortByDistance() {
    if (this.data.isAsking) return
    this.setData({ isAsking: true, noPlace: '' })
    try {
      const { longitude: lng, latitude: lat } = await wx.getLocation({ type: 'gcj02' })
      this.setData({ isNearestFirst: true, waiting: byDistance(this.data.waiting, { lng, lat }) })
    } catch (refused) {
      this.setData({ noPlace: whyNoPlace(refused) })
    } finally {
      this.setData({ isAsking: false })
    }
  },

  sortByDeadline() {
    return this.read()
  },

  openMap(event) {
    const { lat: latitude, lng: longitude, unit_name: name, address } = event.currentTarget.dataset.visit
    wx.openLocation({ latitude, longitude, name, address, scale: 16 })
  },

  show(event) {
    wx.navigateTo({ url: `/pages/visit/index?no=${event.currentTarget.dataset.no}` })
  },
})
