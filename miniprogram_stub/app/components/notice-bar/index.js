// What a page says of itself: it waits, it has nothing, something was refused, something was done.
const { watched } = require('../../utils/fields')

Component({
  behaviors: [watched],
  properties: {
    /** loading, empty, error, warn or done */
    kind: { type: String, value: 'empty' },
    title: String,
    text: String,
    /** what the button says; without it there is none */
    action: String,
  },
  methods: {
    press() {
      this.triggerEvent('act')
    },
  },
})
