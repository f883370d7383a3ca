// Requests as the liaison station's pages draw them, made from what the API tells; pure.
const { clockOf, offerOf, rowsOf } = require('./case-view')
const { yuan } = require('./money')
const { course } = require('./steps')
const { day, moment } = require('./time')
const { NATURES, wantedIn } = require('./words')

const WAITS = {
  offered: '方案已发给消费者，等对方选择接受还是不接受。您现在不用做什么。',
  agreed: '消费者接受了您的方案，请按约定做到。做到以后，请消费者在手机上点“确认已经做到”，这件事才算办结。过了期限没有做到，消费者可以转给市场监管部门。',
  not_performed: '消费者说您没有按约定做到。马上做到的，请消费者在手机上点“确认已经做到”；做不到的，重新提出方案。对方随时可以转给市场监管部门，那里优先处理。',
  escalated: '这件事已经转给市场监管部门，请配合调解。',
}
/** As the API calls the station where it says whose turn it is. */
const STATION = '维权联络站'
const DONE = '这件事已经办结，您不用再做什么。'

/** The deadlines to show: the mark of a delay (M2) tells nothing before it has come. */
const clocksOf = (deadlines, now) => deadlines.filter(one => one.late || one.clock !== 'M2').map(one => clockOf(one, now, STATION))

function holderOf({ owner, owned_by_me: isMine, handing_over: isHandedOver }) {
  if (!owner) return '还没有人接手'
  return `${isMine ? '您在办' : `在办：${owner}`}${isHandedOver ? '，请同事接手' : ''}`
}

function rowOf(request, now) {
  const { case_no: no, alias, unit_name: unit, amount_fen: fen } = request
  return {
    no,
    title: `要求${wantedIn(request.wanted)}`,
    state: request.state_zh,
    isUrgent: request.state === 'not_performed',
    isLate: request.deadlines.some(one => one.late),
    about: [alias, unit, fen ? `涉及 ${yuan(fen)}` : ''].filter(Boolean).join('，'),
    unread: request.unread_messages,
    holder: holderOf(request),
    clocks: clocksOf(request.deadlines, now),
  }
}

/** @param {any[]} requests  GET /settlements/inbox, in its order */
function inboxView(requests, now = Date.now()) {
  const drawn = isOurs => requests.filter(one => one.station_turn === isOurs).map(one => rowOf(one, now))
  const ours = drawn(true)
  return { ours, theirs: drawn(false), late: ours.filter(one => one.isLate).length }
}

/** What this member may do: what the state allows, and nothing but taking while a colleague has it. */
function mayOf({ state, allowed, owner, owned_by_me: isMine, handing_over: isHandedOver, through_officer: isShielded, phone_shared: isShared }) {
  const isFree = !owner || isMine || isHandedOver
  return {
    take: allowed.includes('take') && (!owner || (isHandedOver && !isMine)),
    handOver: allowed.includes('hand_over') && isMine && !isHandedOver,
    offer: allowed.includes('offer') && isFree,
    refuse: allowed.includes('refuse') && isFree,
    addEvidence: !isShielded && (state === 'escalated' || (allowed.includes('take') && isFree)),
    seePhone: isShared && isMine,
  }
}

function nowOf({ state, unanswered, offer_kind: offered }, may) {
  if (state === 'refused') return `${offered ? '消费者没有接受您的方案' : '您没有同意'}。对方可以转给市场监管部门处理，您现在不用做什么。`
  if (state !== 'awaiting_answer') return WAITS[state] || DONE
  if (!may.offer) return ''
  return unanswered
    ? '已经过了答复期限，消费者可以转给市场监管部门。在对方转走之前，您仍然可以答复。'
    : '同意解决，就提出一个方案；不同意，就答复不同意。两个里选一个。'
}

function responsibilityOf({ allowed, owner, owned_by_me: isMine, handing_over: isHandedOver }) {
  if (!allowed.includes('take')) return ''
  if (!owner) return '还没有人接手。谁先接手谁负责到底（首问负责）；直接答复，也算您接手。'
  if (isMine) return isHandedOver ? '您已请同事接手，有人接手以前仍由您负责。' : '这件诉求由您在办，只有您能答复。'
  if (isHandedOver) return `${owner}请人接手这件诉求。您接手以后，由您负责到底。`
  return `这件诉求由${owner}在办，只有对方能答复。要换人，请对方先点“请同事接手”。`
}

const evidenceName = ({ kind, position, pages, side }) =>
  `${side === 'station' ? '您上传的' : '消费者的'}${kind === 'pdf' ? ` PDF ${position}（${pages} 页）` : `照片 ${position}`}`

/** Why a member may not write to the consumer; '' when they may. */
function silenceOf({ through_officer: isShielded, owner, owned_by_me: isMine, handing_over: isHandedOver }) {
  if (isShielded) return '这件事由市场监管人员转告双方，请不要直接联系消费者。要说的话，请告诉市场监管部门。'
  return owner && !isMine && !isHandedOver ? `这件诉求由${owner}在办，只有对方能回复。` : ''
}

const answerOf = consents => {
  const mine = consents.find(one => one.party === 'merchant')
  return mine ? mine.agreed : null
}

function recusalOf(recusals) {
  const last = recusals[recusals.length - 1]
  if (!last) return ''
  const asked = `${last.asked_by === 'merchant' ? '您' : '对方'}申请了调解人员回避。`
  if (last.granted === null) return `${asked}决定以前，调解中止。`
  return `${asked}决定：${last.granted ? '同意回避，已换人调解' : '不需要回避'}。${last.decision_text || ''}`
}

/** What the bureau does with the complaint that a request became, and what the station may answer to it; null while there is none. */
function mediationOf(complaint, now) {
  if (!complaint) return null
  const { allowed, mediation } = complaint
  const meeting = mediation.meetings[mediation.meetings.length - 1]
  const isHeld = meeting && ['in_mediation', 'testing', 'recusal_asked'].includes(complaint.state)
  return {
    rows: rowsOf([['投诉编号', complaint.case_no], ['现在', complaint.state_zh], ['调解结果', complaint.agreement_text]]),
    clocks: complaint.deadlines.map(one => clockOf(one, now, STATION)),
    mayAnswer: allowed.includes('answer_consent'),
    consent: answerOf(mediation.consents),
    delegation: answerOf(mediation.delegation_consents),
    meeting: isHeld ? rowsOf([['时间', moment(meeting.meeting_at)], ['地点或者怎样参加', meeting.place], ['调解人员', mediation.mediator]]) : [],
    mediator: mediation.mediator || '',
    recusal: recusalOf(mediation.recusals),
    mayRecuse: allowed.includes('ask_recusal'),
  }
}

/**
 * @param {any} settlement  GET /settlements/…, as a station's member reads it
 * @param {any} complaint   GET /complaints/…, or null while the request is at the station
 */
function stationCaseView(settlement, complaint, now = Date.now()) {
  const may = mayOf(settlement)
  const told = nowOf(settlement, may)
  return {
    no: settlement.case_no,
    title: `要求${wantedIn(settlement.wanted)}`,
    alias: settlement.alias,
    state: settlement.state_zh,
    isUrgent: settlement.state === 'not_performed',
    may,
    now: told,
    isClosed: told === DONE,
    responsibility: responsibilityOf(settlement),
    isShielded: settlement.through_officer,
    phoneOfColleague: settlement.phone_shared && !settlement.owned_by_me,
    unread: settlement.unread_messages,
    clocks: clocksOf(settlement.deadlines, now),
    facts: settlement.facts,
    about: rowsOf([
      ['哪家店', settlement.unit_name],
      ['要求', wantedIn(settlement.wanted)],
      ['涉及金额', settlement.amount_fen ? yuan(settlement.amount_fen) : '没有写'],
      ['消费日期', day(settlement.happened_on)],
      ['哪方面', NATURES[settlement.nature]],
    ]),
    evidence: settlement.photos.map(one => ({ position: one.position, name: evidenceName(one) })),
    offer: offerOf(settlement),
    refusal: settlement.refusal_text || '',
    course: course(settlement, complaint),
    complaintNo: complaint ? complaint.case_no : '',
    mediation: mediationOf(complaint, now),
  }
}

module.exports = { inboxView, silenceOf, stationCaseView }
