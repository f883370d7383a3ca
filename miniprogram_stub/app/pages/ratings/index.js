// One's own ratings and their photos; each can be taken back.
const { call } = require('../../utils/api')
const { keep } = require('../../utils/kept-photos')
const { largeText } = require('../../utils/large-text')
const { act, confirmed, load } = require('../../utils/page')
const { day } = require('../../utils/time')
const { MODERATION, PROOFS } = require('../../utils/words')

/** Public, or may become so. */
const TAKES_PHOTOS = ['waiting', 'in_review', 'published']

Page({
  behaviors: [largeText],
  data: { state: '', error: '', errors: {}, busy: false, ratings: /** @type {any[]} */ ([]) },

  onLoad() {
    return this.read()
  },

  read() {
    return load(this, async () => {
      const { ratings } = await call('GET', '/me/ratings')
      for (const { number, moderation } of ratings) if (moderation === 'withdrawn') keep(`rating:${number}`, []) // nothing more is taken
      return { ratings: ratings.map(one => ({ ...one, on: day(one.rated_on), how: PROOFS[one.proof], where: MODERATION[one.moderation], takes: TAKES_PHOTOS.includes(one.moderation) })) }
    })
  },

  async withdraw(event) {
    if (!(await confirmed('撤回后不再展示，确定吗？'))) return
    if (await act(this, () => call('POST', `/ratings/${event.currentTarget.dataset.number}/withdraw`))) await this.read()
  },
})
