// A PDF that is chosen among WeChat's chats and not sent yet.
const { askAgain, given } = require('../../utils/privacy')

Component({
  properties: {
    /** {path, name} on this phone */
    files: { type: Array, value: /** @type {any[]} */ ([]) },
  },
  data: { isRefused: false },
  methods: {
    async add() {
      const chosen = await given(this, () => wx.chooseMessageFile({ count: 1, type: 'file', extension: ['pdf'] }))
      if (chosen) this.triggerEvent('change', { files: chosen.tempFiles.map(one => ({ path: one.path, name: one.name })) })
    },
    remove() {
      this.triggerEvent('change', { files: [] })
    },
    again() {
      askAgain()
      return this.add()
    },
  },
})
