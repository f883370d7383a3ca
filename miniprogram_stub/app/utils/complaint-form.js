// The form of a settlement request: what it starts with, and what of it is sent; pure.
const { fen } = require('./money')

const EMPTY = {
  nature: '', wanted: /** @type {string[]} */ ([]), amount: '', happened_on: '', order_no: '', facts: '', commitment: '',
  file_for_me: false, name: '', phone: '', address: '', for_station: false, consent_publish: false, consent_delegate: false,
}

/** What is missing before anything is sent, by field. */
function missing(form) {
  const wrong = /** @type {Record<string, string>} */ ({})
  if (!form.nature) wrong.nature = '请选择哪方面的问题。'
  if (!form.wanted.length) wrong.wanted = '请至少选择一项要求。'
  if (fen(form.amount) === null) wrong.amount_fen = '金额写成 128 或 128.50 这样。'
  if (form.facts.trim().length < 10) wrong.facts = '至少写 10 个字：买了什么、出了什么问题。'
  if (form.file_for_me) {
    for (const field of ['name', 'phone', 'address']) if (!form[field].trim()) wrong[field] = '自动转办要填这一项。'
  }
  return wrong
}

/** The body of POST /settlements but the unit that it goes to. */
function bodyOf(form, ticket) {
  const { nature, wanted, happened_on, file_for_me, consent_publish, consent_delegate } = form
  const identity = { name: form.name.trim(), phone: form.phone.trim(), address: form.address.trim() }
  return {
    visit_ticket: ticket || null,
    nature,
    wanted,
    happened_on,
    amount_fen: fen(form.amount),
    order_no: form.order_no.trim() || null,
    facts: form.facts.trim(),
    commitment: form.commitment || null,
    file_for_me,
    consent_publish,
    consent_delegate,
    identity: file_for_me ? identity : null,
  }
}

module.exports = { EMPTY, bodyOf, missing }
