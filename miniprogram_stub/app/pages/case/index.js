// A consumer's own case: where it stands, whose turn it is, and what can be done now.
const { call, newKey, upload } = require('../../utils/api')
const { caseView } = require('../../utils/case-view')
const { keep, sendAll } = require('../../utils/kept-photos')
const { largeText } = require('../../utils/large-text')
const { act, confirmed, load } = require('../../utils/page')
const { ID_KINDS, pairs } = require('../../utils/words')

const NOBODY = { name: '', phone: '', address: '' }

/** What can be done with a tap: the step's address, what is asked before, what is said after. */
const STEPS = {
  accept: { done: '已接受方案，请等商家按约定做到' },
  decline: { ask: '不接受以后，可以转给市场监管部门。确定吗？', done: '已答复不接受' },
  'confirm-performed': { ask: '确认以后这件事就办结了，确定商家已经做到吗？', done: '已确认做到' },
  'not-performed': { done: '已请联络站优先办理' },
  withdraw: { ask: '撤回后不能恢复，确定吗？', done: '已撤回' },
}

Page({
  behaviors: [largeText],
  data: {
    state: '', error: '', errors: /** @type {any} */ ({}), busy: false, view: /** @type {any} */ (null),
    identity: NOBODY, idKinds: pairs(ID_KINDS), idKindNo: 0, idNumber: '',
    photos: /** @type {string[]} */ ([]), files: /** @type {any[]} */ ([]), forStation: false,
  },
  escalationKey: '',

  onLoad() {
    this.escalationKey = newKey()
  },

  onShow() {
    return this.read()
  },

  async onPullDownRefresh() {
    await this.read()
    wx.stopPullDownRefresh()
  },

  read() {
    return load(this, async () => {
      const view = await this.fetch(this.options.no)
      if (view.isClosed) keep(`settlement:${view.no}`, []) // nothing more is taken
      return { view }
    })
  },

  /** no: of the request (HJ…) or of the complaint (TS…) */
  async fetch(no) {
    const asked = no.startsWith('TS') ? await call('GET', `/complaints/${no}`) : null
    const settlementNo = asked ? asked.settlement_no : no
    const [settlement, { advances }] = await Promise.all([call('GET', `/settlements/${settlementNo}`), call('GET', `/settlements/${settlementNo}/advance`)])
    const complaintNo = settlement.complaint_no
    if (!complaintNo) return caseView(settlement, null, advances)
    const [complaint, dispatch] = await Promise.all([asked || call('GET', `/complaints/${complaintNo}`), this.fetchDispatch(complaintNo)])
    return caseView(settlement, complaint, advances, dispatch)
  },

  /** What the joint meeting did with a complaint; null for the many that never came before it. */
  async fetchDispatch(complaintNo) {
    try {
      return await call('GET', `/complaints/${complaintNo}/dispatch`)
    } catch (error) {
      if (error.status === 404) return null
      throw error
    }
  },

  showMerged() {
    wx.navigateTo({ url: `/pages/case/index?no=${this.data.view.mergedInto}` })
  },

  /** Perform one act, then show the case as it is now. */
  async perform(work, title) {
    if (!(await act(this, work))) return
    wx.showToast({ title, icon: 'none' })
    await this.read()
  },

  async step(event) {
    const { step } = event.currentTarget.dataset
    const { ask, done } = STEPS[step]
    if (ask && !(await confirmed(ask))) return
    const { no, complaintNo, offerStamp } = this.data.view
    const path = step === 'withdraw' && complaintNo ? `/complaints/${complaintNo}` : `/settlements/${no}`
    await this.perform(() => call('POST', `${path}/${step}`, ['accept', 'decline'].includes(step) ? { offer: offerStamp } : undefined, newKey()), done)
  },

  type(event) {
    this.setData({ [event.currentTarget.dataset.name]: event.detail.value })
  },

  async escalate() {
    const { no, needsIdentity } = this.data.view
    const body = { identity: needsIdentity ? this.data.identity : null }
    await this.perform(() => call('POST', `/settlements/${no}/escalate`, body, this.escalationKey), '已转市场监管部门')
  },

  async answerIdentity() {
    const { idKinds, idKindNo, idNumber, view } = this.data
    const body = { id_kind: idKinds[idKindNo].value, id_number: idNumber }
    await this.perform(() => call('POST', `/complaints/${view.complaintNo}/answer-identity`, body), '已提供')
  },

  setPhotos(event) {
    this.setData({ photos: event.detail.paths })
  },

  setFiles(event) {
    this.setData({ files: event.detail.files })
  },

  async sendPhotos() {
    const send = path => upload(`/settlements/${this.data.view.no}/photos`, path, { for_station: String(this.data.forStation) })
    await this.perform(async () => {
      for (const { path } of this.data.files) await send(path)
      this.setData({ files: [] })
      await sendAll(this, 'photos', `settlement:${this.data.view.no}`, send)
    }, '已上传')
  },

  talk() {
    wx.navigateTo({ url: `/pages/conversation/index?no=${this.data.view.no}` })
  },

  go(event) {
    wx.navigateTo({ url: `/pages/${event.currentTarget.dataset.page}/index?no=${this.data.view.no}` })
  },

  dial(event) {
    wx.makePhoneCall({ phoneNumber: event.currentTarget.dataset.phone })
  },
})
