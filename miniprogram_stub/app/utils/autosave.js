// An application's form: kept on the phone with every key, sent a moment later, and again while there is no network.
const { Refusal, call } = require('./api')
const storage = require('./storage')

const WAIT_MS = 800
const AGAIN_MS = 10000

/**
 * @param {string} no  the application's number
 * @param {(news: any) => void} tell  { saved: words, form, conflict: what another phone stored or null, other: the version not chosen or null }
 */
function autosave(no, tell) {
  const name = `application:${no}`
  let held = wx.getStorageSync(name) || null
  let conflict = /** @type {any} */ (null)
  let timer = /** @type {any} */ (null)
  let running = /** @type {Promise<void> | null} */ (null)

  const keep = () => storage.keep(name, held)
  const news = saved => tell({ saved, conflict, form: held.form, other: held.other })

  function later(ms) {
    clearTimeout(timer)
    timer = setTimeout(() => flush().catch(quiet), ms)
  }

  /** What was refused has been told already. */
  function quiet(error) {
    if (!(error instanceof Refusal)) throw error
  }

  /** The form to show: what was typed here and not sent yet, else what the server has. */
  function open(served) {
    const other = (held && held.other) || null
    if (!held || !held.isDirty) held = { form: served.form, seen: served.revision, isDirty: false, other }
    keep()
    news('')
    if (held.isDirty) later(0)
    return held.form
  }

  function put(form) {
    held = { ...held, form, isDirty: true }
    keep()
    if (!conflict) later(WAIT_MS)
  }

  /** Send what is not sent yet. raises Refusal */
  async function flush() {
    clearTimeout(timer)
    if (running) await running.catch(quiet)
    while (held.isDirty) {
      if (conflict) throw new Refusal({ status: 409, code: 'saved_elsewhere', detail: '请先选用哪一份。' })
      running = send()
      try {
        await running
      } finally {
        running = null
      }
    }
  }

  async function send() {
    const { form, seen } = held
    try {
      const { revision } = await call('PUT', `/applications/${no}/draft`, { seen, form })
      held = { ...held, seen: revision, isDirty: held.form !== form }
      keep()
      news('已保存')
    } catch (error) {
      quiet(error)
      conflict = error.code === 'saved_elsewhere' ? error.stored : null
      const isOffline = error.code === 'offline'
      news(isOffline ? '没有网络，先存在这部手机上，有网时自动送出' : conflict ? '' : error.message)
      if (isOffline) later(AGAIN_MS)
      throw error
    }
  }

  /** Go on with one of both; the other one stays on this phone. */
  function choose(isMine) {
    const { form, revision } = conflict
    held = { form: isMine ? held.form : form, seen: revision, isDirty: isMine, other: isMine ? form : held.form }
    conflict = null
    keep()
    news('')
    if (isMine) later(0)
    return held.form
  }

  /** Take the one that was not chosen after all. */
  function swap() {
    held = { ...held, form: held.other, other: held.form, isDirty: true }
    keep()
    later(0)
    return held.form
  }

  return {
    choose, flush, open, put, swap,
    seen: () => held.seen,
    drop: () => wx.removeStorageSync(name),
    stop: () => clearTimeout(timer),
  }
}

module.exports = { autosave }
