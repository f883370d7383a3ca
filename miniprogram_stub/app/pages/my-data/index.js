// One's own data: taken home, put right, or forgotten. Each asks for a fresh sign-in, so that a borrowed phone is not enough.
const { call, forget, isSignedIn, signIn } = require('../../utils/api')
const { largeText } = require('../../utils/large-text')
const { exportView, identityView, SURE } = require('../../utils/my-data')
const { act, confirmed, load, refuse } = require('../../utils/page')

const FILE_NAME = '我的个人信息.json'

Page({
  behaviors: [largeText],
  data: {
    state: '', error: '', errors: /** @type {any} */ ({}), busy: false, doing: '', isSignedIn: false,
    view: /** @type {any} */ (null), sections: /** @type {any[]} */ ([]), openSection: '',
    form: /** @type {any} */ (null), isErasing: false, confirm: '', kept: /** @type {any[] | null} */ (null), sure: SURE,
  },
  file: '',

  onShow() {
    this.setData({ isSignedIn: isSignedIn() })
    return isSignedIn() && this.read()
  },

  /** The file holds everything about a person: it stays no longer than the page. */
  onUnload() {
    if (this.file) wx.getFileSystemManager().unlinkSync(this.file)
  },

  onSignedIn() {
    return this.onShow()
  },

  read() {
    return load(this, async () => {
      const view = await call('GET', '/me/data')
      return { view: { ...view, identities: view.identities.map(identityView) } }
    })
  },

  /** One act. doing: where what was refused is shown; a sign-in that has grown old is asked for again */
  async perform(doing, work) {
    this.setData({ doing })
    await act(this, work)
    if (this.data.error) await this.recheck()
  },

  async recheck() {
    const { fresh } = await call('GET', '/me/data').catch(() => this.data.view)
    if (fresh !== this.data.view.fresh) this.setData({ 'view.fresh': fresh })
  },

  renew() {
    return this.perform('renew', async () => {
      await signIn()
      await this.read()
    })
  },

  take() {
    return this.perform('export', async () => {
      const found = await call('POST', '/me/data/export')
      this.file = `${wx.env.USER_DATA_PATH}/my-data.json`
      wx.getFileSystemManager().writeFileSync(this.file, JSON.stringify(found, null, 2), 'utf8')
      this.setData({ sections: exportView(found), openSection: '' })
    })
  },

  share() {
    wx.shareFileMessage({ filePath: this.file, fileName: FILE_NAME, fail: () => wx.showToast({ title: '没有发出', icon: 'none' }) })
  },

  open(event) {
    const { name } = event.currentTarget.dataset
    this.setData({ openSection: this.data.openSection === name ? '' : name })
  },

  startCorrecting(event) {
    const { no } = event.currentTarget.dataset
    const { name, phone, address } = this.data.view.identities.find(one => one.no === no)
    this.setData({ form: { no, name, phone, address }, errors: {}, error: '' })
  },

  type(event) {
    this.setData({ [event.currentTarget.dataset.name]: event.detail.value })
  },

  correct() {
    const { no, name, phone, address } = this.data.form
    return this.perform('correct', async () => {
      await call('POST', '/me/data/corrections', { case_no: no, name: name.trim(), phone: phone.trim(), address: address.trim() })
      this.setData({ form: null })
      await this.read()
      wx.showToast({ title: '已更正。原来写错的不再保存', icon: 'none' })
    })
  },

  startErasing() {
    this.setData({ isErasing: true })
  },

  async erase() {
    const confirm = this.data.confirm.trim()
    if (confirm !== SURE) return refuse(this, { confirm: `确定注销的，请填写“${SURE}”两个字。` }, { doing: 'erase' })
    if (!(await confirmed('注销后不能恢复，确定吗？'))) return
    await this.perform('erase', async () => {
      const { kept } = await call('POST', '/me/data/erasure', { confirm })
      forget()
      this.setData({ kept, view: null, sections: [], form: null, isErasing: false, confirm: '' })
    })
  },

  show(event) {
    wx.navigateTo({ url: `/pages/case/index?no=${event.currentTarget.dataset.no}` })
  },

  home() {
    wx.switchTab({ url: '/pages/home/index' })
  },

  dial() {
    wx.makePhoneCall({ phoneNumber: '12315' })
  },
})
