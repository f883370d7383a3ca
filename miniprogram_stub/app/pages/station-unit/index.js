// The units of the station, and one of them: its certificate, its plates and a lost one, and the reply shown beside its ratings.
const { call, newKey, open } = require('../../utils/api')
const { scan } = require('../../utils/badge')
const drafts = require('../../utils/drafts')
const { largeText } = require('../../utils/large-text')
const { act, confirmed, load } = require('../../utils/page')
const { plateView, replyView, unitView } = require('../../utils/unit-view')
const { STANDINGS } = require('../../utils/words')

const LEAST_REPLY = 5
const NUMBER = /^[a-z]+-\d[\d-]+$/i
const LOSSES = { lost: '丢了', damaged: '坏了' }

Page({
  behaviors: [largeText],
  data: {
    state: '', error: '', errors: /** @type {any} */ ({}), busy: false, doing: '', number: '', typed: '',
    unit: /** @type {any} */ (null), plates: /** @type {any[]} */ ([]), next: '',
    units: /** @type {any[]} */ ([]), moreUnits: '', hasAsked: false, reply: /** @type {any} */ (null), text: '', replaces: true,
  },
  draft: /** @type {any} */ (null),
  keys: /** @type {Record<string, string>} */ ({}),

  onLoad({ number = '' }) {
    return number ? this.openUnit(number) : this.list()
  },

  /** The station's units, at first all of them; after: cursor of what is shown already. */
  list(words = '', after = '') {
    return act(this, async () => {
      const page = await call('GET', '/station/units', { ...(words && { words }), ...(after && { after }) })
      const units = [...(after ? this.data.units : []), ...page.units]
      this.setData({ units: units.map(one => ({ ...one, mark: STANDINGS[one.standing].short })), moreUnits: page.next || '', hasAsked: true })
      if (page.units.length === 1 && !after && !words) await this.openUnit(page.units[0].number)
    })
  },

  listMore() {
    return this.list(this.data.typed.trim(), this.data.moreUnits)
  },

  close() {
    wx.navigateTo({ url: `/pages/station-closing/index?number=${this.data.number}` })
  },

  apply() {
    wx.navigateTo({ url: `/pages/station-applications/index?number=${this.data.number}` })
  },

  choose(event) {
    return this.openUnit(event.currentTarget.dataset.number)
  },

  async onPullDownRefresh() {
    await (this.data.number ? this.read() : this.list(this.data.typed.trim()))
    wx.stopPullDownRefresh()
  },

  type(event) {
    this.setData({ typed: event.detail.value })
  },

  find() {
    const typed = this.data.typed.trim()
    return NUMBER.test(typed) ? this.openUnit(typed.toUpperCase()) : this.list(typed)
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
    this.setData({ number, errors: {}, text: this.draft.form.text })
    return this.read()
  },

  another() {
    this.setData({ number: '', unit: null, plates: [], state: '', error: '', typed: '' })
    return this.list()
  },

  read() {
    const { number } = this.data
    return load(this, async () => {
      const page = await call('GET', `/units/${number}/plates`)
      const [unit, record] = await Promise.all([open('GET', `/units/${number}`), call('GET', `/units/${number}/public-record`)])
      return { doing: '', unit: unitView(unit), reply: replyView(record), plates: page.items.map(plateView), next: page.next || '' }
    })
  },

  more() {
    const { number, next, plates } = this.data
    return act(this, async () => {
      const page = await call('GET', `/units/${number}/plates`, { before: next })
      this.setData({ plates: plates.concat(page.items.map(plateView)), next: page.next || '' })
    })
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
    if (text.trim().length < LEAST_REPLY) return this.setData({ doing: 'reply', errors: { text: `至少写 ${LEAST_REPLY} 个字。` } })
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
