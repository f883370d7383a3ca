// A volunteer's visit: where to go, the scan in the shop that starts it, and its form; what was handed in can only be read.
const { Refusal, call } = require('../../utils/api')
const { broughtIn, scan, visitOf } = require('../../utils/badge')
const drafts = require('../../utils/drafts')
const { largeText } = require('../../utils/large-text')
const { act, confirmed, load, refuse } = require('../../utils/page')
const { left, moment } = require('../../utils/time')
const { FINDINGS, pairs } = require('../../utils/words')

const NOT_YOURS = { status: 404, code: 'visit_unknown', detail: '您没有这项体验任务。' }

Page({
  behaviors: [largeText],
  data: {
    state: '', error: '', errors: /** @type {any} */ ({}), busy: false, agreed: false, hasScanned: false,
    visit: /** @type {any} */ (null), items: /** @type {any[]} */ ([]), facts: /** @type {any[]} */ ([]), remark: '', naWords: FINDINGS.na,
  },
  draft: /** @type {any} */ (null),

  onLoad({ badge = '' }) {
    this.setData({ hasScanned: Boolean(badge) })
    return this.read()
  },

  async onPullDownRefresh() {
    await this.read()
    wx.stopPullDownRefresh()
  },

  read() {
    return load(this, async () => this.drawn(await this.fetch()))
  },

  /** The visit; without a network as it was when it was started, so that its form can be filled in. */
  async fetch() {
    try {
      const { visits } = await call('GET', '/visits')
      const found = visits.find(one => one.number === this.options.no)
      if (!found) throw new Refusal(NOT_YOURS)
      return found
    } catch (error) {
      const { visit } = drafts.read(this.draftName(), null)
      if (error.code === 'offline' && visit) return visit
      throw error
    }
  },

  /** The visit as the page shows it, with what was typed and not sent yet. */
  drawn(visit) {
    this.draft = drafts.read(this.draftName(), { answers: visit.checklist.map(() => ''), remark: '' })
    if (visit.state === 'started') drafts.keep(this.draftName(), Object.assign(this.draft, { visit }))
    const due = visit.due_at && `${left(visit.due_at)}，期限 ${moment(visit.due_at)}`
    return {
      visit: { ...visit, due },
      facts: [{ label: '地址', value: visit.address }, { label: '活动', value: visit.campaign }],
      items: this.itemsOf(visit),
      remark: this.draft.form.remark,
    }
  },

  itemsOf(visit) {
    return visit.checklist.map((text, index) => ({
      name: `${index + 1}．${text}`,
      said: visit.answers ? FINDINGS[visit.answers[index]] : '',
      choices: pairs(FINDINGS).map(one => ({ ...one, checked: one.value === this.draft.form.answers[index] })),
    }))
  },

  draftName() {
    return `visit:${this.options.no}`
  },

  put(form) {
    this.draft.form = { ...this.draft.form, ...form }
    drafts.keep(this.draftName(), this.draft)
    this.setData({ items: this.itemsOf(this.data.visit), remark: this.draft.form.remark, agreed: false })
  },

  answer(event) {
    const { index } = event.currentTarget.dataset
    this.put({ answers: this.draft.form.answers.map((one, position) => (position === index ? event.detail.value : one)) })
  },

  type(event) {
    this.put({ remark: event.detail.value })
  },

  /** Perform one act, then show the visit as the server has it now. */
  async perform(work, title) {
    if (await act(this, async () => this.setData(this.drawn(await work())))) wx.showToast({ title, icon: 'none' })
  },

  /** With the scan that led here, once; after that, and otherwise, with a new one. */
  async start() {
    const { badge } = this.options
    this.options.badge = ''
    this.setData({ hasScanned: false })
    const visited = badge ? () => visitOf({ badge }) : await this.scanned()
    if (!visited) return
    await this.perform(async () => call('POST', `/visits/${this.options.no}/start`, { visit_ticket: (await visited()).ticket }), '已经记下您到店')
  },

  async scanned() {
    const found = await wx.scanCode({ scanType: ['qrCode', 'wxCode'] }).catch(() => null)
    return found && (() => scan(broughtIn(found)))
  },

  async declareConflict() {
    if (!(await confirmed('回避以后这项任务就不能再做了，确定吗？'))) return
    await this.perform(() => call('POST', `/visits/${this.options.no}/declare-conflict`), '已登记回避，谢谢您如实申报')
  },

  async submit() {
    const gaps = this.draft.form.answers.map((one, index) => [index, one ? '' : '请选一项。']).filter(([, wrong]) => wrong)
    if (refuse(this, Object.fromEntries(gaps), { error: `还有 ${gaps.length} 项没有选。` })) return
    if (!(await confirmed('提交后不能修改，确定提交吗？'))) return
    this.setData({ agreed: true })
    await this.deliver()
  },

  deliver() {
    const { answers, remark } = this.draft.form
    const body = { answers, remark: remark.trim() }
    return this.perform(() => drafts.deliver(this.draftName(), this.draft, `/visits/${this.options.no}/submit`, body), '体验表已提交，谢谢您')
  },
})
