// A settlement request to a unit's liaison station, from its badge or from the register.
const { call, isSignedIn, open, upload } = require('../../utils/api')
const { unitQuery, visitOf } = require('../../utils/badge')
const { EMPTY, bodyOf, missing } = require('../../utils/complaint-form')
const drafts = require('../../utils/drafts')
const { chosen, move, sendAll } = require('../../utils/kept-photos')
const { largeText } = require('../../utils/large-text')
const { act, load, refuse } = require('../../utils/page')
const { copy } = require('../../utils/privacy')
const { day, today } = require('../../utils/time')
const { NATURES, REQUESTS, pairs } = require('../../utils/words')

Page({
  behaviors: [largeText],
  data: {
    state: '', error: '', errors: /** @type {any} */ ({}), busy: false, today: today(),
    name: '', station: '', inGroup: false, full: false, before: /** @type {any[]} */ ([]),
    natures: pairs(NATURES), natureNo: -1, natureName: '', requests: /** @type {any[]} */ ([]),
    commitments: /** @type {any[]} */ ([]), commitmentNo: 0, form: /** @type {any} */ (EMPTY),
    photos: /** @type {string[]} */ ([]), draftName: '', unsent: /** @type {string[]} */ ([]),
    sent: /** @type {any} */ (null), looksUrgent: false,
  },
  /** who is asked: the token of a badge, else the number of a certificate */
  unit: { badge: '', number: '' },
  /** code of the group complaint into which the request comes; '' when it stands alone */
  group: '',
  draft: /** @type {any} */ (null),

  onLoad() {
    return this.read()
  },

  /** What a calculator wrote into the draft meanwhile; once it is sent, the photos that still wait: the case's page may have sent them. */
  onShow() {
    const { sent, busy } = this.data
    if (sent && !busy) this.setData({ unsent: chosen(`settlement:${sent.no}`).paths })
    if (!this.draft || sent) return
    this.draft = { ...drafts.read(this.draftName(), this.draft.form), ticket: this.draft.ticket }
    this.setData(this.drawn(this.draft.form, this.data.commitments))
  },

  read() {
    return load(this, async () => {
      const { card, ticket, token } = await visitOf(this.options)
      this.unit = { badge: token, number: card.certificate.number }
      this.group = decodeURIComponent(this.options.group || '')
      this.draft = drafts.read(this.draftName(), { ...EMPTY, happened_on: today() })
      this.draft.ticket = this.draft.ticket || ticket
      const commitments = [{ value: '', name: '没有或不清楚' }, ...card.unit.commitments.map(one => ({ value: one.code, name: one.text }))]
      const { settlements: before, full } = isSignedIn() ? await call('GET', `/units/${encodeURIComponent(this.unit.number)}/my-settlements`) : { settlements: [], full: false }
      return {
        name: card.unit.name,
        draftName: this.draftName(),
        inGroup: Boolean(this.group),
        station: card.unit.station || '它的维权联络站',
        full,
        before: before.map(one => ({ ...one, on: day(one.opened_at) })),
        commitments,
        ...this.drawn(this.draft.form, commitments),
      }
    })
  },

  draftName() {
    return `complain:${this.unit.badge || this.unit.number}${this.group && `:${this.group}`}`
  },

  /** The form as its pickers and boxes show it. */
  drawn(form, commitments) {
    const { natures } = this.data
    const natureNo = natures.findIndex(one => one.value === form.nature)
    return {
      form,
      natureNo,
      natureName: natureNo < 0 ? '请选择' : natures[natureNo].name,
      commitmentNo: Math.max(0, commitments.findIndex(one => one.value === form.commitment)),
      requests: pairs(REQUESTS).map(one => ({ ...one, checked: form.wanted.includes(one.value) })),
    }
  },

  put(name, value) {
    this.draft.form = { ...this.data.form, [name]: value }
    drafts.keep(this.draftName(), this.draft)
    this.setData(this.drawn(this.draft.form, this.data.commitments))
  },

  type(event) {
    this.put(event.currentTarget.dataset.name, event.detail.value)
  },

  pickNature(event) {
    this.put('nature', this.data.natures[event.detail.value].value)
  },

  pickCommitment(event) {
    this.put('commitment', this.data.commitments[event.detail.value].value)
  },

  setPhotos(event) {
    this.setData({ photos: event.detail.paths })
  },

  async send() {
    const { form } = this.data
    if (refuse(this, missing(form))) return
    const { badge, number } = this.unit
    const [path, unit] = this.group ? [`/group-codes/${encodeURIComponent(this.group)}/settlements`, {}] : ['/settlements', badge ? { token: badge } : { number }]
    const done = await act(this, async () => {
      const body = { ...unit, ...bodyOf(form, this.draft.ticket) }
      const { case_no: no, access_code: code } = await drafts.deliver(this.draftName(), this.draft, path, body)
      move(this.draftName(), `settlement:${no}`)
      this.setData({ sent: { no, code, inGroup: Boolean(this.group) }, unsent: this.data.photos })
    })
    if (!done) return
    await this.sendPhotos()
    const urgent = await open('POST', '/emergencies/suggestions', { text: form.facts.trim() }, '', true).catch(() => null)
    this.setData({ looksUrgent: Boolean(urgent && urgent.kind) })
  },

  sendPhotos() {
    const { sent, form } = this.data
    const send = path => upload(`/settlements/${sent.no}/photos`, path, { for_station: String(form.for_station) })
    return act(this, () => sendAll(this, 'unsent', `settlement:${sent.no}`, send))
  },

  copy() {
    const { no, code } = this.data.sent
    return copy(`编号 ${no}，查询码 ${code}`)
  },

  compute(event) {
    wx.navigateTo({ url: `/pages/${event.currentTarget.dataset.page}/index?${unitQuery(this.unit)}` })
  },

  openCase(event) {
    wx.navigateTo({ url: `/pages/case/index?no=${event.currentTarget.dataset.no}` })
  },

  openGroup(event) {
    wx.navigateTo({ url: `/pages/group/index?no=${event.currentTarget.dataset.no}` })
  },

  tellEmergency() {
    wx.navigateTo({ url: `/pages/emergency/index${this.unit.badge && `?badge=${encodeURIComponent(this.unit.badge)}`}` })
  },

  dial(event) {
    wx.makePhoneCall({ phoneNumber: event.currentTarget.dataset.phone })
  },
})
