// One request at the liaison station: who does it, the answer, evidence, the consumer's phone. The consumer is an alias.
const { call, download, newKey, upload } = require('../../utils/api')
const drafts = require('../../utils/drafts')
const { keep, sendAll } = require('../../utils/kept-photos')
const { largeText } = require('../../utils/large-text')
const form = require('../../utils/offer-form')
const { act, confirmed, load, refuse } = require('../../utils/page')
const { copy } = require('../../utils/privacy')
const { stationCaseView } = require('../../utils/station-view')
const { moment, today } = require('../../utils/time')
const { OFFERS, pairs } = require('../../utils/words')

const LOOK = '看电话会留下记录，消费者能看到。只用来商量这件事，不要存下来，不要给别人。'

/** Form → the step that sends it. */
const STEPS = { offer: 'offer', refusal: 'refuse' }

Page({
  behaviors: [largeText],
  data: {
    state: '', error: '', errors: /** @type {any} */ ({}), busy: false, doing: '', isStale: false, view: /** @type {any} */ (null),
    kinds: pairs(OFFERS), today: today(), offer: /** @type {any} */ (form.OFFER), refusal: /** @type {any} */ (form.REFUSAL),
    recusal: /** @type {any} */ (form.REFUSAL), isRefusing: false, isRecusing: false, phone: '', phoneAt: '', photos: /** @type {string[]} */ ([]), files: /** @type {any[]} */ ([]),
  },
  path: '',
  drafts: /** @type {any} */ ({}),

  onLoad({ no }) {
    this.path = `/settlements/${no}`
    this.start()
  },

  /** The forms as they were left, or empty. */
  start() {
    const { no } = this.options
    this.drafts = {
      offer: drafts.read(`offer:${no}`, form.OFFER), refusal: drafts.read(`refusal:${no}`, form.REFUSAL),
      recusal: drafts.read(`recusal:${no}`, form.REFUSAL),
    }
    const [offer, refusal, recusal] = [this.drafts.offer.form, this.drafts.refusal.form, this.drafts.recusal.form]
    this.setData({ offer, refusal, recusal, isRefusing: Boolean(refusal.text), isRecusing: Boolean(recusal.text) })
  },

  onShow() {
    return this.read()
  },

  onHide() {
    this.setData({ phone: '' })
  },

  async onPullDownRefresh() {
    await this.read()
    wx.stopPullDownRefresh()
  },

  read() {
    this.setData({ doing: '', errors: {} })
    return load(this, async () => ({ view: await this.fetch() }))
  },

  async fetch() {
    const settlement = await call('GET', this.path)
    const no = settlement.complaint_no
    const view = stationCaseView(settlement, no ? await call('GET', `/complaints/${no}`) : null)
    if (view.isClosed) keep(`evidence:${this.options.no}`, []) // nothing more is taken
    return view
  },

  /** One act: ask before it, then show the case as it is. doing: where a refusal of it is shown */
  async perform({ doing, ask = '', said = '' }, work) {
    if (this.data.busy) return
    this.setData({ doing })
    const done = await act(this, async () => {
      if (ask && !(await confirmed(ask))) return
      await work()
      this.setData({ view: await this.fetch() })
      if (said) wx.showToast({ title: said, icon: 'none' })
    })
    this.setData({ isStale: !done && !Object.keys(this.data.errors).length })
  },

  take() {
    return this.perform({ doing: 'hold', said: '由您来办' }, () => call('POST', `${this.path}/take`, undefined, newKey()))
  },

  handOver() {
    return this.perform({ doing: 'hold', said: '已请同事接手' }, () => call('POST', `${this.path}/hand-over`, undefined, newKey()))
  },

  type(event) {
    const { form: name, field } = event.currentTarget.dataset
    this.setData({ [`${name}.${field}`]: event.detail.value })
    this.drafts[name].form = this.data[name]
    drafts.keep(`${name}:${this.options.no}`, this.drafts[name])
  },

  startRefusing() {
    this.setData({ isRefusing: true })
  },

  sendOffer() {
    const { offer, view } = this.data
    const wrong = form.missingOffer(offer, view.isShielded)
    const how = { doing: 'offer', ask: '方案发出后不能修改，确定发给消费者吗？', said: '方案已发给消费者' }
    return this.answer(how, wrong, form.offerBody(offer, view.isShielded))
  },

  sendRefusal() {
    const { refusal, view } = this.data
    const wrong = form.missingReason(refusal, view.isShielded)
    const how = { doing: 'refusal', ask: '确定不同意吗？发出后不能修改。', said: '已把您的答复发给消费者' }
    return this.answer(how, wrong, form.refusalBody(refusal, view.isShielded))
  },

  answer(how, wrong, body) {
    if (refuse(this, wrong, { doing: how.doing, isStale: false })) return
    return this.perform(how, () => this.deliver(how.doing, body))
  },

  async deliver(name, body) {
    await drafts.deliver(`${name}:${this.options.no}`, this.drafts[name], `${this.path}/${STEPS[name]}`, body)
    this.start()
  },

  answerConsent(event) {
    const { agree, subject } = event.currentTarget.dataset
    const ask = agree || subject === 'delegation' ? '' : '不同意，市场监管部门就不能调解。确定吗？'
    const path = `/complaints/${this.data.view.complaintNo}/consent`
    return this.perform({ doing: 'mediation', ask, said: '已答复' }, () => call('POST', path, { agree, subject }))
  },

  startRecusing() {
    this.setData({ isRecusing: true })
  },

  askRecusal() {
    const text = this.data.recusal.text.trim()
    if (text.length < form.LEAST_REASON) return refuse(this, { recusal: `请写明理由，至少 ${form.LEAST_REASON} 个字。` }, { doing: 'mediation' })
    const how = { doing: 'mediation', ask: '决定以前，调解中止。确定申请吗？', said: '已申请，由别人来决定' }
    return this.perform(how, async () => {
      await drafts.deliver(`recusal:${this.options.no}`, this.drafts.recusal, `/complaints/${this.data.view.complaintNo}/recusal`, { text })
      this.start()
    })
  },

  copyOffer() {
    return copy(this.data.offer.text)
  },

  seePhone() {
    return this.perform({ doing: 'phone', ask: LOOK }, async () => {
      const { phone, noted_at: at } = await call('POST', `${this.path}/phone/view`)
      this.setData({ phone, phoneAt: moment(at) })
    })
  },

  dial() {
    wx.makePhoneCall({ phoneNumber: this.data.phone })
  },

  talk() {
    wx.navigateTo({ url: `/pages/conversation/index?no=${this.options.no}&side=station` })
  },

  look(event) {
    const { position } = event.currentTarget.dataset
    return this.perform({ doing: 'look' }, async () => {
      const settlement = await call('GET', this.path)
      const { url, kind } = settlement.photos.find(one => one.position === position)
      const file = await download(url)
      if (kind === 'pdf') wx.openDocument({ filePath: file, fileType: 'pdf' })
      else wx.previewImage({ current: file, urls: [file] })
    })
  },

  setPhotos(event) {
    this.setData({ photos: event.detail.paths })
  },

  setFiles(event) {
    this.setData({ files: event.detail.files })
  },

  sendEvidence() {
    const ask = '消费者和市场监管部门都能看到，不能撤回。确定上传吗？'
    return this.perform({ doing: 'evidence', ask, said: '已上传' }, async () => {
      const send = path => upload(`${this.path}/photos`, path, {})
      for (const { path } of this.data.files) await send(path)
      this.setData({ files: [] })
      await sendAll(this, 'photos', `evidence:${this.options.no}`, send)
    })
  },
})
