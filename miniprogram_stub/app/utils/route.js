// In what order to go to several shops: by the straight line from where one is; pure, and nothing of it leaves the phone.
const EARTH_M = 6371000
const FAR_M = 1000
const radians = degrees => (degrees * Math.PI) / 180

/** Metres on the straight line between two places in the same coordinates; null where one of them has none. */
function metresBetween(one, other) {
  if (one.lat == null || other.lat == null) return null
  const [lat, otherLat] = [radians(one.lat), radians(other.lat)]
  const half = Math.sin((otherLat - lat) / 2) ** 2 + Math.cos(lat) * Math.cos(otherLat) * Math.sin(radians(other.lng - one.lng) / 2) ** 2
  return 2 * EARTH_M * Math.asin(Math.sqrt(half))
}

function inWords(metres) {
  if (metres === null) return ''
  if (metres < 100) return '直线 100 米以内'
  return metres < FAR_M - 50 ? `直线约 ${Math.round(metres / 100) * 100} 米` : `直线约 ${(metres / FAR_M).toFixed(1)} 公里`
}

/** The nearest first, each with `away`; what has no place comes last, in the order it came. */
function byDistance(visits, here) {
  const found = visits.map(one => ({ one, metres: metresBetween(here, one) }))
  const rank = ({ metres }) => (metres === null ? Infinity : metres)
  return found.sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b))).map(({ one, metres }) => ({ ...one, away: inWords(metres) }))
}

module.exports = { byDistance }
