// One application: its form while the station writes, saved as it is typed; then its course, the objections and the outcome.
const { call, newKey } = require('../../utils/api')
const { MOST, photoShelf } = require('../../utils/application-photos')
const { caseView, differences, formView, isWritable, promising, withDays } = require('../../utils/application-view')
const { autosave } = require('../../utils/autosave')
const drafts = require('../../utils/drafts')
const { largeText } = require('../../utils/large-text')
const { act, confirmed, load, refuse, said } = require('../../utils/page')
const { note } = require('../../utils/storage')
const { moment, today } = require('../../utils/time')

/** The answer to an objection as it was left. */
const answerDraft = no => drafts.read(`objection:${no}`, '')

Page({
  behaviors: [largeText],
  data: {
    state: '', error: '', errors: /** @type {any} */ ({}), busy: false, doing: '', today: today(),
    shown: /** @type {any} */ (null), form: /** @type {any} */ ({}), promises: /** @type {any[]} */ ([]), days: /** @type {any[]} */ ([]),
    questions: /** @type {any[]} */ ([]), score: 0, isTrue: false, saved: '', conflict: /** @type {any} */ (null), other: '', answers: /** @type {any} */ ({}),
    most: MOST, photos: /** @type {any} */ ({ licence: [], premises: [], refused: {} }), photosError: '',
  },
  saver: /** @type {any} */ (null),
  shelf: /** @type {any} */ (null),
  checks: /** @type {any[]} */ ([]),
  keys: /** @type {Record<string, string>} */ ({}),

  onLoad({ no = '' }) {
    this.saver = autosave(no, news => this.told(news))
    this.shelf = photoShelf(no, photos => this.setData({ photos }))
    return this.read()
  },

  onUnload() {
    this.saver.stop()
    this.shelf.stop()
  },

  async onPullDownRefresh() {
    await this.read()
    wx.stopPullDownRefresh()
  },

  path() {
    return `/applications/${this.options.no}`
  },

  lastSeen() {
    return `application-seen:${this.options.no}`
  },

  read() {
    return Promise.all([load(this, async () => this.drawn(await this.fetch())), this.readPhotos()])
  },

  async readPhotos() {
    this.setData({ photosError: '' })
    try {
      await this.shelf.open()
    } catch (error) {
      this.setData({ photosError: said(error) })
    }
  },

  /** The application; without a network as this phone saw it last, so that it can be filled in. */
  async fetch() {
    try {
      const found = await call('GET', this.path())
      note(this.lastSeen(), found)
      return found
    } catch (error) {
      const found = wx.getStorageSync(this.lastSeen())
      if (error.code === 'offline' && found) return found
      throw error
    }
  },

  drawn(told) {
    this.checks = told.checks
    const shown = caseView(told)
    const answers = Object.fromEntries(shown.objections.map(({ no }) => [no, answerDraft(no).form]))
    if (!isWritable(told.state)) {
      this.saver.stop()
      return { shown, answers, ...formView(told.form, told.checks) }
    }
    return { shown, answers, ...formView(this.saver.open(told), told.checks) }
  },

  told({ saved, form, conflict, other }) {
    this.setData({
      saved,
      conflict: conflict && { at: moment(conflict.saved_at), what: differences(conflict.form, form), theirs: conflict.form.statement, ours: form.statement },
      other: other ? differences(other, form) : '',
    })
  },

  /** field: what was changed, of which nothing is wrong any more until it is looked at again */
  put(field, form) {
    this.saver.put(form)
    this.setData({ ...formView(form, this.checks), isTrue: false, saved: '', [`errors.${field}`]: '' })
  },

  type(event) {
    const { field } = event.currentTarget.dataset
    this.put(field, { ...this.data.form, [field]: event.detail.value || (field === 'trading_since' ? null : '') })
  },

  promise(event) {
    this.put('commitments', promising(this.data.form, event.detail.value))
  },

  typeDays(event) {
    this.put('commitments', withDays(this.data.form, event.currentTarget.dataset.code, event.detail.value))
  },

  check(event) {
    const { form } = this.data
    this.put('checks', { ...form, checks: { ...form.checks, [event.currentTarget.dataset.code]: event.detail.value === 'yes' } })
  },

  async setPhotos(event) {
    const { kind } = event.currentTarget.dataset
    this.setData({ [`errors.${kind}`]: '' })
    try {
      await this.shelf.put(kind, event.detail.paths)
    } catch (error) {
      this.setData({ [`errors.${kind}`]: said(error) })
    }
  },

  declare(event) {
    this.setData({ isTrue: event.detail.value })
  },

  takeMine() {
    this.setData(formView(this.saver.choose(true), this.checks))
  },

  takeTheirs() {
    this.setData(formView(this.saver.choose(false), this.checks))
  },

  swap() {
    this.setData(formView(this.saver.swap(), this.checks))
  },

  async submit() {
    if (!this.data.isTrue) return refuse(this, { is_true: '请先确认。' }, { doing: 'submit' })
    this.setData({ doing: 'submit' })
    return this.perform('submit', '提交后不能修改，工作人员开始审查。确定吗？', async key => {
      await this.saver.flush()
      await this.shelf.flush()
      const told = await call('POST', `${this.path()}/submit`, { seen: this.saver.seen(), is_true: true }, key)
      this.saver.drop()
      return told
    }, '已提交')
  },

  withdraw() {
    this.setData({ doing: 'withdraw' })
    return this.perform('withdraw', '撤回后这份申请不再办理；以后可以重新申请。确定吗？', key => call('POST', `${this.path()}/withdraw`, undefined, key), '已撤回')
  },

  typeAnswer(event) {
    const { no } = event.currentTarget.dataset
    drafts.keep(`objection:${no}`, { ...answerDraft(no), form: event.detail.value })
    this.setData({ [`answers.${no}`]: event.detail.value })
  },

  async answer(event) {
    const { no } = event.currentTarget.dataset
    const text = (this.data.answers[no] || '').trim()
    this.setData({ doing: no })
    if (text.length < 5) return refuse(this, { text: '至少写 5 个字。' })
    return this.perform(`answer:${no}`, '提交后不能修改，提异议的人看不到您写的内容，由工作人员核对。确定吗？', async () => {
      await drafts.deliver(`objection:${no}`, answerDraft(no), `/application-objections/${no}/answer`, { text })
      return call('GET', this.path())
    }, '答复已提交')
  },

  /** One act under one key, then the application as it is now. */
  async perform(name, question, work, title) {
    await act(this, async () => {
      if (!(await confirmed(question))) return
      this.keys[name] = this.keys[name] || newKey()
      const told = await work(this.keys[name])
      delete this.keys[name]
      note(this.lastSeen(), told)
      this.setData(this.drawn(told))
      wx.showToast({ title, icon: 'none' })
    })
  },
})
