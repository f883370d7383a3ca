// A shop that the register does not know asks to be entered: first its code, then the form; and what became of it.
const { call, isSignedIn, newKey, open } = require('../../utils/api')
const drafts = require('../../utils/drafts')
const { largeText } = require('../../utils/large-text')
const { act, confirmed, load, refuse } = require('../../utils/page')
const { rowsOf } = require('../../utils/rows')
const { day, left, moment } = require('../../utils/time')
const { CATEGORIES, COUNTIES, pairs } = require('../../utils/words')

const NAME = 'enrol'
/** "不清楚" among the counties: a shop knows where it stands. */
const CITY = '330300'
const EMPTY = {
  uscc: '', merchant_name: '', unit_name: '', category: '', county_code: '', address: '', website: '', contact: '', phone: '', agreed: false,
}
const NEEDED = {
  merchant_name: '请填写营业执照上的名称。', unit_name: '请填写店名。', category: '请选择类别。', county_code: '请选择县（市、区）。',
  address: '请填写经营地址。', contact: '请填写联系人。', phone: '请填写手机号码。',
}

/** What there is to say of an invitation, beside its code. */
const INVITED = {
  open: '请接受邀请，成为本店维权联络站的人员，再申请认定。',
  expired: '邀请已过期。请向所在县（市、区）的市场监管部门要一个新的，新的邀请码会显示在这里。',
  mine: '您已加入本店的维权联络站，可以申请认定了。',
  used: '邀请已经有人接受。不是您同意的，请告诉所在县（市、区）的市场监管部门。',
}

const lineOf = one => ({
  no: one.case_no,
  name: one.unit_name,
  stateZh: one.state_zh,
  isOpen: one.state === 'submitted',
  isDeclined: one.state === 'declined',
  invitation: one.invitation_state === 'open' ? one.invitation : '',
  hasJoined: one.invitation_state === 'mine',
  told: INVITED[one.invitation_state] || '',
  rows: rowsOf([
    ['编号', one.case_no],
    ['提交日期', day(one.opened_at)],
    ['核实期限', one.state === 'submitted' && one.due_at && `${left(one.due_at, Date.now())}，${moment(one.due_at)} 以前（本地规定）`],
    ['理由', one.reason_zh],
    ['说明', one.decision_text],
    ['邀请码', one.invitation_state === 'open' && one.invitation],
    ['邀请有效期至', one.invitation_state === 'open' && moment(one.invitation_expires_at)],
  ]),
})

Page({
  behaviors: [largeText],
  data: {
    state: '', error: '', errors: /** @type {any} */ ({}), busy: false, doing: '', isSignedIn: false, mine: /** @type {any[]} */ ([]),
    isFree: false, form: /** @type {any} */ (EMPTY), categories: pairs(CATEGORIES), counties: pairs(COUNTIES).filter(({ value }) => value !== CITY), sent: '',
  },
  draft: /** @type {any} */ (null),
  keys: /** @type {Record<string, string>} */ ({}),

  onLoad() {
    this.draft = drafts.read(NAME, EMPTY)
    const { form } = this.draft
    // who left the form half filled comes back to it; the server looks at the code again
    this.setData({ form, isFree: Boolean(form.uscc) && Object.keys(NEEDED).some(field => form[field]) })
  },

  onShow() {
    return this.read()
  },

  async onPullDownRefresh() {
    await this.read()
    wx.stopPullDownRefresh()
  },

  read() {
    return load(this, async () => {
      const signedIn = isSignedIn()
      const mine = signedIn ? (await call('GET', '/me/enrolments')).enrolments.map(lineOf) : []
      return { isSignedIn: signedIn, mine }
    })
  },

  put(field, value) {
    this.draft.form = { ...this.draft.form, [field]: value }
    drafts.keep(NAME, this.draft)
    this.setData({ form: this.draft.form, sent: '' })
  },

  type(event) {
    this.put(event.currentTarget.dataset.field, event.detail.value)
  },

  typeCode(event) {
    this.put('uscc', event.detail.value)
    this.setData({ isFree: false })
  },

  /** Whether the register knows the shop; nobody has to sign in for it. */
  check() {
    this.setData({ doing: 'check' })
    return act(this, async () => {
      const { uscc } = await open('GET', '/enrolments/check', { uscc: this.data.form.uscc.trim() })
      this.put('uscc', uscc)
      this.setData({ isFree: true })
    })
  },

  async send() {
    const { form } = this.data
    const errors = /** @type {Record<string, string>} */ ({})
    for (const [field, said] of Object.entries(NEEDED)) if (!form[field].trim()) errors[field] = said
    if (!form.agreed) errors.agreed = '请先同意。'
    this.setData({ doing: 'send' })
    if (refuse(this, errors)) return
    const done = await act(this, async () => {
      const { case_no: no } = await drafts.deliver(NAME, this.draft, '/enrolments', { ...form, website: form.website.trim() || null })
      this.draft = drafts.read(NAME, EMPTY)
      this.setData({ form: this.draft.form, isFree: false, sent: `编号 ${no}。工作人员五个工作日内核实，结果会通知您。` })
    })
    return done && this.read()
  },

  withdraw(event) {
    const { no } = event.currentTarget.dataset
    this.setData({ doing: no })
    return act(this, async () => {
      if (!(await confirmed('撤回后不再核实；以后可以重新申请。确定吗？'))) return
      this.keys[no] = this.keys[no] || newKey()
      await call('POST', `/enrolments/${no}/withdraw`, undefined, this.keys[no])
      await this.read()
    })
  },

  apply() {
    wx.navigateTo({ url: '/pages/station-unit/index' })
  },

  join(event) {
    wx.navigateTo({ url: `/pages/station-join/index?code=${event.currentTarget.dataset.code || ''}` })
  },
})
