// The units of the station, and one of them: its certificate, its plates and a lost one, and the reply shown beside its ratings.
const { call, newKey, open } = require('../../utils/api')
const { scan } = require('../../utils/badge')
const drafts = require('../../utils/drafts')
const { largeText } = require('../../utils/large-text')
const { act, confirmed, paged, refuse } = require('../../utils/page')
const { plateView, replyView, unitView } = require('../../utils/unit-view')
const { STANDINGS } = require('../../utils/words')

const LEAST_REPLY = 5
const NUMBER = /^[a-z]+-\d[\d-]+$/i
const LOSSES = { lost: '丢了', damaged: '坏了' }

/** The station's units, at first all of them, those without a certificate before the others. */
const UNITS = paged('units', async ({ data }, before) => {
  const words = data.typed.trim()
  const { units, next } = await call('GET', '/station/units', { ...(words && { words }), ...(before.before && { after: before.before }) })
  const page = { lines: units.map(one => ({ ...one, mark: STANDINGS[one.standing].short })), next }
  if (before.before) return page
  return { ...page, uncertified: words ? [] : (await call('GET', '/station/uncertified-units')).units }
})

/** The plates of the unit that is open, and with their first page the unit. */
const PLATES = paged('plates', async ({ data: { number } }, before) => {
  const { items, next } = await call('GET', `/units/${number}/plates`, before)
  const page = { lines: items.map(plateView), next }
  if (before.before) return page
  const [unit, record] = await Promise.all([open('GET', `/units/${number}`), call('GET', `/units/${number}/public-record`)])
  return { ...page, doing: '', unit: unitView(unit), reply: replyView(record) }
})

const shownBy = ({ data }) => (data.number ? PLATES : UNITS)

Page({
  behaviors: [largeText],
  data: {
    state: '', error: '', errors: /** @type {any} */ ({}), busy: false, doing: '', number: '', typed: '',
    unit: /** @type {any} */ (null), plates: /** @type {any[]} */ ([]), next: '',
    uncertified: /** @type {any[]} */ ([]), units: /** @type {any[]} */ ([]), reply: /** @type {any} */ (null), text: '', replaces: true,
  },
  draft: /** @type {any} */ (null),
  keys: /** @type {Record<string, string>} */ ({}),

  onLoad({ number = '' }) {
    return number ? this.openUnit(number) : this.list()
  },

  ...UNITS,

  read() {
    return shownBy(this).read.call(this)
  },

  more() {
    return shownBy(this).more.call(this)
  },

  readPage(shown, before) {
    return shownBy(this).readPage.call(this, shown, before)
  },

  /** All units; the only one is opened at once. */
  async list() {
    await this.read()
    const { uncertified, units, next } = this.data
    if (units.length === 1 && !uncertified.length && !next) await this.openUnit(units[0].number)
  },

  close() {
    wx.navigateTo({ url: `/pages/station-closing/index?number=${this.data.number}` })
  },

  apply() {
    wx.navigateTo({ url: `/pages/station-applications/index?number=${this.data.number}` })
  },

  applyFirst(event) {
    wx.navigateTo({ url: `/pages/station-applications/index?number=${event.currentTarget.dataset.number}` })
  },

  choose(event) {
    return this.openUnit(event.currentTarget.dataset.number)
  },

  type(event) {
    this.setData({ typed: event.detail.value })
  },

  find() {
    const typed = this.data.typed.trim()
    return NUMBER.test(typed) ? this.openUnit(typed.toUpperCase()) : this.read()
  },

  /** The unit of the plate that hangs in the shop. */
  async scanPlate() {
    const scanned = await wx.scanCode({ scanType: ['qrCode', 'wxCode'] }).catch(() => null)
    if (!scanned) return
    let number = ''
    const isOurs = await act(this, async () => {
      const { card } = await scan({ q: scanned.result })
      number = card.certificate.number
    })
    if (isOurs) await this.openUnit(number)
  },

  openUnit(number) {
    this.draft = drafts.read(`reply:${number}`, { text: '' })
    this.setData({ number, errors: {}, text: this.draft.form.text, state: '' })
    return this.read()
  },

  another() {
    this.setData({ number: '', unit: null, plates: [], units: [], state: '', error: '', typed: '' })
    return this.read()
  },

  setReplaces(event) {
    this.setData({ replaces: event.detail.value })
  },

  /** Void a plate at once; one key for each thing that is said of it. */
  async reportLoss(event) {
    const { serial, reason } = event.currentTarget.dataset
    const { replaces } = this.data
    const same = `${serial}:${reason}:${replaces}`
    this.keys[same] = this.keys[same] || newKey()
    if (this.data.busy) return
    this.setData({ doing: serial })
    await act(this, async () => {
      if (!(await confirmed(`这块牌${LOSSES[reason]}？作废后不能恢复，再扫会显示“这块牌已作废”。${replaces ? '同时订一块新牌，位置和名称不变。' : ''}`))) return
      const { plate } = await call('POST', `/plates/${serial}/loss`, { reason, replace: replaces }, this.keys[same])
      this.setData({ plates: this.data.plates.map(one => (one.serial === serial ? plateView(plate) : one)) })
      wx.showToast({ title: replaces ? '这块牌已作废，新牌已订' : '这块牌已作废', icon: 'none' })
    })
  },

  typeReply(event) {
    this.setData({ text: event.detail.value })
    this.draft.form = { text: event.detail.value }
    drafts.keep(`reply:${this.data.number}`, this.draft)
  },

  sendReply() {
    const { number, text } = this.data
    if (text.trim().length < LEAST_REPLY) return refuse(this, { text: `至少写 ${LEAST_REPLY} 个字。` }, { doing: 'reply' })
    if (this.data.busy) return false
    this.setData({ doing: 'reply' })
    return act(this, async () => {
      const reply = await drafts.deliver(`reply:${number}`, this.draft, `/units/${number}/replies`, { text: text.trim(), about: '' })
      this.draft = drafts.read(`reply:${number}`, { text: '' })
      this.setData({ reply: replyView({ replies: [reply] }), text: '' })
      wx.showToast({ title: '已提交，工作人员看过以后公开', icon: 'none' })
    })
  },
})
