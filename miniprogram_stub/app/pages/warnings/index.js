// Warnings of the consumer council: a list by place and kind, past ones marked; or one of them.
const { openKept } = require('../../utils/api')
const { largeText } = require('../../utils/large-text')
const { load, paged } = require('../../utils/page')
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

const LIST = paged('warnings', async ({ data }, before) => {
  const [county, category] = [data.counties[data.countyNo].value, data.categories[data.categoryNo].value]
  const { warnings, next } = await openKept('/consumer-warnings', { limit: PAGE, ...(county && { county }), ...(category && { category }), ...before })
  return { lines: warnings.map(warningOf), next }
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

  ...LIST,

  read() {
    const { no } = this.options
    if (no) return load(this, async () => ({ one: warningOf(await openKept(`/consumer-warnings/${encodeURIComponent(no)}`, {})) }))
    return LIST.read.call(this)
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
