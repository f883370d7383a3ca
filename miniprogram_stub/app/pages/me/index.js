// One's own account: how others see one, notices, what one agreed to, one's own data.
const { api } = require('../../config')
const { call, callKept, isSignedIn, signOut } = require('../../utils/api')
const { choose, isLarge, largeText } = require('../../utils/large-text')
const { act, confirmed, load } = require('../../utils/page')
const { askAgain, copy, hasRefused, openContract } = require('../../utils/privacy')
const { moment } = require('../../utils/time')
const { note } = require('../../utils/volunteer')

Page({
  behaviors: [largeText],
  data: { state: '', error: '', errors: {}, busy: false, isSignedIn: false, me: /** @type {any} */ (null), consents: /** @type {any[]} */ ([]), unread: 0, isOfStation: false, isVolunteer: false, isLarge: false, hasRefused: false, privacyNote: '' },

  onShow() {
    this.setData({ isSignedIn: isSignedIn(), isLarge: isLarge() })
    this.lookPrivacy()
    return isSignedIn() && this.read()
  },

  onSignedIn() {
    return this.onShow()
  },

  read() {
    return load(this, async () => {
      const [me, { unread }] = await Promise.all([callKept('/me'), callKept('/notices', { limit: 1 })])
      return { ...this.drawn(me), unread, isOfStation: me.roles.some(one => one.role === 'station_member') }
    })
  },

  drawn(me) {
    const consents = me.consents.filter(one => one.given_at).map(one => ({ ...one, given: moment(one.given_at) }))
    const isVolunteer = me.roles.some(one => one.role === 'volunteer')
    note(isVolunteer)
    return { me, consents, isVolunteer }
  },

  /** What one said to WeChat's gate; clients older than it have none. */
  lookPrivacy() {
    const refused = hasRefused()
    const told = needs => (refused ? '您选了不同意，不再问您。' : needs ? '用到照片、位置时会先问您。' : '您已经同意。')
    this.setData({ hasRefused: refused, privacyNote: '' })
    if (wx.getPrivacySetting) wx.getPrivacySetting({ success: ({ needAuthorization: needs }) => this.setData({ privacyNote: told(needs) }) })
  },

  openContract() {
    openContract()
  },

  askAgain() {
    askAgain()
    this.lookPrivacy()
  },

  setLarge(event) {
    choose(event.detail.value)
    this.setData({ isLarge: isLarge() })
  },

  go(event) {
    wx.navigateTo({ url: `/pages/${event.currentTarget.dataset.page}/index` })
  },

  withdraw(event) {
    const { purpose, version } = event.currentTarget.dataset.consent
    return act(this, async () => {
      this.setData(this.drawn(await call('PUT', `/me/consents/${purpose}`, { given: false, version })))
    })
  },

  copy(event) {
    return copy(api + event.currentTarget.dataset.path)
  },

  dial() {
    wx.makePhoneCall({ phoneNumber: '12315' })
  },

  async leave() {
    if (!(await confirmed('退出以后，手机上没有提交的草稿和照片会清掉；要看自己的诉求得重新登录。'))) return
    if (await act(this, signOut)) this.setData({ isSignedIn: false, me: null, state: '' })
  },
})
