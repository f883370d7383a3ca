// A field of a form: what is asked, how to answer, and what is wrong with the answer.
Component({
  properties: {
    label: String,
    hint: String,
    error: { type: null, value: "" },
    optional: Boolean,
  },
})
