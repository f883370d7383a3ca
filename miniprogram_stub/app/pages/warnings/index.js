// Warnings of the consumer council: a list by place and kind, past ones marked; or one of them.
const { openKept } = require('../../utils/api')
const { largeText } = require('../../utils/large-text')
const { load } = require('../../utils/page')
const { rowsOf } = require('../../utils/rows')
const { day } = require('../../utils/time')
const { CATEGORIES, COUNTIES, pairs } = require('../../utils/words')

const PAGE = 20
const CITY = '330300'
const LEAD_WORDS = 60

/** What became of it, when it holds no more. */
function overOf({ stage, stage_zh: words, until_on: until, withdrawn_on: on, withdrawn_why: why }) {
  if (stage === 'withdrawn') return { words, told: `${day(on)}撤回，理由：${why}` }
  return stage === 'holds' ? null : { words, told: `有效期到${day(until)}，留在这里供查阅。` }
}

const warningOf = told => ({
  ...told,
  lead: told.text.length > LEAD_WORDS ? `${told.text.slice(0, LEAD_WORDS)}……` : told.text,
  days: `${day(told.from_on)}到${day(told.until_on)}`,
  over: overOf(told),
  rows: rowsOf([['对谁', told.whom], ['有效期', `${day(told.from_on)}到${day(told.until_on)}`], ['发布', '消费者权益保护委员会'], ['编号', told.number]]),
})

Page({
  behaviors: [largeText],
  data: {
    state: '', error: '', one: /** @type {any} */ (null), warnings: /** @type {any[]} */ ([]), next: '', countyNo: 0, categoryNo: 0,
    counties: [{ value: '', name: '全市' }, ...pairs(COUNTIES).filter(one => one.value !== CITY)],
    categories: [{ value: '', name: '各类' }, ...pairs(CATEGORIES)],
  },

  onLoad() {
    return this.read()
  },

  async onPullDownRefresh() {
    await this.read()
    wx.stopPullDownRefresh()
  },

  read() {
    const { no } = this.options
    if (no) return load(this, async () => ({ one: warningOf(await openKept(`/consumer-warnings/${encodeURIComponent(no)}`, {})) }))
    return this.readPage([], '')
  },

  more() {
    return this.readPage(this.data.warnings, this.data.next)
  },

  readPage(warnings, before) {
    const county = this.data.counties[this.data.countyNo].value
    const category = this.data.categories[this.data.categoryNo].value
    return load(this, async () => {
      const asked = { limit: PAGE, ...(county && { county }), ...(category && { category }), ...(before && { before }) }
      const found = await openKept('/consumer-warnings', asked)
      return { warnings: warnings.concat(found.warnings.map(warningOf)), next: found.next || '' }
    })
  },

  choose(event) {
    this.setData({ [event.currentTarget.dataset.name]: Number(event.detail.value) })
    return this.read()
  },

  show(event) {
    wx.navigateTo({ url: `/pages/warnings/index?no=${event.currentTarget.dataset.number}` })
  },

  all() {
    wx.navigateTo({ url: '/pages/warnings/index' })
  },

  dial() {
    wx.makePhoneCall({ phoneNumber: '12315' })
  },
})
