// Units of the register as lines of a list and as markers on a map; pure.

const FAR_M = 1000

/** A distance from a place that is known to about 100 m. */
function away(metres) {
  if (metres == null) return ''
  if (metres < 100) return '100 米以内'
  return metres < FAR_M - 50 ? `约 ${Math.round(metres / 100) * 100} 米` : `约 ${(metres / FAR_M).toFixed(1)} 公里`
}

/** @param {any} unit  of GET /units, or of POST /nearby-units */
const lineOf = ({ number, name, standing, category_zh: kind, county, address, score, lat, lng, distance_m: metres }) => ({
  number,
  name,
  standing,
  about: [kind, county, away(metres)].filter(Boolean).join('，'),
  address,
  score: score.mean ? `${score.mean.toFixed(1)} 分（${score.count} 人评价）` : '',
  lat,
  lng,
})

/** The lines that have a place, as markers whose id is the line's position. */
const markersOf = lines =>
  lines.map(({ lat, lng, name }, id) => ({ id, latitude: lat, longitude: lng, title: name })).filter(one => one.latitude != null)

module.exports = { away, lineOf, markersOf }
