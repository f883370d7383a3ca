// How far a request, a report, or what was told of retaliation is, and the answer to feedback without a name: for whoever has its number and access code, without signing in.
const { open } = require('../../utils/api')
const { clockOf } = require('../../utils/case-view')
const { largeText } = require('../../utils/large-text')
const { act } = require('../../utils/page')
const { moment } = require('../../utils/time')

/** Where each is asked for, by how its number begins; what can be answered says where. */
const WHERE = {
  JB: { title: '举报', look: '/tip-offs/progress', answer: '/tip-offs/answers', them: '核查人员' },
  YJ: { title: '您提的意见', look: '/feedback/progress', answer: '', them: '' },
  BH: { title: '打击报复', look: '/retaliations/progress', answer: '/retaliations/answers', them: '监管人员' },
}
const REQUEST = { title: '诉求', look: '/settlements/progress', answer: '', them: '' }
const whereOf = number => WHERE[number.slice(0, 2)] || REQUEST

/** A report (JB…), retaliation (BH…) or a settlement request as the page shows it. */
function shown(found) {
  const { title, answer, them } = whereOf(found.case_no)
  const said = found.messages || found.notes || []
  return {
    no: found.case_no,
    title: found.unit_name || title,
    mayAnswer: Boolean(answer) && (found.notes ? !['founded', 'unfounded'].includes(found.state) : said.length > 0),
    state: found.state_zh,
    opened: moment(found.opened_at),
    clocks: (found.deadlines || []).map(one => clockOf(one)),
    complaintNo: found.complaint_no || '',
    decision: found.decision_text || found.outcome || '',
    police: found.police_body || '',
    protections: (found.protections || []).map((one, key) => ({ key, text: `${moment(one.at)}，${one.step_zh}` })),
    transferred: found.transferred_to || '',
    messages: said.map((one, key) => ({ key, at: moment(one.at), who: one.from_officer ? them : '您', text: one.text })),
  }
}

Page({
  behaviors: [largeText],
  data: { error: '', errors: /** @type {any} */ ({}), busy: false, case_no: '', code: '', text: '', found: /** @type {any} */ (null) },

  type(event) {
    this.setData({ [event.currentTarget.dataset.name]: event.detail.value })
  },

  named() {
    return { case_no: this.data.case_no.trim().toUpperCase(), code: this.data.code.trim() }
  },

  look() {
    const asked = this.named()
    const { look: path } = whereOf(asked.case_no)
    return act(this, async () => {
      this.setData({ found: null })
      this.setData({ found: shown(await open('POST', path, asked, '', true)) })
    })
  },

  answer() {
    const asked = this.named()
    return act(this, async () => {
      this.setData({ found: shown(await open('POST', whereOf(asked.case_no).answer, { ...asked, text: this.data.text.trim() })), text: '' })
    })
  },
})
