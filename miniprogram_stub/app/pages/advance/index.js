// Asking to be paid first (先行赔付), and what became of it. The money goes from hand to hand; the system notes it alone.
const { call, openFile } = require('../../utils/api')
const drafts = require('../../utils/drafts')
const { largeText } = require('../../utils/large-text')
const { fen, yuan } = require('../../utils/money')
const { act, load, refuse } = require('../../utils/page')
const { rowsOf } = require('../../utils/rows')
const { day } = require('../../utils/time')

const BECAUSE = { unperformed: '约定到期没有做到', left: '经营户已经离场' }
const EMPTY = { because: '', amount: '' }

const advanceView = one => ({
  no: one.case_no,
  title: `${one.state_zh}：${yuan(one.amount_fen)}`,
  isPaid: Boolean(one.voucher_sha256),
  rows: rowsOf([
    ['编号', one.case_no],
    ['原因', BECAUSE[one.because]],
    ['付款方', one.by_host ? '主办方' : '本单位联络站'],
    ['申请日期', day(one.opened_at)],
    ['不同意的理由', one.decision_text],
    ['银行流水号', one.reference_masked],
  ]),
})

function viewOf({ advances, ways, most_fen: most }) {
  const isStanding = advances.some(one => one.state !== 'declined')
  return {
    advances: advances.map(advanceView),
    open: ways.filter(one => !one.closed).map(one => ({ value: one.because, name: one.because_zh })),
    closed: isStanding ? [] : ways.filter(one => one.closed).map(one => ({ label: one.because_zh, value: one.closed })),
    most: yuan(most),
  }
}

Page({
  behaviors: [largeText],
  data: { state: '', error: '', errors: /** @type {any} */ ({}), busy: false, view: /** @type {any} */ (null), form: /** @type {any} */ (EMPTY) },
  path: '',
  draft: /** @type {any} */ (null),

  onLoad({ no }) {
    this.path = `/settlements/${no}/advance`
    this.draft = drafts.read(this.path, EMPTY)
    this.setData({ form: this.draft.form })
    return this.read()
  },

  async onPullDownRefresh() {
    await this.read()
    wx.stopPullDownRefresh()
  },

  read() {
    return load(this, async () => ({ view: viewOf(await call('GET', this.path)) }))
  },

  type(event) {
    const form = { ...this.data.form, [event.currentTarget.dataset.name]: event.detail.value }
    this.draft.form = form
    drafts.keep(this.path, this.draft)
    this.setData({ form })
  },

  async ask() {
    const { because, amount } = this.data.form
    const errors = /** @type {Record<string, string>} */ ({})
    if (!because) errors.because = '请选择为什么申请。'
    if (!fen(amount)) errors.amount_fen = '金额写成 128 或 128.50 这样。'
    if (refuse(this, errors)) return
    const done = await act(this, () => drafts.deliver(this.path, this.draft, this.path, { because, amount_fen: fen(amount) }))
    if (!done) return
    this.draft = drafts.read(this.path, EMPTY)
    this.setData({ form: this.draft.form })
    wx.showToast({ title: '申请已送到付款方', icon: 'none' })
    await this.read()
  },

  seeVoucher(event) {
    return act(this, async () => {
      const { link } = await call('GET', `/advances/${event.currentTarget.dataset.no}/voucher`)
      await openFile(link, 'photo')
    })
  },

  dial() {
    wx.makePhoneCall({ phoneNumber: '12315' })
  },
})
