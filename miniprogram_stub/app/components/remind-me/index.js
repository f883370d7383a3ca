// Being told in WeChat when something happens: WeChat asks, and gives one message for each "allow". Nothing where no message is configured.
const { call, newKey } = require('../../utils/api')
const { act } = require('../../utils/page')

/** What a consumer is told about; WeChat asks for three at a time. */
const KINDS = ['case', 'deadline', 'rating']

Component({
  properties: {
    /** about what: keys of the messages, instead of those of one's own cases */
    about: { type: Array, value: KINDS },
    label: { type: String, value: '有进展时用微信提醒我' },
  },
  data: { items: /** @type {any[]} */ ([]), busy: false, error: '', done: false },
  lifetimes: {
    /** Asked for before the tap, since WeChat opens its question only in answer to one. */
    async attached() {
      const { items } = await call('GET', '/notices/subscriptions').catch(() => ({ items: [] }))
      this.setData({ items: items.filter(one => this.data.about.includes(one.key)) })
    },
  },
  methods: {
    async ask() {
      const { items } = this.data
      const answers = await wx.requestSubscribeMessage({ tmplIds: items.map(one => one.template_id) }).catch(() => ({}))
      const accepted = items.filter(one => answers[one.template_id] === 'accept').map(one => one.key)
      if (!accepted.length) return
      const told = await act(this, () => call('POST', '/notices/subscriptions', { accepted }, newKey()))
      this.setData({ done: told })
    },
  },
})
