// What a unit may apply for now, and its applications.
const { call, newKey } = require('../../utils/api')
const { largeText } = require('../../utils/large-text')
const { act, load } = require('../../utils/page')
const { day } = require('../../utils/time')

const OPEN = ['draft', 'submitted', 'returned', 'examined', 'recommended', 'public_notice', 'noticed']

Page({
  behaviors: [largeText],
  data: {
    state: '', error: '', errors: {}, busy: false, kind: '', why: '', standing: /** @type {any} */ (null), earlier: /** @type {any[]} */ ([]),
  },
  key: '',

  onLoad() {
    this.key = newKey()
  },

  onShow() {
    return this.read()
  },

  async onPullDownRefresh() {
    await this.read()
    wx.stopPullDownRefresh()
  },

  path() {
    return `/units/${this.options.number}/applications`
  },

  read() {
    return load(this, async () => {
      const { opening, applications } = await call('GET', this.path())
      const lines = applications.map(one => ({ ...one, on: day(one.state_since) }))
      return {
        kind: opening.kind_zh || '',
        why: [opening.why, opening.from_day && `${day(opening.from_day)}起可以申请。`].filter(Boolean).join(''),
        standing: lines.find(one => OPEN.includes(one.state)) || null,
        earlier: lines.filter(one => !OPEN.includes(one.state)),
      }
    })
  },

  async begin() {
    let no = ''
    const done = await act(this, async () => {
      no = (await call('POST', this.path(), undefined, this.key)).case_no
      this.key = newKey()
    })
    if (done) this.go(no)
  },

  show(event) {
    this.go(event.currentTarget.dataset.no)
  },

  go(no) {
    wx.navigateTo({ url: `/pages/station-application/index?no=${no}` })
  },
})
