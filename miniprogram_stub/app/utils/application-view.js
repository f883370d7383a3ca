// An application as its station's page draws it; pure.
const { rowsOf } = require('./rows')
const { day, left, moment } = require('./time')
const { PROMISES } = require('./words')

const STEPS = {
  begin: '开始填写', submit: '提交', lapse: '逾期没有提交，已失效', ask_correction: '退回补正', examine: '初审完成', send_back: '退回重新初审',
  confirm: '复核通过，推荐公示', refuse: '不予认定', publish: '开始公示', end_notice: '公示期满', award: '决定认定', decline: '不予认定', withdraw: '单位撤回',
}
const DUTIES = { first_contact: '首问负责', pay_first: '先行赔付', liaison_station: '维权联络站', green_channel: '消费纠纷绿色通道' }
const WITH_DAYS = { no_reason_return: 7, online_return: 7, cooling_off: 7 }
const WRITABLE = ['draft', 'returned']
const OVER = ['awarded', 'refused', 'withdrawn', 'lapsed']
const WAITS = {
  submitted: '市场监管部门正在初审，您不用做什么。',
  examined: '由另一名工作人员复核，您不用做什么。',
  recommended: '审查已经通过，等联席会议办公室安排公示。',
  public_notice: '正在公示，任何人都可以提出异议。收到异议的，请按时答复。',
  noticed: '公示期满，等联席会议办公室决定。',
}
const OTHER_WAYS = '有不同意见的，可以向作出决定的部门提出，也可以依法申请行政复议、提起诉讼。'

const isWritable = state => WRITABLE.includes(state)

/** What was filled in, once it cannot be changed; the statement stands below it. checks: of the API */
function filledRows(form, checks) {
  const { score, questions } = formView(form, checks)
  const names = { ...DUTIES, ...PROMISES }
  const promises = form.commitments.map(one => `${names[one.code]}${one.days === null ? '' : `（${one.days} 天）`}`)
  return rowsOf([
    ['统一社会信用代码', form.uscc],
    ['开业日期', form.trading_since && day(form.trading_since)],
    ['承诺', promises.join('、')],
    ['自查得分', `${score} 分`],
    ['自查没有做到的', questions.filter(one => one.said === false).map(one => one.zh).join('；')],
  ])
}

/** @param {any} told  GET /applications/<no> */
function caseView(told, now = Date.now()) {
  const due = told.due_at && isWritable(told.state) ? `${left(told.due_at, now)}，${moment(told.due_at)} 以前` : ''
  return {
    no: told.case_no,
    title: told.unit_name,
    state: told.state,
    isWritable: isWritable(told.state),
    isOpen: !OVER.includes(told.state),
    waits: WAITS[told.state] || '',
    correction: told.state === 'returned' ? told.correction : '',
    filled: isWritable(told.state) ? [] : filledRows(told.form, told.checks),
    otherWays: told.state === 'refused' ? OTHER_WAYS : '',
    rows: rowsOf([
      ['事项', told.kind_zh],
      ['现在', told.state_zh],
      ['请提交', due],
      ['公示', told.notice_from && `${day(told.notice_from)}到${day(told.notice_until)}`],
      ['证书编号', told.awarded_no],
      ['有效期至', told.awarded_until && day(told.awarded_until)],
      ['理由', told.reason_zh],
      ['说明', told.decision_text],
      ['怎么改正', told.remedy],
      ['编号', told.case_no],
    ]),
    steps: told.events.map((event, index) => ({
      key: index, title: STEPS[event.action], at: moment(event.at), by: '', now: index === told.events.length - 1,
    })),
    objections: told.objections.map(one => ({
      no: one.case_no, text: one.text, isOpen: one.state === 'awaiting_answer', answer: one.answer_text, decision: one.decision_text,
      due: one.state === 'awaiting_answer' && one.due_at ? `请答复：${left(one.due_at, now)}，${moment(one.due_at)} 以前` : '',
      title: `${day(one.opened_at)}的异议：${one.state_zh}`,
    })),
  }
}

/** What the form shows: promises, questions with their answers, and the score. checks: of the API */
function formView(form, checks) {
  const promised = Object.fromEntries(form.commitments.map(one => [one.code, one]))
  const yes = checks.filter(one => form.checks[one.code] === true).length
  return {
    form,
    promises: Object.entries({ ...DUTIES, ...PROMISES }).map(([value, name]) => ({
      value, name: value in DUTIES ? `${name}（必须承诺）` : name, checked: value in promised,
    })),
    days: form.commitments.filter(one => one.code in WITH_DAYS).map(one => ({
      code: one.code, name: PROMISES[one.code], value: one.days === null ? '' : String(one.days),
    })),
    questions: checks.map(one => ({ ...one, said: form.checks[one.code] })),
    score: checks.length ? Math.floor((100 * yes) / checks.length) : 0,
  }
}

/** The form with these promises ticked; days are kept where they were given. */
function promising(form, codes) {
  const promised = Object.fromEntries(form.commitments.map(one => [one.code, one]))
  return { ...form, commitments: codes.map(code => promised[code] || { code, days: WITH_DAYS[code] || null }) }
}

const withDays = (form, code, typed) => ({
  ...form,
  commitments: form.commitments.map(one => (one.code === code ? { code, days: /^[1-9]\d{0,2}$/.test(typed) ? Math.min(Number(typed), 365) : null } : one)),
})

/** In what two versions differ, in words. */
function differences(one, other) {
  const asked = { uscc: '统一社会信用代码', trading_since: '开业日期', commitments: '承诺', checks: '自查', statement: '做法和成效' }
  return Object.keys(asked).filter(name => JSON.stringify(one[name]) !== JSON.stringify(other[name])).map(name => asked[name]).join('、')
}

module.exports = { caseView, differences, formView, isWritable, promising, withDays }
