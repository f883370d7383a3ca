// The group complaint that one's own request is in: opened or joined here; each member answers for their own case alone.
const { call, newKey } = require('../../utils/api')
const drafts = require('../../utils/drafts')
const { MATTERS, groupView } = require('../../utils/group-view')
const { largeText } = require('../../utils/large-text')
const { act, confirmed, load, refuse } = require('../../utils/page')
const { copy } = require('../../utils/privacy')
const { pairs } = require('../../utils/words')

const NOBODY = { name: '', phone: '', address: '' }
const EMPTY = {
  open: { about: '' },
  lay: { matter: '', text: '' },
  elect: { candidates: /** @type {string[]} */ ([]), text: '我们推选以上人员作为代表人，和商家、联络站、市场监管部门联系。' },
}
const CLAUSE = '代表人替大家和商家、联络站、市场监管部门联系，并把要决定的事提请成员答复。变更、放弃投诉请求或者和解，要被代表的人自己同意（总局令第121号 第十二条）。'
const OVER = ['performed', 'withdrawn', 'lapsed']
const LEAST = { about: 10, text: 5 }

Page({
  behaviors: [largeText],
  data: {
    state: '', error: '', errors: /** @type {any} */ ({}), busy: false, doing: '', no: '', unit: '', isOver: false,
    group: /** @type {any} */ (null), clause: CLAUSE, matters: pairs(MATTERS), code: '',
    open: EMPTY.open, lay: EMPTY.lay, elect: EMPTY.elect, members: /** @type {any[]} */ ([]), identity: NOBODY,
    isElecting: false, isLaying: false,
  },
  path: '',
  drafts: /** @type {any} */ ({}),
  joinKey: '',

  onLoad({ no }) {
    this.path = `/settlements/${no}/group`
    this.joinKey = newKey()
    this.start()
  },

  onShow() {
    return this.read()
  },

  async onPullDownRefresh() {
    await this.read()
    wx.stopPullDownRefresh()
  },

  /** In WeChat the code goes to others as a card that opens the page to join. */
  onShareAppMessage() {
    const { unit, group } = this.data
    return { title: `对${unit}的共同投诉，请加入`, path: `/pages/group-join/index?code=${group.plainCode}` }
  },

  /** The forms as they were left, or empty. */
  start() {
    for (const name of Object.keys(EMPTY)) {
      this.drafts[name] = drafts.read(`${this.path}:${name}`, EMPTY[name])
      this.setData({ [name]: this.drafts[name].form })
    }
  },

  read() {
    return load(this, async () => {
      const [settlement, group] = await Promise.all([call('GET', `/settlements/${this.options.no}`), this.fetchGroup()])
      return { no: settlement.case_no, unit: settlement.unit_name, isOver: OVER.includes(settlement.state), ...this.drawn(group && groupView(settlement, group)) }
    })
  },

  fetchGroup() {
    return call('GET', this.path).catch(error => {
      if (error.code === 'no_group') return null
      throw error
    })
  },

  drawn(group) {
    const { candidates } = this.data.elect
    const members = group ? group.members.map(one => ({ ...one, value: String(one.position), checked: candidates.includes(String(one.position)) })) : []
    return { group, members }
  },

  type(event) {
    const { form, field } = event.currentTarget.dataset
    this.setData({ [`${form}.${field}`]: event.detail.value })
    if (!this.drafts[form]) return
    this.drafts[form].form = this.data[form]
    drafts.keep(`${this.path}:${form}`, this.drafts[form])
  },

  typeCode(event) {
    this.setData({ code: event.detail.value })
  },

  begin(event) {
    this.setData({ [event.currentTarget.dataset.name]: true })
  },

  /** One act, then the group as it is now. doing: where a refusal of it is shown */
  async perform(doing, said, work) {
    this.setData({ doing })
    if (!(await act(this, work))) return
    wx.showToast({ title: said, icon: 'none' })
    await this.read()
  },

  async deliver(name, path, body) {
    await drafts.deliver(`${this.path}:${name}`, this.drafts[name], path, body)
    this.start()
    this.setData({ isElecting: false, isLaying: false })
  },

  openGroup() {
    const about = this.data.open.about.trim()
    if (about.length < LEAST.about) return refuse(this, { about: `至少写 ${LEAST.about} 个字。` }, { doing: 'open' })
    return this.perform('open', '共同投诉已经发起', () => this.deliver('open', this.path, { about }))
  },

  join() {
    const code = this.data.code.trim()
    if (!code) return refuse(this, { code: '请填写加入码。' }, { doing: 'join' })
    return this.perform('join', '已经加入', () => call('POST', `${this.path}/join`, { code }, this.joinKey).finally(() => {
      this.joinKey = newKey()
    }))
  },

  sendElection() {
    const { candidates, text } = this.data.elect
    const errors = /** @type {Record<string, string>} */ ({})
    if (!candidates.length) errors.candidates = '请选一到两名代表人。'
    if (text.trim().length < LEAST.text) errors.text = `至少写 ${LEAST.text} 个字。`
    if (refuse(this, errors, { doing: 'elect' })) return
    const body = { matter: 'election', text: text.trim(), candidates: candidates.map(Number) }
    return this.perform('elect', '已经请大家答复', () => this.deliver('elect', `${this.path}/proposals`, body))
  },

  sendMatter() {
    const { matter, text } = this.data.lay
    const errors = /** @type {Record<string, string>} */ ({})
    if (!matter) errors.matter = '请选择什么事。'
    if (text.trim().length < LEAST.text) errors.text = `至少写 ${LEAST.text} 个字。`
    if (refuse(this, errors, { doing: 'lay' })) return
    return this.perform('lay', '已经请大家答复', () => this.deliver('lay', `${this.path}/proposals`, { matter, text: text.trim() }))
  },

  async answer(event) {
    const { number, agree } = event.currentTarget.dataset
    const { asked, offerStamp } = this.data.group
    const { isElection, needsOffer, needsIdentity } = asked.find(one => one.number === number)
    if (agree && !isElection && !(await confirmed('同意以后马上对您那一件生效，不能改。确定同意吗？'))) return
    const body = { agree, ...(agree && needsOffer && { offer: offerStamp }), ...(agree && needsIdentity && { identity: this.data.identity }) }
    const said = agree ? '已办，只对您那一件生效' : '已记下，您那一件照旧'
    await this.perform(`answer-${number}`, said, () => call('POST', `${this.path}/proposals/${number}/answer`, body, newKey()))
    if (this.data.error) await this.refresh()
  },

  /** What is answered may have changed meanwhile: what was refused stays on the page beside what stands now. */
  async refresh() {
    const [settlement, group] = await Promise.all([call('GET', `/settlements/${this.options.no}`), this.fetchGroup()]).catch(() => [])
    if (settlement) this.setData(this.drawn(group && groupView(settlement, group)))
  },

  takeBack(event) {
    const { number } = event.currentTarget.dataset
    return this.perform('past', '已收回', () => call('POST', `${this.path}/proposals/${number}/take-back`, undefined, newKey()))
  },

  async renewCode() {
    if (!(await confirmed('旧的加入码会作废，确定换吗？'))) return
    await this.perform('code', '换了新的加入码', () => call('POST', `${this.path}/code`, undefined, newKey()))
  },

  copyCode() {
    return copy(this.data.group.code)
  },

  async leave() {
    if (!(await confirmed('退出以后您那一件单独办理，确定退出吗？'))) return
    await this.perform('leave', '已经退出', () => call('POST', `${this.path}/leave`, undefined, newKey()))
  },
})
