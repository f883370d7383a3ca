// Our sheet for WeChat's privacy gate. Stands on every page that reaches a private interface; the page in sight is the one that is asked.
const { hasRefused, openContract, refuse, usesOf } = require('../../utils/privacy')

/** Interfaces that wait for the answer. @type {Set<(answer: {event: string, buttonId?: string}) => void>} */
const waiting = new Set()

function settle(answer) {
  waiting.forEach(resolve => resolve(answer))
  waiting.clear()
}

Component({
  data: { isOpen: false, contract: '《小程序用户隐私保护指引》', uses: /** @type {any[]} */ ([]) },
  lifetimes: {
    attached() {
      this.listen()
    },
    /** Left without an answer: nothing was agreed to, and nothing goes on waiting. */
    detached() {
      if (this.data.isOpen) settle({ event: 'disagree' })
    },
  },
  pageLifetimes: {
    show() {
      this.listen()
    },
  },
  methods: {
    /** The last listener alone is called; clients older than the gate have none. */
    listen() {
      const phone = /** @type {any} */ (wx)
      if (phone.onNeedPrivacyAuthorization) phone.onNeedPrivacyAuthorization((resolve, { referrer }) => this.ask(resolve, referrer))
    },
    ask(resolve, referrer) {
      if (hasRefused()) return resolve({ event: 'disagree' })
      waiting.add(resolve)
      this.setData({ isOpen: true, uses: usesOf(referrer) })
      resolve({ event: 'exposureAuthorization' })
      wx.getPrivacySetting({ success: ({ privacyContractName: contract }) => contract && this.setData({ contract }) })
    },
    read() {
      openContract()
    },
    agree() {
      this.setData({ isOpen: false })
      settle({ event: 'agree', buttonId: 'agree-privacy' })
    },
    disagree() {
      refuse()
      this.setData({ isOpen: false })
      settle({ event: 'disagree' })
    },
  },
})
