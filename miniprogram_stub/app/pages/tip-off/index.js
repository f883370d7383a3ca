// Reporting a suspected violation: no sign-in, and no name unless one is given.
const { open } = require('../../utils/api')
const drafts = require('../../utils/drafts')
const { largeText } = require('../../utils/large-text')
const { act, refuse } = require('../../utils/page')
const { copy } = require('../../utils/privacy')
const { today } = require('../../utils/time')
const { COUNTIES, SUSPICIONS, pairs } = require('../../utils/words')

const NAME = 'tip-off'
const LEAST_FACTS = 10
const EMPTY = { suspicionNo: -1, countyNo: -1, target_name: '', target_address: '', facts: '', happened_on: '', place: '', name: '', phone: '' }

function missing(form) {
  return {
    ...(form.target_name.trim() ? {} : { target_name: '请写举报谁。' }),
    ...(form.countyNo < 0 ? { county_code: '请选择在哪个县（市、区）。' } : {}),
    ...(form.suspicionNo < 0 ? { suspicion: '请选择哪一类问题。' } : {}),
    ...(form.facts.trim().length < LEAST_FACTS ? { facts: `至少写 ${LEAST_FACTS} 个字。` } : {}),
  }
}

Page({
  behaviors: [largeText],
  data: {
    error: '', errors: /** @type {any} */ ({}), busy: false, today: today(), sent: /** @type {any} */ (null),
    suspicions: pairs(SUSPICIONS), counties: pairs(COUNTIES), form: /** @type {any} */ (EMPTY),
  },
  draft: /** @type {any} */ (null),

  onLoad() {
    this.draft = drafts.read(NAME, EMPTY)
    this.setData({ form: this.draft.form })
  },

  type(event) {
    this.draft.form = { ...this.data.form, [event.currentTarget.dataset.name]: event.detail.value }
    drafts.keep(NAME, this.draft)
    this.setData({ form: this.draft.form })
  },

  send() {
    if (refuse(this, missing(this.data.form))) return
    const { suspicionNo, countyNo, ...typed } = this.data.form
    const texts = Object.fromEntries(Object.entries(typed).map(([name, text]) => [name, text.trim() || null]))
    const body = { ...texts, facts: typed.facts.trim(), suspicion: this.data.suspicions[suspicionNo].value, county_code: this.data.counties[countyNo].value }
    return act(this, async () => {
      const { case_no: no, access_code: code } = await drafts.deliver(NAME, this.draft, '/tip-offs', body, open)
      this.setData({ sent: { no, code } })
    })
  },

  copy() {
    const { no, code } = this.data.sent
    return copy(`编号 ${no}，查询码 ${code}`)
  },

  dial(event) {
    wx.makePhoneCall({ phoneNumber: event.currentTarget.dataset.phone })
  },
})
