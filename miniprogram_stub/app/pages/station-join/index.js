// Taking up an invitation by its code (typed, scanned, or in the address that the QR code opens): first what it gives, then accepting.
const OVER = { used: '这个邀请码已经用过了。', expired: '这个邀请码已过期。' }
const { call, isSignedIn, newKey, open } = require('../../utils/api')
const { largeText } = require('../../utils/large-text')
const { act, refuse } = require('../../utils/page')
const { moment } = require('../../utils/time')

const ADDRESS = /\/join(?:\/|\?code=)([0-9A-Za-z-]+)/

function codeIn(text) {
  const found = ADDRESS.exec(text)
  return found ? found[1] : text.trim()
}

Page({
  behaviors: [largeText],
  data: { error: '', errors: /** @type {any} */ ({}), busy: false, code: '', invitation: /** @type {any} */ (null), joined: /** @type {any} */ (null) },
  key: newKey(),

  onLoad({ code, q }) {
    this.setData({ code: codeIn(decodeURIComponent(code || q || '')) })
    return this.data.code && this.look()
  },

  type(event) {
    this.setData({ code: event.detail.value, invitation: null })
  },

  async scan() {
    const scanned = await wx.scanCode({ scanType: ['qrCode'] }).catch(() => null)
    if (!scanned) return
    this.setData({ code: codeIn(scanned.result), invitation: null })
    await this.look()
  },

  /** Whose invitation it is and what it asks, before anything is agreed to; nobody has to sign in for it. */
  look() {
    const code = this.data.code.trim()
    if (!code) return refuse(this, { code: '请填写邀请码。' })
    return act(this, async () => {
      const found = await (isSignedIn() ? call('POST', '/invitations/preview', { code }) : open('POST', '/invitations/preview', { code }, '', true))
      const rows = [['邀请您成为', found.name], ['联络站', found.station_name], ['所在地', found.county_name], ['有效期至', found.state === 'open' ? moment(found.expires_at) : '']]
      this.setData({
        invitation: {
          rows: rows.filter(([, value]) => value).map(([label, value]) => ({ label, value })),
          state: found.state, over: OVER[found.state] || '', isOfStation: found.role === 'station_member',
        },
      })
    })
  },

  another() {
    this.setData({ code: '', invitation: null, error: '', errors: {} })
  },

  accept() {
    const code = this.data.code.trim()
    return act(this, async () => {
      const role = await call('POST', '/invitations/accept', { code }, this.key)
      this.setData({ joined: { ...role, isOfStation: role.role === 'station_member' } })
    })
  },

  goToWork() {
    const { joined, invitation } = this.data
    wx.redirectTo({ url: (joined || invitation).isOfStation ? '/pages/station/index' : '/pages/visits/index' })
  },
})
