// Telling that one is paid back for a complaint or a report. Merchant and station see nothing of it; it is followed by number and code alone.
const { call, open } = require('../../utils/api')
const drafts = require('../../utils/drafts')
const { largeText } = require('../../utils/large-text')
const { act, refuse } = require('../../utils/page')
const { copy } = require('../../utils/privacy')
const { RETALIATIONS, pairs } = require('../../utils/words')

const EMPTY = { case_no: '', code: '', acts: /** @type {string[]} */ ([]), what: '', phone: '', in_danger: false }
const LEAST_WORDS = 10

Page({
  behaviors: [largeText],
  data: {
    error: '', errors: /** @type {any} */ ({}), busy: false, no: '', acts: /** @type {any[]} */ ([]),
    form: /** @type {any} */ (EMPTY), sent: /** @type {any} */ (null),
  },
  name: '',
  draft: /** @type {any} */ (null),

  /** no: of one's own request; without it, number and code are asked for */
  onLoad({ no = '' }) {
    this.name = `retaliation:${no}`
    this.draft = drafts.read(this.name, EMPTY)
    this.setData({ no })
    this.put({})
  },

  put(changed) {
    const form = { ...this.draft.form, ...changed }
    this.draft.form = form
    this.setData({ form, acts: pairs(RETALIATIONS).map(one => ({ ...one, checked: form.acts.includes(one.value) })) })
  },

  type(event) {
    this.put({ [event.currentTarget.dataset.name]: event.detail.value })
    drafts.keep(this.name, this.draft)
  },

  missing({ case_no: number, acts, what }) {
    const wrong = /** @type {Record<string, string>} */ ({})
    if (!this.data.no && !number.trim()) wrong.case_no = '请填写诉求或者举报的编号。'
    if (!acts.length) wrong.acts = '请至少选一项。'
    if (what.trim().length < LEAST_WORDS) wrong.what = `至少写 ${LEAST_WORDS} 个字：谁、什么时候、做了什么。`
    return wrong
  },

  send() {
    const { form, no } = this.data
    if (refuse(this, this.missing(form))) return
    const body = {
      case_no: no || form.case_no.trim().toUpperCase(), code: no ? null : form.code.trim() || null,
      acts: form.acts, what: form.what.trim(), phone: form.phone.trim() || null, in_danger: form.in_danger,
    }
    return act(this, async () => {
      const sent = await drafts.deliver(this.name, this.draft, '/retaliations', body, no ? call : open)
      this.setData({ sent: { no: sent.case_no, code: sent.access_code, inDanger: form.in_danger } })
    })
  },

  copy() {
    const { no, code } = this.data.sent
    return copy(`编号 ${no}，查询码 ${code}`)
  },

  progress() {
    wx.navigateTo({ url: '/pages/progress/index' })
  },

  callPolice() {
    wx.makePhoneCall({ phoneNumber: '110' })
  },
})
