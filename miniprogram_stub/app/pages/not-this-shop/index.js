// Telling that a plate hangs in the wrong place: no name, no sign-in, no place.
const { newKey, open } = require('../../utils/api')
const { visitOf } = require('../../utils/badge')
const { largeText } = require('../../utils/large-text')
const { act, load } = require('../../utils/page')
const { NOT_THIS_SHOP, pairs } = require('../../utils/words')

Page({
  behaviors: [largeText],
  data: { state: '', error: '', errors: /** @type {any} */ ({}), busy: false, facts: /** @type {any[]} */ ([]), token: '', choices: pairs(NOT_THIS_SHOP), note: '', thanks: '' },
  /** The key of each thing told, so that it is told once. */
  keys: /** @type {Record<string, string>} */ ({}),

  onLoad() {
    this.keys = {}
    return this.read()
  },

  read() {
    return load(this, async () => {
      const { card, token } = await visitOf(this.options)
      const { unit, plate } = card
      return { token, facts: [['店名', unit.name], ['地址', unit.address], ['标牌编号', plate.serial]].map(([label, value]) => ({ label, value })) }
    })
  },

  type(event) {
    this.setData({ note: event.detail.value })
  },

  tell(event) {
    const body = { what: event.currentTarget.dataset.what, note: this.data.note.trim() || null }
    const same = JSON.stringify(body)
    this.keys[same] = this.keys[same] || newKey()
    return act(this, async () => {
      const { thanks } = await open('POST', `/badges/${this.data.token}/not-this-shop`, body, this.keys[same])
      this.setData({ thanks })
    })
  },

  back() {
    wx.navigateBack()
  },
})
