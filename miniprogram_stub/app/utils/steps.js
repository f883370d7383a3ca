// The steps of a request and of the complaint that it became, as its course tells them.
const { moment } = require('./time')

const STEPS = {
  settlement: {
    submit: '消费者提出诉求',
    take: '联络站有人接手办理',
    hand_over: '联络站的办理人请同事接手',
    offer: '联络站提出方案',
    refuse: '联络站不同意',
    decline: '消费者不接受方案',
    accept: '消费者接受方案，双方约定',
    confirm_performed: '消费者确认已经做到',
    report_not_performed: '消费者说约定没有履行，优先办理',
    escalate: '转市场监管部门处理',
    lapse: '消费者没有在期限内选择，已结束',
    withdraw: '消费者撤回诉求',
  },
  complaint: {
    lodge: '投诉送到市场监管部门',
    accept: '市场监管部门决定受理',
    refuse: '市场监管部门决定不予受理',
    merge: '并入同一件事的另一件投诉',
    pass_on: '退回，转给有权处理的单位',
    take_over: '接收转来的投诉',
    pass_to_office: '第三次退回，报联席会议办公室',
    assign: '联席会议办公室指定承办单位',
    contest: '处理权限有争议，报请市级决定',
    decide_power: '市级决定由谁处理',
    pause_for_testing: '送检验检测，暂停计算期限',
    resume: '检验检测结束，继续调解',
    ask_identity: '请投诉人提供身份证明',
    answer_identity: '投诉人提供了身份证件',
    delegate: '经双方同意，委托消费者权益保护委员会调解',
    take_back: '委托调解结束，回到市场监管部门',
    answer_consent: '一方答复了是否同意调解',
    note_consent: '市场监管部门记下了一方是否同意调解',
    invite: '通知双方参加调解',
    note_absence: '记下一方没有参加调解',
    ask_recusal: '申请调解人员回避，调解中止',
    decide_recusal: '回避申请已经决定，恢复调解',
    record_agreement: '调解达成协议',
    terminate: '终止调解',
    serve_notice: '终止调解的通知已送达',
    withdraw: '消费者撤回投诉',
  },
}

const told = (kind, events) =>
  events.map(event => ({
    title: STEPS[kind][event.action],
    at: moment(event.at),
    by: event.actor_kind === 'system' ? '系统按期限自动办理' : '',
  }))

/** The steps of both cases as one course; the last is the present. */
function course(settlement, complaint) {
  const steps = [...told('settlement', settlement.events), ...(complaint ? told('complaint', complaint.events) : [])]
  return steps.map((step, index) => ({ ...step, key: index, now: index === steps.length - 1 }))
}

module.exports = { course }
