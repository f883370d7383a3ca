// Photos that are chosen and not sent yet.
Component({
  properties: {
    /** paths of the photos on this phone */
    paths: { type: Array, value: /** @type {string[]} */ ([]) },
    most: { type: Number, value: 9 },
  },
  methods: {
    async add() {
      const count = this.data.most - this.data.paths.length
      const chosen = await wx.chooseMedia({ count, mediaType: ['image'], sourceType: ['album', 'camera'], sizeType: ['compressed'] }).catch(() => null)
      if (chosen) this.tell(this.data.paths.concat(chosen.tempFiles.map(file => file.tempFilePath)))
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
