// A consumer's requests and complaints, by whose turn it is.
const { call, isSignedIn } = require('../../utils/api')
const { clockOf } = require('../../utils/case-view')
const { largeText } = require('../../utils/large-text')
const { paged } = require('../../utils/page')
const { day } = require('../../utils/time')

const PAGE = 50
const GROUPS = ['等您决定', '正在办', '已经结束']

/** A line of the list: the state of the complaint where there is one. */
function lineOf(settlement, complaint, now) {
  const shown = complaint || settlement
  const [deadline] = shown.deadlines
  const isMine = Boolean(deadline) && (deadline.owner === '消费者' || settlement.unanswered || (settlement.state === 'agreed' && deadline.late))
  return {
    no: settlement.case_no,
    unit: settlement.unit_name,
    state: shown.state_zh,
    opened: day(settlement.opened_at),
    clock: deadline ? clockOf(deadline, now) : null,
    group: isMine ? 0 : deadline ? 1 : 2,
  }
}

Page({
  behaviors: [largeText],
  data: { state: '', error: '', isSignedIn: false, groups: /** @type {any[]} */ ([]), lines: /** @type {any[]} */ ([]), next: '' },

  onShow() {
    this.setData({ isSignedIn: isSignedIn() })
    return isSignedIn() && this.read()
  },

  onSignedIn() {
    return this.onShow()
  },

  ...paged('lines', async (_page, before, shown) => {
    const asked = { own: true, limit: PAGE, ...before }
    const [{ settlements, next }, { complaints }] = await Promise.all([call('GET', '/settlements', asked), call('GET', '/complaints', { own: true, limit: 100 })])
    const byNumber = Object.fromEntries(complaints.map(one => [one.case_no, one]))
    const lines = settlements.map(one => lineOf(one, byNumber[one.complaint_no], Date.now()))
    const all = shown.concat(lines)
    const groups = GROUPS.map((name, index) => ({ name, lines: all.filter(one => one.group === index) })).filter(one => one.lines.length)
    return { lines, groups, next }
  }),

  join() {
    wx.navigateTo({ url: '/pages/group-join/index' })
  },

  show(event) {
    wx.navigateTo({ url: `/pages/case/index?no=${event.currentTarget.dataset.no}` })
  },
})
