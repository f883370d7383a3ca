// What the calculators find, as their pages draw it, and as a settlement request says it.
const { unitQuery } = require('./badge')
const { EMPTY } = require('./complaint-form')
const drafts = require('./drafts')
const { yuan } = require('./money')
const { today } = require('./time')

/** Lines with their articles, as <law-lines> draws them. @param {any[]} lines */
const linesOf = lines => lines.map(({ words, amount_fen: fen, article }, key) => ({ key, words, amount: fen === null ? '' : yuan(fen), article }))

const cited = ({ words, article }) => `${words}（${article}）`
const typed = fen => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`

/** What a request says of a prepayment's refund. @param {any} found  POST /calculators/prepaid-refund */
function refundRequest(found) {
  const amount = typed(found.refund_fen)
  const facts = [`我要求退还预付款 ${amount} 元。计算如下：`, ...found.lines.map(cited), '（请在这里补充：什么时候办的卡、为什么要退）']
  return { nature: 'prepaid', wanted: ['refund'], amount, facts: facts.join('\n') }
}

/** What a request says of a return. @param {any} found  POST /calculators/return-right */
function returnRequest(found) {
  const grounds = found.rights.filter(one => one.open).map(one => one.lines.map(line => `${one.name}：${cited(line)}`))
  const facts = ['我要求退货退款。依据如下：', ...[].concat(...grounds), '（请在这里补充：买了什么、花了多少钱、为什么要退）']
  return { nature: 'after_sales', wanted: ['return'], facts: facts.join('\n') }
}

/** Write it into the request to this unit, behind what was typed there, and go there. @param {{badge: string, number: string}} unit */
function writeRequest(unit, part) {
  const name = `complain:${unit.badge || unit.number}`
  const draft = drafts.read(name, { ...EMPTY, happened_on: today() })
  const facts = [draft.form.facts, part.facts].filter(Boolean).join('\n')
  drafts.keep(name, { ...draft, form: { ...draft.form, ...part, facts } })
  const [below] = getCurrentPages().slice(-2)
  if (below.route === 'pages/complain/index') wx.navigateBack()
  else wx.redirectTo({ url: `/pages/complain/index?${unitQuery(unit)}` })
}

module.exports = { linesOf, refundRequest, returnRequest, writeRequest }
