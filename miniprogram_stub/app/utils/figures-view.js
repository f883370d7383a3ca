// A station's figures as their page draws them; pure.
const { rowsOf } = require('./case-view')
const { moment, span } = require('./time')

const MINUTE_MS = 60 * 1000
const time = (minutes, absent) => (minutes === null ? absent : span(minutes * MINUTE_MS))
const share = (percent, absent) => (percent === null ? absent : `${percent}%`)

/** @param {any} found  one category of GET /station/figures */
function figuresView(found) {
  const median = found.median || { answer_minutes: null, settled_percent: null, performed_percent: null }
  return {
    name: `${found.category_zh}（${found.units} 家）`,
    counts: rowsOf([['收到', `${found.received} 件`], ['有结果', `${found.decided} 件`], ['逾期未答复', `${found.unanswered} 件`]]),
    lines: [
      { what: '答复用时', ours: time(found.answer_minutes, '还没有'), median: time(median.answer_minutes, '不显示') },
      { what: '和解率', ours: share(found.settled_percent, '还没有'), median: share(median.settled_percent, '不显示') },
      { what: '确认做到率', ours: share(found.performed_percent, '还没有'), median: share(median.performed_percent, '不显示') },
    ],
    counted: found.median ? `中位数 ${moment(found.median.counted_at)} 算出。` : '同类中位数每晚算一次，明天可以看到。',
    causes: found.causes.map(one => `${one.nature_zh}：${one.count} 件，${one.percent}%`),
  }
}

module.exports = { figuresView }
