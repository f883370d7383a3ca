// The photos of one's own rating: those that the server has, with their state, and those that still wait on this phone or are added now.
const { download, upload } = require('../../utils/api')
const { chosen, keep, lostWords, sendAll } = require('../../utils/kept-photos')
const { act, said } = require('../../utils/page')

Component({
  properties: {
    /** of the rating */
    number: String,
    /** url, good for five minutes, and state_zh of each photo that the server has */
    photos: { type: Array, value: /** @type {any[]} */ ([]) },
    /** whether more may be added */
    takes: Boolean,
    most: { type: Number, value: 6 },
  },
  data: {
    shown: /** @type {{url: string, path: string, words: string}[]} */ ([]), unread: '',
    paths: /** @type {string[]} */ ([]), lost: '', busy: false, error: '', errors: /** @type {any} */ ({}),
  },
  observers: {
    photos(photos) {
      this.fetch(photos)
    },
  },
  lifetimes: {
    attached() {
      const { paths, lost } = chosen(`rating:${this.data.number}`)
      this.setData({ paths, lost: lostWords(lost) })
    },
  },
  methods: {
    async fetch(photos) {
      this.setData({ shown: photos.map(({ url, state_zh: words }) => ({ url, words, path: '' })), unread: '' })
      try {
        for (const [place, { url }] of photos.entries()) this.setData({ [`shown[${place}].path`]: await download(url) })
      } catch (error) {
        this.setData({ unread: said(error) })
      }
    },
    /** The links may have run out meanwhile: whoever shows the rating reads it again. */
    again() {
      this.triggerEvent('changed')
    },
    look(event) {
      const urls = this.data.shown.map(one => one.path).filter(Boolean)
      wx.previewImage({ current: event.currentTarget.dataset.path, urls })
    },
    setPhotos(event) {
      const { paths } = event.detail
      keep(`rating:${this.data.number}`, paths)
      this.setData({ paths, lost: '', error: '' })
    },
    async send() {
      const { number, paths } = this.data
      await act(this, () => sendAll(this, 'paths', `rating:${number}`, path => upload(`/ratings/${number}/photos`, path, {})))
      if (this.data.paths.length < paths.length) this.triggerEvent('changed')
    },
  },
})
