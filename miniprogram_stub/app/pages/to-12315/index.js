// Bringing a dispute to the national 12315 platform: what to do, the package with everything, and the number that comes back.
const { call, download } = require('../../utils/api')
const { largeText } = require('../../utils/large-text')
const { act, load, refuse } = require('../../utils/page')
const { moment } = require('../../utils/time')

Page({
  behaviors: [largeText],
  data: {
    state: '', error: '', errors: /** @type {any} */ ({}), busy: false, doing: '', steps: /** @type {string[]} */ ([]),
    number: '', kept: '', keptAt: '', file: '',
  },

  onLoad() {
    return this.read()
  },

  read() {
    return load(this, async () => this.drawn(await call('GET', `/settlements/${this.options.no}/hand-over`)))
  },

  drawn: ({ steps, number_12315: kept, number_12315_at: at }) => ({ steps, kept: kept || '', keptAt: at ? moment(at) : '' }),

  fetchPackage() {
    this.setData({ doing: 'package' })
    return act(this, async () => this.setData({ file: await download(`/api/v1/settlements/${this.options.no}/package`) }))
  },

  share() {
    const fail = () => wx.showToast({ title: '没有发出', icon: 'none' })
    wx.shareFileMessage({ filePath: this.data.file, fileName: `材料包-${this.options.no}.zip`, fail })
  },

  type(event) {
    this.setData({ number: event.detail.value })
  },

  keep() {
    const number = this.data.number.trim()
    if (!number) return refuse(this, { number: '请填写平台给的编号。' }, { doing: 'number' })
    this.setData({ doing: 'number' })
    return act(this, async () => {
      this.setData({ ...this.drawn(await call('POST', `/settlements/${this.options.no}/number-12315`, { number })), number: '' })
      wx.showToast({ title: '编号记下了', icon: 'none' })
    })
  },
})
