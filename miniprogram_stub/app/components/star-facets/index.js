// One to five stars for something; the same star again takes it back where an answer is not required.
const { STARS } = require('../../utils/words')

Component({
  properties: {
    name: String,
    label: String,
    value: { type: Number, value: 0 },
    optional: Boolean,
  },
  data: { five: [1, 2, 3, 4, 5], words: STARS },
  methods: {
    pick(event) {
      const chosen = event.currentTarget.dataset.stars
      const value = this.data.optional && chosen === this.data.value ? 0 : chosen
      this.triggerEvent('change', { name: this.data.name, value })
    },
  },
})
