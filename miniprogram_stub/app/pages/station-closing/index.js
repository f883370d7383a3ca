// A unit closes or moves: said thirty days ahead, with what becomes of what was prepaid; taken back until the day has come.
const { call, newKey } = require('../../utils/api')
const { largeText } = require('../../utils/large-text')
const { rowsOf } = require('../../utils/rows')
const drafts = require('../../utils/drafts')
const { act, confirmed, load, refuse } = require('../../utils/page')
const { day, moment, today } = require('../../utils/time')
const { CLOSINGS, PREPAID, pairs } = require('../../utils/words')

const EMPTY = { kind: '', closing_on: '', new_address: '', prepaid: '', refund_by: '' }
const DAY_MS = 24 * 3600 * 1000
const ASK = '公告后扫码页面马上显示，到那一天证书自动暂停。确定吗？'

const noticeOf = told => ({
  no: told.case_no,
  state: told.state,
  rows: rowsOf([
    ['现在', told.state_zh],
    ['内容', `${day(told.closing_on)}起${told.kind_zh}`],
    ['新地址', told.new_address],
    ['预付款', told.prepaid_zh],
    ['最晚退完', told.refund_by && day(told.refund_by)],
    ['公告时间', moment(told.opened_at)],
  ]),
})

Page({
  behaviors: [largeText],
  data: {
    state: '', error: '', errors: /** @type {any} */ ({}), busy: false, kinds: pairs(CLOSINGS), ways: pairs(PREPAID),
    first: today(Date.now() + 30 * DAY_MS), today: today(), form: EMPTY, standing: /** @type {any} */ (null), earlier: /** @type {any[]} */ ([]),
  },
  path: '',
  draft: /** @type {any} */ (null),
  withdrawKey: '',

  onLoad({ number }) {
    this.path = `/units/${number}/closing-notices`
    this.withdrawKey = newKey()
    this.start()
    return this.read()
  },

  start() {
    this.draft = drafts.read(`closing:${this.path}`, EMPTY)
    this.setData({ form: this.draft.form })
  },

  async onPullDownRefresh() {
    await this.read()
    wx.stopPullDownRefresh()
  },

  read() {
    return load(this, async () => {
      const notices = (await call('GET', this.path)).notices.map(noticeOf)
      return { standing: notices.find(one => one.state === 'announced') || null, earlier: notices.filter(one => one.state !== 'announced') }
    })
  },

  type(event) {
    this.setData({ [`form.${event.currentTarget.dataset.field}`]: event.detail.value })
    this.draft.form = this.data.form
    drafts.keep(`closing:${this.path}`, this.draft)
  },

  async announce() {
    const { form } = this.data
    const errors = /** @type {Record<string, string>} */ ({})
    if (!form.kind) errors.kind = '请选择停业还是迁址。'
    if (!form.closing_on) errors.closing_on = '请选择从哪天起。'
    if (!form.prepaid) errors.prepaid = '请选择预付款怎么退。'
    if (refuse(this, errors)) return
    const body = {
      kind: form.kind, closing_on: form.closing_on, prepaid: form.prepaid,
      new_address: form.kind === 'move' ? form.new_address.trim() || null : null,
      refund_by: form.prepaid === 'none' ? null : form.refund_by || null,
    }
    const done = await act(this, async () => {
      if (!(await confirmed(ASK))) return
      await drafts.deliver(`closing:${this.path}`, this.draft, this.path, body)
      this.start()
      wx.showToast({ title: '已公告，扫码页面马上显示', icon: 'none' })
    })
    return done && this.read()
  },

  async withdraw() {
    const done = await act(this, async () => {
      if (!(await confirmed('撤回后扫码页面不再显示，证书也不会因此暂停。确定吗？'))) return
      await call('POST', `/closing-notices/${this.data.standing.no}/withdraw`, undefined, this.withdrawKey)
      this.withdrawKey = newKey()
    })
    return done && this.read()
  },
})
