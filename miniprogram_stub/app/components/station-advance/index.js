// Paying first (先行赔付) as the station that pays sees it: agree or decline, then note the payment with its voucher.
const { call, newKey, upload } = require('../../utils/api')
const { rowsOf } = require('../../utils/case-view')
const drafts = require('../../utils/drafts')
const { keep } = require('../../utils/kept-photos')
const { yuan } = require('../../utils/money')
const { act, confirmed, refuse, said } = require('../../utils/page')
const { day } = require('../../utils/time')

const BECAUSE = { unperformed: '约定到期没有做到', left: '经营户已经离场' }
const LEAST_REASON = 5
const LEAST_REFERENCE = 4
/** The key of a payment with this number and this photo: the same on every repetition. */
const PAYING = /** @type {Record<string, string>} */ ({})

const viewOf = advance => ({
  no: advance.case_no,
  state: advance.state,
  isPayer: !advance.by_host,
  rows: rowsOf([
    ['现在', advance.state_zh],
    ['金额', yuan(advance.amount_fen)],
    ['原因', BECAUSE[advance.because]],
    ['申请日期', day(advance.opened_at)],
    ['编号', advance.case_no],
    ['不同意的理由', advance.decision_text],
    ['银行流水号', advance.reference_masked],
  ]),
})

Component({
  properties: {
    /** of the request for which somebody is to be paid first */
    no: String,
    /** an officer speaks for the consumer: no words may be sent */
    shielded: Boolean,
  },

  data: {
    error: '', errors: /** @type {any} */ ({}), busy: false, advance: /** @type {any} */ (null), isDeclining: false,
    reason: '', reference: '', photos: /** @type {string[]} */ ([]),
  },

  lifetimes: {
    attached() {
      this.read()
    },
  },

  pageLifetimes: {
    show() {
      this.read()
    },
  },

  methods: {
    async read() {
      try {
        const { advances } = await call('GET', '/advances')
        const found = advances.find(one => one.settlement_no === this.data.no)
        const reason = found ? drafts.read(`decline:${found.case_no}`, '').form : ''
        this.setData({ advance: found ? viewOf(found) : null, reason, isDeclining: Boolean(reason), error: '' })
      } catch (error) {
        this.setData({ error: said(error) })
      }
    },

    perform(ask, work) {
      return act(this, async () => {
        if (!(await confirmed(ask))) return
        const advance = await work(`/advances/${this.data.advance.no}`)
        this.setData({ advance: viewOf(advance) })
      })
    },

    approve() {
      const name = `approve:${this.data.advance.no}`
      return this.perform('同意以后，请在三天内付款，再上传凭证。确定同意吗？', path => drafts.deliver(name, drafts.read(name, {}), `${path}/approve`, undefined))
    },

    startDeclining() {
      this.setData({ isDeclining: true })
    },

    typeReason(event) {
      this.setData({ reason: event.detail.value })
      const name = `decline:${this.data.advance.no}`
      drafts.keep(name, { ...drafts.read(name, ''), form: event.detail.value })
    },

    decline() {
      const { reason, shielded } = this.data
      if (!shielded && reason.trim().length < LEAST_REASON) return refuse(this, { text: `请写明理由，至少 ${LEAST_REASON} 个字。` })
      const body = { text: shielded ? null : reason.trim() }
      const name = `decline:${this.data.advance.no}`
      return this.perform('确定不同意吗？', path => drafts.deliver(name, drafts.read(name, reason), `${path}/decline`, body))
    },

    typeReference(event) {
      this.setData({ reference: event.detail.value })
    },

    setPhotos(event) {
      this.setData({ photos: event.detail.paths })
    },

    pay() {
      const { reference, photos } = this.data
      const errors = /** @type {Record<string, string>} */ ({})
      if (reference.trim().length < LEAST_REFERENCE) errors.reference = '请填写银行流水号。'
      if (!photos.length) errors.photo = '请拍付款凭证的照片。'
      if (refuse(this, errors)) return
      const same = `${reference.trim()}:${photos[0]}`
      PAYING[same] = PAYING[same] || newKey()
      return this.perform('确定已经付款给消费者吗？', async path => {
        const advance = await upload(`${path}/pay`, photos[0], { reference: reference.trim() }, PAYING[same])
        keep(`paying:${advance.case_no}`, [])
        return advance
      })
    },
  },
})
