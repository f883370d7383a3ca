// In place of what only a signed-in person sees.
const { signIn } = require('../../utils/api')
const { act } = require('../../utils/page')

Component({
  data: { busy: false, error: '' },
  methods: {
    async press() {
      if (await act(this, signIn)) this.triggerEvent('done')
    },
  },
})
