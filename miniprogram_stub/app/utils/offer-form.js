// The station's answer to a request: what its forms start with, and what of them is sent; pure.
const { fen } = require('./money')

const OFFER = { kind: '', amount: '', text: '', perform_by: '' }
const REFUSAL = { text: '' }
const NEEDS_AMOUNT = ['refund', 'pay']
const LEAST_REASON = 5

/** What is missing before an offer is sent, by field. isShielded: an officer speaks for the consumer, no words may be sent */
function missingOffer({ kind, amount, text }, isShielded) {
  const wrong = /** @type {Record<string, string>} */ ({})
  if (!kind) wrong.kind = '请选择您愿意怎样解决。'
  if (fen(amount) === null) wrong.amount_fen = '金额写成 128 或 128.50 这样。'
  if (fen(amount) === 0 && NEEDS_AMOUNT.includes(kind)) wrong.amount_fen = '退款和赔付必须写金额。'
  if (!isShielded && !text.trim()) wrong.text = '请写清楚具体怎么做。'
  return wrong
}

/** What is missing before a refusal is sent. @returns {Record<string, string>} */
const missingReason = ({ text }, isShielded) =>
  isShielded || text.trim().length >= LEAST_REASON ? {} : { reason: `请写明理由，至少 ${LEAST_REASON} 个字。` }

/** The body of POST /settlements/…/offer. */
const offerBody = ({ kind, amount, text, perform_by: until }, isShielded) => ({
  kind, amount_fen: fen(amount), text: isShielded ? null : text.trim(), perform_by: until || null,
})

/** The body of POST /settlements/…/refuse. */
const refusalBody = ({ text }, isShielded) => ({ text: isShielded ? null : text.trim() })

module.exports = { LEAST_REASON, OFFER, REFUSAL, missingOffer, missingReason, offerBody, refusalBody }
