// Whether a good may be returned: by the law, by the unit's own promise, for a defect. Found by the server, kept nowhere.
const { open } = require('../../utils/api')
const { decoded } = require('../../utils/badge')
const { linesOf, returnRequest, writeRequest } = require('../../utils/calculator')
const { largeText } = require('../../utils/large-text')
const { act, refuse } = require('../../utils/page')
const { day, today } = require('../../utils/time')
const { CHANNELS, CONDITIONS, RETURN_GOODS, pairs } = require('../../utils/words')

const ASKED = { channel: '请选择怎么买的。', condition: '请选择现在什么样。', received_on: '请选择哪天拿到商品。' }
const QUESTIONS = [
  { name: 'channel', label: '怎么买的', choices: pairs(CHANNELS) },
  { name: 'goods', label: '是不是下面这些商品', choices: pairs(RETURN_GOODS) },
  { name: 'condition', label: '现在什么样', choices: pairs(CONDITIONS) },
]

const rightOf = ({ name, open: isOpen, last_on: last, lines }) => ({
  title: `${name}：${isOpen ? '可以' : '不适用'}${isOpen && last ? `，最后一天 ${day(last)}` : ''}`,
  lines: linesOf(lines),
})

Page({
  behaviors: [largeText],
  data: {
    error: '', errors: /** @type {any} */ ({}), busy: false, questions: QUESTIONS, today: today(),
    form: { channel: '', goods: 'ordinary', condition: '', received_on: '', defective: false }, badge: '', number: '', found: /** @type {any} */ (null),
  },
  /** as the server found it */
  answer: /** @type {any} */ (null),

  onLoad({ badge = '', number = '' }) {
    this.setData({ badge: decoded(badge), number: decoded(number) })
  },

  type(event) {
    this.setData({ [`form.${event.currentTarget.dataset.name}`]: event.detail.value })
  },

  look() {
    const { form, badge } = this.data
    const errors = Object.fromEntries(Object.entries(ASKED).filter(([name]) => !form[name]))
    if (refuse(this, errors)) return
    return act(this, async () => {
      const answer = await open('POST', '/calculators/return-right', { ...form, ...(badge && { token: badge }) }, '', true)
      this.answer = answer
      this.setData({ found: { allowed: answer.allowed, rights: answer.rights.map(rightOf), notes: linesOf(answer.notes) } })
      wx.pageScrollTo({ scrollTop: 0 })
    })
  },

  again() {
    this.setData({ found: null })
  },

  write() {
    writeRequest(this.data, returnRequest(this.answer))
  },

  dial() {
    wx.makePhoneCall({ phoneNumber: '12315' })
  },
})
