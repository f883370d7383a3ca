// Photos on this phone: chosen ones, and those that were sent, to look at.
const { chosen, keep, lostWords } = require('../../utils/kept-photos')
const { askAgain, given } = require('../../utils/privacy')

Component({
  properties: {
    /** paths of the photos on this phone */
    paths: { type: Array, value: /** @type {string[]} */ ([]) },
    most: { type: Number, value: 9 },
    /** only to be looked at */
    fixed: Boolean,
    /** name under which they are kept until they are sent; '' when whoever shows them keeps them */
    kept: String,
  },
  data: { isRefused: false, lost: '' },
  lifetimes: {
    attached() {
      if (this.data.kept) wx.nextTick(() => this.recall())
    },
  },
  methods: {
    async add() {
      const count = this.data.most - this.data.paths.length
      const chosen = await given(this, () => wx.chooseMedia({ count, mediaType: ['image'], sourceType: ['album', 'camera'], sizeType: ['compressed'] }))
      if (chosen) this.tell(this.data.paths.concat(chosen.tempFiles.map(file => file.tempFilePath)))
    },
    /** What was chosen before the program ended. */
    recall() {
      const { paths, lost } = chosen(this.data.kept)
      this.setData({ lost: lostWords(lost) })
      if (paths.length) this.triggerEvent('change', { paths })
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
      if (this.data.kept) keep(this.data.kept, paths)
      this.setData({ lost: '' })
      this.triggerEvent('change', { paths })
    },
  },
})
