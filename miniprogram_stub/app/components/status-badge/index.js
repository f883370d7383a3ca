// A certificate's standing: told by words, a mark and a colour, never by colour alone.
const { STANDINGS } = require('../../utils/words')

Component({
  properties: {
    /** VALID RECTIFY SUSPENDED REVOKED EXPIRED CANCELLED VOIDED UNKNOWN */
    standing: String,
    /** the standing in full words; without them it is small, for lists */
    words: String,
    reason: String,
    when: String,
  },
  data: { look: STANDINGS.UNKNOWN },
  observers: {
    standing(code) {
      this.setData({ look: STANDINGS[code] || STANDINGS.UNKNOWN })
    },
  },
})
