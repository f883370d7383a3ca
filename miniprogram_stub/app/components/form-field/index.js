// A field of a form: what is asked, how to answer, and what is wrong with the answer.
const { watched } = require('../../utils/fields')

Component({
  behaviors: [watched],
  properties: {
    label: String,
    hint: String,
    error: { type: null, value: "" },
    optional: Boolean,
  },
})
