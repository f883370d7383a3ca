// How far a request, or a report, is: for whoever has its number and access code, without signing in.
const { open } = require('../../utils/api')
const { clockOf } = require('../../utils/case-view')
const { act } = require('../../utils/page')
const { moment } = require('../../utils/time')

/** A report (JB…) or a settlement request as the page shows it. */
function shown(found) {
  return {
    no: found.case_no,
    title: found.unit_name || '举报',
    state: found.state_zh,
    opened: moment(found.opened_at),
    clocks: (found.deadlines || []).map(one => clockOf(one)),
    complaintNo: found.complaint_no || '',
    decision: found.decision_text || '',
    transferred: found.transferred_to || '',
    messages: (found.messages || []).map((one, key) => ({ key, at: moment(one.at), who: one.from_officer ? '核查人员' : '您', text: one.text })),
  }
}

Page({
  data: { error: '', errors: /** @type {any} */ ({}), busy: false, case_no: '', code: '', text: '', found: /** @type {any} */ (null) },

  type(event) {
    this.setData({ [event.currentTarget.dataset.name]: event.detail.value })
  },

  named() {
    return { case_no: this.data.case_no.trim().toUpperCase(), code: this.data.code.trim() }
  },

  look() {
    const asked = this.named()
    const path = asked.case_no.startsWith('JB') ? '/tip-offs/progress' : '/settlements/progress'
    return act(this, async () => {
      this.setData({ found: null })
      this.setData({ found: shown(await open('POST', path, asked, '', true)) })
    })
  },

  answer() {
    return act(this, async () => {
      this.setData({ found: shown(await open('POST', '/tip-offs/answers', { ...this.named(), text: this.data.text.trim() })), text: '' })
    })
  },
})
