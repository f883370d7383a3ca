// The official forms of a complaint that are addressed to the reader; each opens as a PDF.
const { openFile } = require('../../utils/api')
const { act } = require('../../utils/page')

Component({
  properties: {
    /** number of the complaint */
    no: String,
    /** reference, title, note */
    papers: { type: Array, value: /** @type {any[]} */ ([]) },
  },
  data: { busy: false, error: '', errors: {} },
  methods: {
    look(event) {
      return act(this, () => openFile(`/api/v1/complaints/${this.data.no}/documents/${event.currentTarget.dataset.reference}/pdf`, 'pdf'))
    },
  },
})
