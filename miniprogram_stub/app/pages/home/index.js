// Scan a badge, or look a unit up in the register.
const { open, openKept } = require('../../utils/api')
const { pageOf, tokenIn } = require('../../utils/badge')
const { largeText } = require('../../utils/large-text')
const { load } = require('../../utils/page')
const { visitPage } = require('../../utils/volunteer')
const { CATEGORIES, pairs } = require('../../utils/words')

const PAGE = 20
/** Number of a certificate, or of one of its plates, which has a part more. */
const NUMBER = /^(FXXF-\d+-\d+-\d+)(-\d+)?$/i

Page({
  behaviors: [largeText],
  data: {
    state: '',
    error: '',
    words: '',
    category: '',
    categories: pairs(CATEGORIES),
    units: /** @type {any[]} */ ([]),
    after: '',
    warning: /** @type {any} */ (null),
  },

  /** The newest warning that holds; the page does without. */
  async onLoad() {
    const { warnings } = await openKept('/consumer-warnings', { now: true, limit: 1 }).catch(() => ({ warnings: [] }))
    this.setData({ warning: warnings[0] || null })
  },

  async scan() {
    const scanned = await wx.scanCode({ scanType: ['qrCode', 'wxCode'] }).catch(() => null)
    if (scanned) wx.navigateTo({ url: (await visitPage(scanned)) || pageOf(scanned) })
  },

  type(event) {
    this.setData({ words: event.detail.value })
  },

  search() {
    const words = this.data.words.trim()
    if (tokenIn(words)) return wx.navigateTo({ url: `/pages/badge/index?badge=${encodeURIComponent(tokenIn(words))}` })
    const [, number = ''] = NUMBER.exec(words) || []
    if (number) return this.openUnit(number.toUpperCase())
    return this.find({ units: [], after: '' })
  },

  choose(event) {
    const { value } = event.currentTarget.dataset
    this.setData({ category: value === this.data.category ? '' : value })
    return this.find({ units: [], after: '' })
  },

  more() {
    return this.find(this.data)
  },

  find({ units, after }) {
    const { words, category } = this.data
    const asked = { q: words.trim(), limit: PAGE, ...(category && { category }), ...(after && { after }) }
    return load(this, async () => {
      const found = await open('GET', '/units', asked)
      return { units: units.concat(found.units), after: found.after || '' }
    })
  },

  show(event) {
    this.openUnit(event.currentTarget.dataset.number)
  },

  openUnit(number) {
    wx.navigateTo({ url: `/pages/badge/index?number=${encodeURIComponent(number)}` })
  },

  go(event) {
    wx.navigateTo({ url: `/pages/${event.currentTarget.dataset.page}/index` })
  },

  showWarning() {
    wx.navigateTo({ url: `/pages/warnings/index?no=${this.data.warning.number}` })
  },

  dial(event) {
    wx.makePhoneCall({ phoneNumber: event.currentTarget.dataset.phone })
  },
})
