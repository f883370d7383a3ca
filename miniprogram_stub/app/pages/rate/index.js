// Rating a unit whose badge was scanned, with photos.
const { upload } = require('../../utils/api')
const { visitOf } = require('../../utils/badge')
const drafts = require('../../utils/drafts')
const { chosen, move, sendAll } = require('../../utils/kept-photos')
const { largeText } = require('../../utils/large-text')
const { act, load, refuse } = require('../../utils/page')
const { FACETS, pairs } = require('../../utils/words')

const EMPTY = { stars: 0, safety: 0, quality: 0, price: 0, service: 0, redress: 0, text: '', purchase_no: '' }

Page({
  behaviors: [largeText],
  data: {
    state: '', error: '', errors: /** @type {any} */ ({}), busy: false,
    photos: /** @type {string[]} */ ([]), draftName: '', unsent: /** @type {string[]} */ ([]), sent: '',
    name: '', facets: pairs(FACETS), form: /** @type {any} */ (EMPTY),
  },
  draft: /** @type {any} */ (null),

  onLoad() {
    return this.read()
  },

  /** Once it is sent, the photos that still wait: the page of one's own ratings may have sent them. */
  onShow() {
    const { sent, busy } = this.data
    if (sent && !busy) this.setData({ unsent: chosen(`rating:${sent}`).paths })
  },

  read() {
    return load(this, async () => {
      const { card, ticket, token } = await visitOf(this.options)
      const draftName = `rate:${token}`
      this.draft = drafts.read(draftName, EMPTY)
      this.draft.ticket = this.draft.ticket || ticket
      return { name: card.unit.name, draftName, form: this.draft.form }
    })
  },

  type(event) {
    this.put(event.currentTarget.dataset.name, event.detail.value)
  },

  star(event) {
    this.put(event.detail.name, event.detail.value)
  },

  put(name, value) {
    this.setData({ [`form.${name}`]: value })
    this.draft.form = this.data.form
    drafts.keep(this.data.draftName, this.draft)
  },

  setPhotos(event) {
    this.setData({ photos: event.detail.paths })
  },

  async send() {
    const { draftName, form, photos } = this.data
    const { stars, text, purchase_no, ...facets } = form
    if (!stars) return refuse(this, { stars: '请点星，告诉大家总的来说怎么样。' })
    const given = Object.fromEntries(Object.entries(facets).filter(([, value]) => value))
    const body = { visit_ticket: this.draft.ticket, stars, ...given, text: text.trim(), purchase_no: purchase_no.trim() || null }
    const done = await act(this, async () => {
      const { number } = await drafts.deliver(draftName, this.draft, '/ratings', body)
      move(draftName, `rating:${number}`)
      this.setData({ sent: number, unsent: photos })
    })
    if (done) await this.sendPhotos()
  },

  sendPhotos() {
    const { sent } = this.data
    return act(this, () => sendAll(this, 'unsent', `rating:${sent}`, path => upload(`/ratings/${sent}/photos`, path, {})))
  },

  showMine() {
    wx.navigateTo({ url: '/pages/ratings/index' })
  },

  back() {
    wx.navigateBack()
  },
})
