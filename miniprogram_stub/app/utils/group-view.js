// A group complaint as one of its members reads it; pure. Members know each other by aliases alone.
const { offerOf } = require('./case-view')
const { day, moment } = require('./time')

/** What a representative may lay before the members; the words are the server's. */
const MATTERS = {
  accept_offer: '接受联络站的方案', decline_offer: '不接受联络站的方案', escalate: '一起转市场监管部门', mediate: '同意由市场监管部门调解',
  agree: '按这些条件达成调解协议', change: '变更或者放弃一部分请求', withdraw: '撤回',
}
const ABOUT_OFFER = ['accept_offer', 'decline_offer']

const counts = ({ agreed, declined, waiting }) => `${agreed} 人同意，${declined} 人不同意，${waiting} 人没有答复`

function roleOf({ representative: leads, represented: isCovered }) {
  if (leads) return '，代表人'
  return isCovered ? '，同意由代表人代表' : ''
}

/** Who speaks for whom, in a sentence. */
function standingOf({ representatives, me }) {
  if (!representatives.length) return '还没有代表人，各人自己办自己那一件。'
  const mine = me.representative ? '您就是代表人。' : me.represented ? '您已同意由代表人代表。' : '您没有被代表，自己办自己那一件。'
  return `代表人：${representatives.join('、')}。${mine}`
}

function askedOf(one, settlement) {
  const isAboutOffer = ABOUT_OFFER.includes(one.matter)
  return {
    number: one.number,
    matter: one.matter,
    title: `请您答复：${one.matter_zh}`,
    candidates: one.candidates.join('、'),
    text: one.text,
    effect: one.effect_zh,
    otherwise: one.matter === 'election' ? '不同意的，您自己办自己那一件。' : '不同意或者不答复，您那一件照旧办理。',
    isElection: one.matter === 'election',
    offer: isAboutOffer ? offerOf(settlement) : [],
    lacksOffer: isAboutOffer && !settlement.offer_kind,
    needsOffer: isAboutOffer,
    needsIdentity: one.matter === 'escalate' && !settlement.file_for_me,
    note: `${one.laid_by}提请${one.state === 'open' ? `，最晚 ${moment(one.answer_by)}` : '，推选已生效，仍可加入'}。现在 ${counts(one)}。答复后不能改。`,
  }
}

const pastOf = one => ({
  number: one.number,
  title: `第 ${one.number} 件：${one.matter_zh}${one.candidates.length ? `（${one.candidates.join('、')}）` : ''}`,
  text: one.text,
  said: `${one.state_zh}${one.state === 'open' ? `，最晚 ${moment(one.answer_by)}` : ''}。${counts(one)}。您${one.answer === null ? '没有答复' : one.answer ? '同意' : '不同意'}。`,
  note: `${one.laid_by}，${moment(one.laid_at)}`,
  mayTakeBack: one.can_take_back,
})

/** The code in three groups, as people read it out. */
const spelt = code => (code ? `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}` : '')

/**
 * @param {any} settlement  GET /settlements/…
 * @param {any} group       GET /settlements/…/group
 */
const groupView = (settlement, group) => ({
  unit: settlement.unit_name,
  title: group.count > 1 ? `${group.count} 人共同投诉` : '共同投诉',
  about: group.about,
  standing: standingOf(group),
  asked: group.proposals.filter(one => one.can_answer).map(one => askedOf(one, settlement)),
  past: group.proposals.filter(one => !one.can_answer).map(pastOf),
  offerStamp: group.offer_stamp,
  mayLay: group.may_lay,
  waits: group.me.representative && !group.may_lay && group.count > 1,
  mayElect: group.may_elect,
  isAlone: group.count === 1,
  hasLeaders: group.representatives.length > 0,
  code: spelt(group.code),
  plainCode: group.code || '',
  codeUntil: day(group.code_until),
  members: group.members.map(one => ({
    position: one.position, name: `${one.alias}${one.me ? '（您）' : ''}`, said: `${one.position} 号，${one.alias}${one.me ? '（您）' : ''}${roleOf(one)}`,
  })),
})

module.exports = { MATTERS, groupView }
