// Money is kept in fen and shown in yuan.

/** An amount as people read it, e.g. 1,234.50 元. */
function yuan(fen) {
  const whole = String(Math.floor(fen / 100)).replace(/\B(?=(\d{3})+$)/g, ',')
  const rest = fen % 100
  return rest ? `${whole}.${String(rest).padStart(2, '0')} 元` : `${whole} 元`
}

/** The fen of a typed amount in yuan; 0 when nothing was typed, null when it is no amount. */
function fen(typed) {
  const text = typed.replace(/[，,\s]/g, '').replace(/元$/, '')
  if (!text) return 0
  const found = /^(\d{1,8})(?:\.(\d{1,2}))?$/.exec(text)
  return found ? Number(found[1]) * 100 + Number((found[2] || '').padEnd(2, '0')) : null
}

module.exports = { fen, yuan }
