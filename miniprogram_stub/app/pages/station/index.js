// The liaison station's inbox: what is to be answered, until when, and who does it.
const { call } = require('../../utils/api')
const { largeText } = require('../../utils/large-text')
const { load } = require('../../utils/page')
const { inboxView } = require('../../utils/station-view')

Page({
  behaviors: [largeText],
  data: {
    state: '', error: '', isMember: false, stations: '', late: 0,
    ours: /** @type {any[]} */ ([]), theirs: /** @type {any[]} */ ([]),
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
      const { roles } = await call('GET', '/me')
      const stations = roles.filter(one => one.role === 'station_member').map(one => one.station_name)
      if (!stations.length) return { isMember: false }
      const { requests } = await call('GET', '/settlements/inbox')
      return { isMember: true, stations: stations.length > 2 ? `${stations[0]}等 ${stations.length} 个联络站` : stations.join('、'), ...inboxView(requests) }
    })
  },

  show(event) {
    wx.navigateTo({ url: `/pages/station-case/index?no=${event.currentTarget.dataset.no}` })
  },

  units() {
    wx.navigateTo({ url: '/pages/station-unit/index' })
  },

  figures() {
    wx.navigateTo({ url: '/pages/station-figures/index' })
  },

  join() {
    wx.navigateTo({ url: '/pages/station-join/index' })
  },
})
