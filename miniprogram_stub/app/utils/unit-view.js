// A unit as its station's page draws it; pure.
const { rowsOf } = require('./case-view')
const { day } = require('./time')

const PLACES = { door: '门口', counter: '收银台', table: '桌面', online_shop: '网店页面' }
const VOID = { lost: '遗失', damaged: '损坏', cloned: '被翻拍、仿冒' }

/** @param {any} unit  of the open register */
const unitView = unit => ({
  name: unit.name,
  standing: unit.standing,
  rows: rowsOf([
    ['证书', unit.standing_zh],
    ['证书编号', unit.number],
    ['有效期至', day(unit.valid_until)],
    ['原因', unit.reason],
    ['地址', unit.address],
    ['评价', unit.score && unit.score.mean ? `${unit.score.mean.toFixed(1)} 分（${unit.score.count} 人评价）` : ''],
  ]),
})

const plateView = ({ serial, placement, label, issued_at: issued, voided_at: voided, void_reason: why }) => ({
  serial,
  title: `${PLACES[placement]}${label ? `（${label}）` : ''}`,
  note: `序列号 ${serial}，${day(issued)}发放`,
  voided: voided ? `此牌已作废：${VOID[why] || '其他原因'}，${day(voided)}` : '',
})

/** The reply beside the ratings that was sent last; null when there is none. The record has the newest first. */
function replyView({ replies }) {
  const last = replies.find(one => !one.about)
  return last ? { ...last, on: day(last.sent_on) } : null
}

module.exports = { plateView, replyView, unitView }
