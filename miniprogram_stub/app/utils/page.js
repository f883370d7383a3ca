// What every page does around a request: says that it waits, what was refused, and that it may be tried again.
const { Refusal } = require('./api')
const { showFirstWrong } = require('./fields')

/** What a failure is called; a fault of the program goes on. */
function said(error) {
  if (!(error instanceof Refusal)) throw error
  return error.message
}

/** Fill the page with what `work` gives. state: loading, ready or failed. */
async function load(page, work) {
  page.setData({ state: page.data.state === 'ready' ? 'ready' : 'loading', error: '' })
  try {
    page.setData({ ...(await work()), state: 'ready' })
  } catch (error) {
    page.setData({ state: 'failed', error: said(error) })
  }
}

/**
 * A list that is read page by page, as methods of its page: read, more, and the pull down. The page's data has the list and `next`.
 * list: the list's name in the data; ask(page, before, shown): the lines that follow, the next page's cursor, and what else the page shows
 * @param {string} list
 * @param {(page: any, before: {before?: string}, shown: any[]) => Promise<{lines: any[], next?: string} & Record<string, any>>} ask
 */
function paged(list, ask) {
  return {
    /** @this {any} */
    read() {
      return this.readPage([], '')
    },
    /** @this {any} */
    more() {
      return this.readPage(this.data[list], this.data.next)
    },
    /** @this {any} */
    readPage(shown, before) {
      return load(this, async () => {
        const { lines, next, ...others } = await ask(this, before ? { before } : {}, shown)
        return { [list]: shown.concat(lines), next: next || '', ...others }
      })
    },
    /** @this {any} */
    async onPullDownRefresh() {
      await (this.onShow || this.read).call(this)
      wx.stopPullDownRefresh()
    },
  }
}

/**
 * Whether something is wrong with what was typed: then it is said beside its field, and the first such field is brought into view.
 * @param {any} page  a page or a component
 * @param {Record<string, string>} errors  field: what is wrong with it
 * @param {Record<string, any>} others  what else is shown then
 */
function refuse(page, errors, others = {}) {
  const count = Object.keys(errors).length
  if (!count) return false
  page.setData({ error: count > 1 ? '有几项还没有填好，请看红色的说明。' : '', ...others, errors }, showFirstWrong)
  return true
}

/** Perform one act at a time; what was refused is shown beside its field. returns whether it was done */
async function act(page, work) {
  if (page.data.busy) return false
  page.setData({ busy: true, error: '', errors: {} })
  try {
    await work()
    return true
  } catch (error) {
    const words = { error: said(error) }
    if (!refuse(page, error.fields, words)) page.setData(words, showFirstWrong)
    wx.showToast({ title: '没有成功，请看页面上的说明', icon: 'none' })
    return false
  } finally {
    page.setData({ busy: false })
  }
}

/** Ask before what cannot be taken back. */
async function confirmed(content) {
  const { confirm } = await wx.showModal({ title: '请确认', content, confirmText: '确定', cancelText: '再想想' })
  return confirm
}

module.exports = { act, confirmed, load, paged, refuse, said }
