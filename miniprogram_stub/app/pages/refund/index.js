// What comes back of a prepayment (法释〔2025〕4号): computed by the server, kept nowhere.
const { open } = require('../../utils/api')
const { decoded } = require('../../utils/badge')
const { linesOf, refundRequest, writeRequest } = require('../../utils/calculator')
const { largeText } = require('../../utils/large-text')
const { fen, yuan } = require('../../utils/money')
const { act, refuse } = require('../../utils/page')
const { CARDS, CAUSES, pairs } = require('../../utils/words')

const EMPTY = { card: '', cause: '', paid: '', bonus: '', used: '', used_list: '', starts_on: '', ends_on: '', served_until: '', paid_on: '', asked_on: '', had_before: false }
const AMOUNT = '金额写成 128 或 128.50 这样。'
/** Amounts that a kind of card has. */
const AMOUNTS = { stored: ['paid', 'bonus', 'used'], discount: ['paid', 'used', 'used_list'], unlimited: ['paid'] }
const DAYS = { stored: [], discount: [], unlimited: ['starts_on', 'ends_on', 'served_until'] }

/** The body of POST /calculators/prepaid-refund: what this kind of card has, and nothing left from another kind. */
function bodyOf(form) {
  const amounts = AMOUNTS[form.card].map(name => [`${name}_fen`, fen(form[name])])
  const days = [...DAYS[form.card], 'paid_on', 'asked_on'].map(name => [name, form[name]])
  const given = [...amounts, ...days].filter(([, value]) => value !== '' && value !== 0)
  return { card: form.card, cause: form.cause, had_before: form.had_before, paid_fen: 0, ...Object.fromEntries(given) }
}

function missing(form) {
  const wrong = /** @type {Record<string, string>} */ ({})
  if (!form.card) wrong.card = '请选择是哪种卡。'
  if (!form.cause) wrong.cause = '请选择为什么要退。'
  for (const name of AMOUNTS[form.card] || ['paid']) if (fen(form[name]) === null) wrong[`${name}_fen`] = AMOUNT
  if (fen(form.paid) === 0) wrong.paid_fen = '请填实际付了多少。'
  return wrong
}

Page({
  behaviors: [largeText],
  data: {
    error: '', errors: /** @type {any} */ ({}), busy: false, cards: pairs(CARDS), causes: pairs(CAUSES), form: EMPTY,
    badge: '', number: '', found: /** @type {any} */ (null),
  },
  /** as the server found it */
  answer: /** @type {any} */ (null),

  onLoad({ badge = '', number = '' }) {
    this.setData({ badge: decoded(badge), number: decoded(number) })
  },

  type(event) {
    this.setData({ [`form.${event.currentTarget.dataset.name}`]: event.detail.value })
  },

  compute() {
    const { form } = this.data
    if (refuse(this, missing(form))) return
    return act(this, async () => {
      const answer = await open('POST', '/calculators/prepaid-refund', bodyOf(form), '', true)
      this.answer = answer
      this.setData({ found: { refund: yuan(answer.refund_fen), lines: linesOf(answer.lines), notes: linesOf(answer.notes) } })
      wx.pageScrollTo({ scrollTop: 0 })
    })
  },

  again() {
    this.setData({ found: null })
  },

  write() {
    writeRequest(this.data, refundRequest(this.answer))
  },

  dial() {
    wx.makePhoneCall({ phoneNumber: '12315' })
  },
})
