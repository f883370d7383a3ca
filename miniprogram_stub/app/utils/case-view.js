// A case as its page draws it, made from what the API tells; pure.
const { dispatchView } = require('./dispatch-view')
const { mediationView } = require('./mediation-view')
const { yuan } = require('./money')
const { rowsOf } = require('./rows')
const { course } = require('./steps')
const { day, left, moment } = require('./time')
const { NATURES, OFFERS, wantedIn } = require('./words')

const AT_THE_STATION = {
  offered: '联络站提出了方案，请您选择接受还是不接受。',
  refused: '您可以把这件事转给市场监管部门，由他们处理。',
  not_performed: '已请联络站优先办理。您不用等，随时可以转给市场监管部门，他们会优先处理。',
}
const AT_THE_BUREAU = {
  received: '投诉已经送到市场监管部门，等他们决定是否受理。您现在不用做什么。',
  in_mediation: '市场监管部门正在调解，会和您联系。您可以在下面补充照片和凭证。',
  delegated: '经双方同意，已委托消费者权益保护委员会调解，他们会和您联系。结果会回到市场监管部门。',
  recusal_asked: '有人申请调解人员回避，等调解人员以外的人决定；决定以前，调解中止。',
  testing: '正在检验检测，这段时间不计入调解期限。您现在不用做什么。',
  passed_on: '投诉已经转到有权处理的单位，等他们接收。您不用重新提交，现在不用做什么。',
  contested: '由哪个单位处理有争议，市级正在决定。您不用重新提交，现在不用做什么。',
  unassigned: '投诉被退回了三次，联席会议办公室正在指定由谁办理。您不用重新提交，现在不用做什么。',
  terminating: '调解已决定终止，通知书正在送达。您还可以走其他途径。',
}
const SHOWS_OFFER = ['offered', 'agreed', 'not_performed', 'performed']

/** What is asked of the person now, in a sentence; '' when nothing is left to do. */
function nowOf(settlement, complaint, isOver) {
  if (complaint) return AT_THE_BUREAU[complaint.state] || ''
  if (settlement.state === 'awaiting_answer') {
    return settlement.unanswered ? '联络站超过期限没有答复，您可以转给市场监管部门。' : '等联络站答复，您现在不用做什么。'
  }
  if (settlement.state === 'agreed') {
    return isOver
      ? '约定的期限到了。商家做到了没有，请您说一下；只有您确认做到，才算办结。'
      : '等商家按约定做到；做到以后，请您在这里确认。'
  }
  return AT_THE_STATION[settlement.state] || ''
}

/** A deadline as the component `clock` draws it. reader: by which name the API calls who reads it */
function clockOf({ what, owner, due_at: dueAt, state, late, provisional, basis }, now, reader = '消费者') {
  const text = state === 'held' ? '期限暂停计算' : left(dueAt, now)
  return { what, owner: owner === reader ? '您' : owner, left: text, late: late && state !== 'held', due: moment(dueAt), provisional, basis }
}

/** The station's offer as label and value; empty when there is none. */
function offerOf(settlement) {
  if (!settlement.offer_kind) return []
  return rowsOf([
    ['方案', OFFERS[settlement.offer_kind]],
    ['金额', settlement.offer_fen && yuan(settlement.offer_fen)],
    ['说明', settlement.offer_text],
    ['做到的日期', settlement.perform_by ? day(settlement.perform_by) : '约定之日起 3 天内'],
  ])
}

/** When the bureau may be asked: the API lists the step before its day has come, too. */
function escalationOf({ allowed, state, unanswered }, isOver) {
  if (!allowed.includes('escalate')) return { open: false, wait: '' }
  if (state === 'awaiting_answer' && !unanswered) return { open: false, wait: '联络站的答复期限还没到。到期没有答复，就可以转给市场监管部门。' }
  if (state === 'agreed' && !isOver) return { open: false, wait: '约定的期限还没到。到期没有做到，就可以转给市场监管部门。' }
  return { open: true, wait: '' }
}

const evidenceOf = ({ kind, pages, position, side, sha256 }) => ({
  position, kind, receipt: sha256,
  name: `${side === 'station' ? '联络站的' : '您的'}${kind === 'pdf' ? ` PDF ${position}（${pages} 页）` : `照片 ${position}`}`,
})

const paperOf = ({ reference, title, dated, servings }) => ({
  reference, title, note: [day(dated), ...servings.map(one => `${day(one.served_on)}${one.way_zh}`)].join('，'),
})

/** Where a complaint came from and went; empty while it stayed where it was received. */
const movesOf = moves => (moves.length > 1 ? moves.map((one, key) => ({ ...one, key, at: moment(one.at) })) : [])

function phoneOf({ state, phone_shared: isShared }) {
  if (!AT_THE_STATION[state] && !['awaiting_answer', 'agreed'].includes(state)) return ''
  return isShared ? '联络站能看到您的电话，可以收回' : '让联络站看到我的电话'
}

function advanceOf({ state }, advances) {
  const [last] = advances
  if (last) return `先行赔付：${last.state_zh}`
  return ['performed', 'withdrawn', 'lapsed'].includes(state) ? '' : '先行赔付：约定到期没做到，或者经营户已经离场'
}

/**
 * @param {any} settlement  GET /settlements/…
 * @param {any} complaint   GET /complaints/…, or null while the case is at the station
 * @param {any[]} advances  what was asked to be paid first, the newest first
 * @param {any} dispatch    GET /complaints/…/dispatch, or null where it concerns one department
 */
function caseView(settlement, complaint, advances = [], dispatch = null, now = Date.now()) {
  const isOver = settlement.deadlines.some(one => one.late)
  const shown = complaint || settlement
  const asked = complaint && complaint.identity_request
  return {
    no: settlement.case_no,
    complaintNo: complaint ? complaint.case_no : '',
    title: `${settlement.unit_name}：${wantedIn(settlement.wanted)}`,
    state: shown.state_zh,
    now: nowOf(settlement, complaint, isOver),
    clocks: shown.deadlines.map(one => clockOf(one, now)),
    course: course(settlement, complaint),
    offer: SHOWS_OFFER.includes(settlement.state) ? offerOf(settlement) : [],
    offerStamp: settlement.offer_stamp,
    refusal: settlement.refusal_text || '',
    decision: (complaint && complaint.decision_text) || '',
    rightBody: complaint && complaint.right_body_name ? `您反映的事项由${complaint.right_body_name}处理，${complaint.right_body_reach}。` : '',
    remedies: (complaint && complaint.other_remedies) || '',
    agreement: (complaint && complaint.agreement_text) || '',
    closing: (complaint && complaint.closing_zh) || '',
    papers: complaint ? complaint.documents.map(paperOf) : [],
    moves: complaint ? movesOf(complaint.moves) : [],
    looks: complaint ? complaint.identity_views.map((one, key) => ({ key, at: moment(one.at), purpose: one.purpose })) : [],
    mediation: mediationView(complaint, 'consumer'),
    advance: advanceOf(settlement, advances),
    phone: phoneOf(settlement),
    number12315: settlement.number_12315 || '',
    holder: complaint && complaint.allowed.length ? complaint.holder : null,
    may: {
      choose: settlement.allowed.includes('accept'),
      confirm: settlement.allowed.includes('confirm_performed'),
      report: settlement.allowed.includes('report_not_performed') && isOver,
      withdraw: shown.allowed.includes('withdraw'),
      addPhotos: shown.allowed.length > 0,
    },
    escalation: escalationOf(settlement, isOver),
    needsIdentity: !settlement.file_for_me,
    identityAsked: asked && !asked.answered_at && complaint.allowed.includes('answer_identity') ? { reason: asked.reason, until: day(asked.until) } : null,
    unread: settlement.unread_messages,
    mergedInto: (complaint && complaint.merged_into) || '',
    dispatch: dispatchView(dispatch, now),
    facts: settlement.facts,
    about: rowsOf([
      ['问题', NATURES[settlement.nature]],
      ['要求', wantedIn(settlement.wanted)],
      ['金额', settlement.amount_fen && yuan(settlement.amount_fen)],
      ['消费日期', day(settlement.happened_on)],
    ]),
    evidence: settlement.photos.map(evidenceOf),
    isClosed: !shown.allowed.length,
  }
}

module.exports = { caseView, clockOf, offerOf, rowsOf }
