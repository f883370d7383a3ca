// A card as its page draws it, from a scan or from the register; pure.
const { day } = require('./time')
const { OUTCOMES } = require('./words')

const VOID_REASONS = {
  遗失: '这块牌已报失。如果它还挂在店里，请告诉我们',
  损坏: '这块牌已报损坏。如果它还挂在店里，请告诉我们',
  '被翻拍、仿冒': '这块牌被人翻拍、仿冒',
}
const ENTRIES = { penalty: '行政处罚', warning: '消费警示' }
const LEAST_RATINGS = 5

const rowsOf = pairs => pairs.filter(([, value]) => value).map(([label, value]) => ({ label, value }))

/** A unit of the register in the shape of a scanned card. */
function cardOfRegister(unit) {
  const { number, issued_on, valid_until, reason, standing_on: reason_on, score, outcomes, grades, entries } = unit
  const certificate = { number, issued_on, valid_until, reason, reason_on }
  const { standing, standing_zh, closing } = unit
  return { standing, standing_zh, closing, past: false, unit, certificate, score, outcomes, photo: null, record: { grades, entries }, plate: null }
}

function bannerOf({ standing, standing_zh: words, certificate, plate }) {
  if (standing === 'VOIDED') return { words, reason: VOID_REASONS[plate.void_reason] || '', when: `${day(plate.voided_on)}起` }
  if (standing === 'VALID') return { words, reason: '', when: `有效期至 ${day(certificate.valid_until)}` }
  if (standing === 'EXPIRED') return { words, reason: `有效期到${day(certificate.valid_until)}`, when: '' }
  return { words, reason: certificate.reason || '', when: certificate.reason_on ? `${day(certificate.reason_on)}起` : '' }
}

/** @param {{count?: number, mean?: number | null, spread?: number[] | null}} score */
function scoreOf({ count = 0, mean = null, spread = null }) {
  const few = count ? `目前有 ${count} 条评价。满 ${LEAST_RATINGS} 条才显示分数，以免一两条评价误导您。` : '还没有人评价。'
  if (!mean) return { few, mean: '', count, bars: [] }
  const bars = (spread || []).map((people, index) => ({ stars: index + 1, people, share: Math.round((100 * people) / count) })).reverse()
  return { few: '', mean: mean.toFixed(1), count, bars }
}

function outcomesOf(outcomes) {
  if (!outcomes || !outcomes.received) return []
  const rows = Object.keys(OUTCOMES).filter(name => name in outcomes).map(name => ({ label: OUTCOMES[name], value: `${outcomes[name]} 件` }))
  const median = outcomes.median_days
  return median == null ? rows : rows.concat({ label: '解决用时中位数', value: `${median} 天` })
}

/** That the unit closes or moves, and what becomes of what was prepaid; null when it does not. */
function closingOf(told) {
  if (!told) return null
  const where = told.new_address ? `，新地址：${told.new_address}` : ''
  const prepaid = told.prepaid === 'none'
    ? `商家说：${told.prepaid_zh}。`
    : `预付卡、预付款：${told.prepaid_zh}，最晚${day(told.refund_by)}退完。请尽快去退，现在不要再充值。您提出退款的，商家应当五日内退。退不到的，可以投诉。`
  return { title: `这家店${day(told.on)}起${told.kind_zh}${where}`, text: `${prepaid}${day(told.told_on)}公告。` }
}

/** @param {any} card  of POST /scans, or of cardOfRegister */
function cardView(card) {
  const { unit, certificate, plate, record, photo } = card
  return {
    number: certificate.number,
    standing: card.standing,
    banner: bannerOf(card),
    past: card.past,
    closing: closingOf(card.closing),
    name: unit.name,
    county: unit.county_code,
    category: unit.category,
    address: unit.address.includes(unit.county) ? unit.address : `${unit.county} ${unit.address}`,
    phone: unit.phone || '',
    photo: photo ? { url: photo.url, told: `店面照片，${day(photo.on)}提交，经工作人员审核` } : null,
    facts: rowsOf([
      ['类别', unit.category_zh],
      ['经营者', unit.merchant],
      ['营业时间', unit.opening_hours],
      ['证书编号', certificate.number],
      ['发证日期', day(certificate.issued_on)],
      ['有效期至', day(certificate.valid_until)],
      ['标牌编号', plate && plate.serial],
    ]),
    commitments: unit.commitments || [],
    score: scoreOf(card.score || {}),
    outcomes: outcomesOf(card.outcomes),
    station: unit.station || '',
    stationPhone: unit.station_phone || '',
    grades: (record.grades || []).map(grade => ({ ...grade, on: day(grade.on) })),
    entries: (record.entries || []).map(entry => ({ ...entry, title: ENTRIES[entry.kind], on: day(entry.on), until: day(entry.until) })),
  }
}

module.exports = { cardOfRegister, cardView }
