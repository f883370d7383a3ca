// One's own account: how others see one, notices, what one agreed to, one's own data.
const { api } = require('../../config')
const { call, isSignedIn, signOut } = require('../../utils/api')
const { act, confirmed, load } = require('../../utils/page')
const { moment } = require('../../utils/time')

Page({
  data: { state: '', error: '', errors: {}, busy: false, isSignedIn: false, me: /** @type {any} */ (null), consents: /** @type {any[]} */ ([]), unread: 0, isOfStation: false, isVolunteer: false },

  onShow() {
    this.setData({ isSignedIn: isSignedIn() })
    return isSignedIn() && this.read()
  },

  onSignedIn() {
    return this.onShow()
  },

  read() {
    return load(this, async () => {
      const [me, { unread }] = await Promise.all([call('GET', '/me'), call('GET', '/notices', { limit: 1 })])
      return { ...this.drawn(me), unread, isOfStation: me.roles.some(one => one.role === 'station_member') }
    })
  },

  drawn(me) {
    const consents = me.consents.filter(one => one.given_at).map(one => ({ ...one, given: moment(one.given_at) }))
    return { me, consents, isVolunteer: me.roles.some(one => one.role === 'volunteer') }
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
    wx.setClipboardData({ data: api + event.currentTarget.dataset.path })
  },

  dial() {
    wx.makePhoneCall({ phoneNumber: '12315' })
  },

  async leave() {
    if (!(await confirmed('退出以后，手机上没有提交的草稿会清掉；要看自己的诉求得重新登录。'))) return
    if (await act(this, signOut)) this.setData({ isSignedIn: false, me: null, state: '' })
  },
})
