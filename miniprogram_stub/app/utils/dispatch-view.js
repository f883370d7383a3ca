// A complaint that the joint meeting gave to a department, as its author reads it; pure.
const { rowsOf } = require('./rows')
const { left, moment } = require('./time')

/** Never sent, or taken back: nothing to tell. */
const OVER = ['declined', 'ceased']

/** Who has it, since when, until when; null where nobody has. @param {any} found  GET /complaints/…/dispatch, or null */
function dispatchView(found, now) {
  if (!found || OVER.includes(found.state)) return null
  const { lead, moves, deadlines, assistants, result, state_zh: state } = found
  const last = moves[moves.length - 1]
  const [due] = [...deadlines].sort()
  return {
    phone: lead.phone,
    rows: rowsOf([
      ['现在由谁办', lead.name],
      ['办到哪一步', state],
      ['从什么时候', last && moment(last.at)],
      ['期限', due && `${moment(due)}，${left(due, now)}`],
      ['协办', assistants.join('、')],
    ]),
    result: result || '',
    moves: moves.map((one, key) => ({ ...one, key, at: moment(one.at) })),
  }
}

module.exports = { dispatchView }
