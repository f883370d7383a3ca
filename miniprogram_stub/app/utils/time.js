// Instants come in UTC; people read the wall clock of Wenzhou, wherever their phone is.
const SHANGHAI_MS = 8 * 3600 * 1000
const MINUTE_MS = 60 * 1000
const two = number => String(number).padStart(2, '0')
const shifted = iso => new Date(Date.parse(iso) + SHANGHAI_MS)

/** A calendar day: of 2026-11-23, or of an instant. */
function day(iso) {
  if (/^\d{4}-\d{2}-\d{2}$/.test(iso)) return iso.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1年$2月$3日')
  const at = shifted(iso)
  return `${at.getUTCFullYear()}年${at.getUTCMonth() + 1}月${at.getUTCDate()}日`
}

/** An instant, e.g. 2026年11月23日 10:00. */
function moment(iso) {
  const at = shifted(iso)
  return `${day(iso)} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`
}

/** Today in Wenzhou as 2026-11-23. */
const today = (now = Date.now()) => new Date(now + SHANGHAI_MS).toISOString().slice(0, 10)

/** The time left until a deadline, or how long it has been missed. */
function left(iso, now = Date.now()) {
  const ms = Date.parse(iso) - now
  return ms < 0 ? `已超期 ${span(-ms)}` : `还剩 ${span(ms)}`
}

/** A length of time in its two greatest units. */
function span(ms) {
  const minutes = Math.floor(ms / MINUTE_MS)
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60]
  if (days) return hours ? `${days} 天 ${hours} 小时` : `${days} 天`
  if (hours) return rest ? `${hours} 小时 ${rest} 分钟` : `${hours} 小时`
  return rest ? `${rest} 分钟` : '不到 1 分钟'
}

module.exports = { day, left, moment, span, today }
