// The photos and PDFs of a request: each opens on a tap, by a link that is fetched fresh, since one lives five minutes.
const { call, openFile } = require('../../utils/api')
const { act } = require('../../utils/page')

Component({
  properties: {
    /** number of the settlement request */
    no: String,
    /** position, name, kind, receipt */
    items: { type: Array, value: /** @type {any[]} */ ([]) },
  },
  data: { busy: false, error: '', errors: {}, showsReceipts: false },
  methods: {
    look(event) {
      const { position } = event.currentTarget.dataset
      return act(this, async () => {
        const { photos } = await call('GET', `/settlements/${this.data.no}`)
        const { url, kind } = photos.find(one => one.position === position)
        await openFile(url, kind)
      })
    },
    toggleReceipts() {
      this.setData({ showsReceipts: !this.data.showsReceipts })
    },
  },
})
