// Rating a unit whose badge was scanned.
const { visitOf } = require('../../utils/badge')
const drafts = require('../../utils/drafts')
const { largeText } = require('../../utils/large-text')
const { act, load, refuse } = require('../../utils/page')
const { FACETS, pairs } = require('../../utils/words')

const EMPTY = { stars: 0, safety: 0, quality: 0, price: 0, service: 0, redress: 0, text: '', purchase_no: '' }

Page({
  behaviors: [largeText],
  data: {
    state: '', error: '', errors: /** @type {any} */ ({}), busy: false, sent: false,
    name: '', facets: pairs(FACETS), form: /** @type {any} */ (EMPTY),
  },
  token: '',
  draft: /** @type {any} */ (null),

  onLoad() {
    return this.read()
  },

  read() {
    return load(this, async () => {
      const { card, ticket, token } = await visitOf(this.options)
      this.token = token
      this.draft = drafts.read(`rate:${token}`, EMPTY)
      this.draft.ticket = this.draft.ticket || ticket
      return { name: card.unit.name, form: this.draft.form }
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
    drafts.keep(`rate:${this.token}`, this.draft)
  },

  send() {
    const { stars, text, purchase_no, ...facets } = this.data.form
    if (!stars) return refuse(this, { stars: '请点星，告诉大家总的来说怎么样。' })
    const given = Object.fromEntries(Object.entries(facets).filter(([, value]) => value))
    const body = { visit_ticket: this.draft.ticket, stars, ...given, text: text.trim(), purchase_no: purchase_no.trim() || null }
    return act(this, async () => {
      await drafts.deliver(`rate:${this.token}`, this.draft, '/ratings', body)
      this.setData({ sent: true })
    })
  },

  back() {
    wx.navigateBack()
  },
})
