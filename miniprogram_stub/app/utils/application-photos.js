// The photos beside an application: sent as soon as they are chosen, and again while there is no network; each is there once.
const { Refusal, call, download, upload } = require('./api')

const AGAIN_MS = 10000
/** Kind → how many at most. */
const MOST = { licence: 1, premises: 6 }

/**
 * @param {string} no  the application's number
 * @param {(news: any) => void} tell  { licence, premises: paths on this phone; refused: kind → words of what was not taken; waits: words }
 */
function photoShelf(no, tell) {
  /** position 0: the server does not have it yet */
  let held = /** @type {{kind: string, position: number, path: string}[]} */ ([])
  let refused = /** @type {Record<string, string>} */ ({})
  let timer = /** @type {any} */ (null)
  let running = /** @type {Promise<void> | null} */ (null)

  const paths = kind => held.filter(one => one.kind === kind).map(one => one.path)
  const news = (waits = '') => tell({ licence: paths('licence'), premises: paths('premises'), refused, waits })
  const next = () => held.find(one => !one.position)
  const at = position => `/applications/${no}/photos/${position}`

  /** What the server has, beside what waits on this phone. raises Refusal */
  async function open() {
    const { photos } = await call('GET', `/applications/${no}/photos`)
    const found = await Promise.all(photos.map(async ({ kind, position, url }) => {
      const known = held.find(one => one.position === position)
      return known || { kind, position, path: await download(url) }
    }))
    held = [...found, ...held.filter(one => !one.position)]
    news()
    return send()
  }

  /** The photos of a kind are these now: what is new is sent, what is missing removed. raises Refusal when nothing could be removed */
  async function put(kind, chosen) {
    const known = held.filter(one => one.kind === kind)
    refused = {}
    for (const one of known.filter(({ path }) => !chosen.includes(path))) {
      if (one.position) await call('DELETE', at(one.position))
      held = held.filter(other => other !== one)
    }
    const fresh = chosen.filter(path => !known.some(one => one.path === path))
    held = [...held, ...fresh.map(path => ({ kind, position: 0, path }))]
    news()
    return send()
  }

  /** Send what waits; whoever comes meanwhile has theirs sent too. */
  function send() {
    clearTimeout(timer)
    running = running || sendAll().finally(() => {
      running = null
    })
    return running
  }

  async function sendAll() {
    for (let one = next(); one; one = next()) {
      try {
        const { position } = await upload(`/applications/${no}/photos`, one.path, { kind: one.kind })
        if (!held.includes(one)) await call('DELETE', at(position)) // removed on this phone while it was on its way
        held = held.filter(other => other === one || other.position !== position) // chosen twice, it is there once
        one.position = position
        news()
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        if (error.code === 'offline') {
          timer = setTimeout(send, AGAIN_MS)
          return news('没有网络，照片先留在这一页上，有网时自动送出')
        }
        held = held.filter(other => other !== one)
        refused = { ...refused, [one.kind]: error.message }
        news()
      }
    }
  }

  /** Everything is sent. raises Refusal when something still waits */
  async function flush() {
    await send()
    if (next()) throw new Refusal({ status: 0, code: 'offline', detail: '照片还没有送到，请检查网络，再提交一次。' })
  }

  return { flush, open, put, stop: () => clearTimeout(timer) }
}

module.exports = { MOST, photoShelf }
