// Photos on this phone: chosen ones, and those that were sent, to look at.
const { askAgain, given } = require('../../utils/privacy')

Component({
  properties: {
    /** paths of the photos on this phone */
    paths: { type: Array, value: /** @type {string[]} */ ([]) },
    most: { type: Number, value: 9 },
    /** only to be looked at */
    fixed: Boolean,
  },
  data: { isRefused: false },
  methods: {
    async add() {
      const count = this.data.most - this.data.paths.length
      const chosen = await given(this, () => wx.chooseMedia({ count, mediaType: ['image'], sourceType: ['album', 'camera'], sizeType: ['compressed'] }))
      if (chosen) this.tell(this.data.paths.concat(chosen.tempFiles.map(file => file.tempFilePath)))
    },
    again() {
      askAgain()
      return this.add()
    },
    look(event) {
      wx.previewImage({ current: event.currentTarget.dataset.path, urls: this.data.paths })
    },
    remove(event) {
      this.tell(this.data.paths.filter(path => path !== event.currentTarget.dataset.path))
    },
    tell(paths) {
      this.triggerEvent('change', { paths })
    },
  },
})
