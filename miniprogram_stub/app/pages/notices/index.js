// The inbox; a notice about one's own case, or a volunteer's visit, leads there.
const { call } = require('../../utils/api')
const { largeText } = require('../../utils/large-text')
const { act, paged } = require('../../utils/page')
const { moment } = require('../../utils/time')

const PAGE = 30
const CASE = /^\/(?:my\/cases|(station))\/([A-Z0-9-]*\d[A-Z0-9-]*)(\/messages|\/group)?$/
/** Where a link of one kind leads: its pattern, and the page for the number in it. @type {[RegExp, (no: string) => string][]} */
const PLACES = [
  [/^\/my\/ratings$/, () => '/pages/ratings/index'],
  [/^\/my\/feedback$/, () => '/pages/feedback/index'],
  [/^\/enrol$/, () => '/pages/enrol/index'],
  [/^\/station\/applications\/([A-Z0-9-]+)$/, no => `/pages/station-application/index?no=${no}`],
  [/^\/station\/units\/([^/]+)\/applications$/, no => `/pages/station-applications/index?number=${no}`],
  [/^\/station\/units\/([^/]+)$/, no => `/pages/station-unit/index?number=${no}`],
  [/^\/warnings\/([A-Z0-9-]+)$/, no => `/pages/warnings/index?no=${no}`],
  [/^\/units\/([^/]+)$/, no => `/pages/badge/index?number=${no}`],
  [/^\/volunteer\/([A-Z0-9-]+)$/, no => `/pages/visit/index?no=${no}`],
]

function linkOf(link) {
  const place = PLACES.find(([pattern]) => pattern.test(link))
  if (place) return link.replace(place[0], (_, no) => place[1](no))
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

  ...paged('notices', async (_page, before) => {
    const { items, unread, next } = await call('GET', '/notices', { limit: PAGE, ...before })
    return { lines: items.map(one => ({ ...one, at: moment(one.made_at), url: linkOf(one.link) })), unread, next }
  }),

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
