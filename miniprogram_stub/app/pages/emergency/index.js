// Telling of an emergency, after the calls to 120, 110 and 12315: no sign-in, no name.
const { open } = require('../../utils/api')
const { visitOf } = require('../../utils/badge')
const drafts = require('../../utils/drafts')
const { largeText } = require('../../utils/large-text')
const { act, load, refuse } = require('../../utils/page')
const { COUNTIES, EMERGENCIES, pairs } = require('../../utils/words')

const LEAST_WORDS = 4
const EMPTY = { kindNo: -1, countyNo: -1, place: '', what: '', phone: '' }

Page({
  behaviors: [largeText],
  data: {
    state: '', error: '', errors: /** @type {any} */ ({}), busy: false, told: '', at: '',
    kinds: pairs(EMERGENCIES), counties: pairs(COUNTIES), form: /** @type {any} */ (EMPTY),
  },
  token: '',
  draft: /** @type {any} */ (null),

  onLoad() {
    return this.read()
  },

  read() {
    return load(this, async () => {
      const { card, token } = this.options.badge ? await visitOf(this.options) : { card: null, token: '' }
      this.token = token
      this.draft = drafts.read(`emergency:${token}`, EMPTY)
      return { at: card ? `${card.unit.name}，${card.unit.address}` : '', form: this.draft.form }
    })
  },

  type(event) {
    this.draft.form = { ...this.data.form, [event.currentTarget.dataset.name]: event.detail.value }
    drafts.keep(`emergency:${this.token}`, this.draft)
    this.setData({ form: this.draft.form })
  },

  send() {
    const { form, kinds, counties } = this.data
    const errors = /** @type {Record<string, string>} */ ({})
    if (form.kindNo < 0) errors.kind = '请选择出了什么事。'
    if (form.what.trim().length < LEAST_WORDS) errors.what = `至少写 ${LEAST_WORDS} 个字。`
    if (!this.token && !form.place.trim()) errors.place = '请写明在哪里。'
    if (!this.token && form.countyNo < 0) errors.county_code = '请选择在哪个县（市、区）。'
    if (refuse(this, errors)) return
    const body = {
      kind: kinds[form.kindNo].value,
      what: form.what.trim(),
      place: form.place.trim() || null,
      phone: form.phone.trim() || null,
      token: this.token || null,
      county_code: form.countyNo < 0 ? null : counties[form.countyNo].value,
    }
    return act(this, async () => {
      const { case_no: told } = await drafts.deliver(`emergency:${this.token}`, this.draft, '/emergencies', body, open)
      this.setData({ told })
    })
  },

  dial(event) {
    wx.makePhoneCall({ phoneNumber: event.currentTarget.dataset.phone })
  },
})
