// The inbox; a notice about one's own case, or a volunteer's visit, leads there.
const { call } = require('../../utils/api')
const { largeText } = require('../../utils/large-text')
const { act, load } = require('../../utils/page')
const { moment } = require('../../utils/time')

const PAGE = 30
const CASE = /^\/(?:my\/cases|(station))\/([A-Z0-9-]*\d[A-Z0-9-]*)(\/messages|\/group)?$/
const APPLICATION = /^\/station\/applications\/([A-Z0-9-]+)$/
const STATION_UNIT = /^\/station\/units\/([A-Z0-9-]+)$/
const VISIT = /^\/volunteer\/([A-Z0-9-]+)$/
const UNIT = /^\/units\/([A-Z0-9-]+)$/

function linkOf(link) {
  if (link === '/my/ratings') return '/pages/ratings/index'
  if (link === '/my/feedback') return '/pages/feedback/index'
  const application = APPLICATION.exec(link)
  if (application) return `/pages/station-application/index?no=${application[1]}`
  const ours = STATION_UNIT.exec(link)
  if (ours) return `/pages/station-unit/index?number=${ours[1]}`
  const unit = UNIT.exec(link)
  if (unit) return `/pages/badge/index?number=${unit[1]}`
  const visit = VISIT.exec(link)
  if (visit) return `/pages/visit/index?no=${visit[1]}`
  const found = CASE.exec(link)
  if (!found) return ''
  const [, station, no, part] = found
  if (part === '/group') return `/pages/group/index?no=${no}`
  if (part) return `/pages/conversation/index?no=${no}${station ? '&side=station' : ''}`
  return `/pages/${station ? 'station-case' : 'case'}/index?no=${no}`
}

Page({
  behaviors: [largeText],
  data: { state: '', error: '', errors: {}, busy: false, notices: /** @type {any[]} */ ([]), unread: 0, next: '' },

  onLoad() {
    return this.read()
  },

  async onPullDownRefresh() {
    await this.read()
    wx.stopPullDownRefresh()
  },

  read() {
    return this.readPage([], '')
  },

  more() {
    return this.readPage(this.data.notices, this.data.next)
  },

  readPage(notices, before) {
    return load(this, async () => {
      const found = await call('GET', '/notices', { limit: PAGE, ...(before && { before }) })
      const lines = found.items.map(one => ({ ...one, at: moment(one.made_at), url: linkOf(one.link) }))
      return { notices: notices.concat(lines), unread: found.unread, next: found.next || '' }
    })
  },

  async show(event) {
    const { index } = event.currentTarget.dataset
    const { id, url, read } = this.data.notices[index]
    if (!read) {
      const done = await act(this, async () => {
        const { unread } = await call('POST', '/notices/read', { ids: [id] })
        this.setData({ [`notices[${index}].read`]: true, unread })
      })
      if (!done) return
    }
    if (url) wx.navigateTo({ url })
  },

  readAll() {
    return act(this, async () => {
      await call('POST', '/notices/read', {})
      this.setData({ notices: this.data.notices.map(one => ({ ...one, read: true })), unread: 0 })
    })
  },
})
