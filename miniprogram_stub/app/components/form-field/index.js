// A field of a form: what is asked, how to answer, and what is wrong with the answer.
const { enter, leave } = require('../../utils/fields')

Component({
  properties: {
    label: String,
    hint: String,
    error: { type: null, value: "" },
    optional: Boolean,
  },
  lifetimes: {
    attached() {
      enter(this)
    },
    detached() {
      leave(this)
    },
  },
  pageLifetimes: {
    show() {
      enter(this)
    },
    hide() {
      leave(this)
    },
  },
})
