// Taking up an invitation by its code: typed, scanned, or in the address that the QR code opens.
const { call, newKey } = require('../../utils/api')
const { act } = require('../../utils/page')

const ADDRESS = /\/join(?:\/|\?code=)([0-9A-Za-z-]+)/

function codeIn(text) {
  const found = ADDRESS.exec(text)
  return found ? found[1] : text.trim()
}

Page({
  data: { error: '', errors: /** @type {any} */ ({}), busy: false, code: '', joined: /** @type {any} */ (null) },
  key: newKey(),

  onLoad({ code, q }) {
    this.setData({ code: codeIn(decodeURIComponent(code || q || '')) })
  },

  type(event) {
    this.setData({ code: event.detail.value })
  },

  async scan() {
    const scanned = await wx.scanCode({ scanType: ['qrCode'] }).catch(() => null)
    if (scanned) this.setData({ code: codeIn(scanned.result), error: '', errors: {} })
  },

  accept() {
    const code = this.data.code.trim()
    if (!code) return this.setData({ errors: { code: '请填写邀请码。' } })
    return act(this, async () => {
      const role = await call('POST', '/invitations/accept', { code }, this.key)
      this.setData({ joined: { ...role, isOfStation: role.role === 'station_member' } })
    })
  },

  goToWork() {
    wx.redirectTo({ url: '/pages/station/index' })
  },
})
