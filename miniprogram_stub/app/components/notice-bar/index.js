// What a page says of itself: it waits, it has nothing, something was refused, something was done.
const { enter, leave } = require('../../utils/fields')

Component({
  properties: {
    /** loading, empty, error, warn or done */
    kind: { type: String, value: 'empty' },
    title: String,
    text: String,
    /** what the button says; without it there is none */
    action: String,
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
  methods: {
    press() {
      this.triggerEvent('act')
    },
  },
})
