// A complaint's mediation as one of its parties reads and answers it; pure.
const { rowsOf } = require('./rows')
const { moment } = require('./time')

const WAYS = { on_site: '现场', online: '互联网', phone: '电话', video: '视频' }

function otherOf(consents, me) {
  const other = consents.find(one => one.party !== me)
  return other ? `对方${other.agreed ? '同意' : '不同意'}调解。` : ''
}

function consentOf({ allowed, mediation }, me) {
  if (!allowed.includes('answer_consent')) return null
  const mine = mediation.consents.find(one => one.party === me)
  return { asked: !mine, agreed: Boolean(mine && mine.agreed), other: otherOf(mediation.consents, me) }
}

function meetingOf({ state, mediation }) {
  const meeting = mediation.meetings.slice(-1)[0]
  if (!meeting || !['in_mediation', 'testing', 'recusal_asked'].includes(state)) return []
  return rowsOf([['时间', moment(meeting.meeting_at)], ['方式', WAYS[meeting.way]], ['地点或者怎样参加', meeting.place], ['调解人员', mediation.mediator]])
}

function recusalOf({ recusals }, me) {
  const asked = recusals.slice(-1)[0]
  if (!asked) return ''
  const who = `${asked.asked_by === me ? '您' : '对方'}申请了调解人员回避。`
  if (asked.granted === null) return `${who}决定以前，调解中止。`
  return `${who}决定：${asked.granted ? '同意回避，已换人调解' : '不需要回避'}。${asked.decision_text || ''}`
}

/**
 * @param {any} complaint  GET /complaints/…, or null while the case is at the station
 * @param {string} me      consumer or merchant
 */
function mediationView(complaint, me) {
  if (!complaint) return null
  const { agrees_to_delegate: delegates = null, mediation } = complaint
  return {
    consent: consentOf(complaint, me),
    delegates,
    delegation: delegates === null ? '您还没有答复。' : `您答复的是：${delegates ? '同意' : '不同意'}。`,
    meeting: meetingOf(complaint),
    recusal: recusalOf(mediation, me),
    mayRecuse: complaint.allowed.includes('ask_recusal'),
    mediator: mediation.mediator ? ` ${mediation.mediator} ` : '',
  }
}

module.exports = { mediationView }
