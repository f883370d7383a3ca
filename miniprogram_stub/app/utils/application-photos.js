// The photos beside an application: sent as soon as they are chosen, and again when there is a network; each is there once.
const { Refusal, call, download, upload } = require('./api')
const { chosen, isThere, keep, lostWords } = require('./kept-photos')

const AGAIN_MS = 10000
/** Kind → how many at most. */
const MOST = { licence: 1, premises: 6 }

/**
 * @param {string} no  the application's number
 * @param {(news: any) => void} tell  { licence, premises: paths on this phone; refused: kind → words of what was not taken; waits: words }
 */
function photoShelf(no, tell) {
  /** position 0: the server does not have it yet, the phone keeps it until then */
  let held = /** @type {{kind: string, position: number, path: string}[]} */ ([])
  let refused = /** @type {Record<string, string>} */ ({})
  let timer = /** @type {any} */ (null)
  let running = /** @type {Promise<void> | null} */ (null)

  const paths = kind => held.filter(one => one.kind === kind).map(one => one.path)
  const news = (waits = '') => tell({ licence: paths('licence'), premises: paths('premises'), refused, waits })
  const next = () => held.find(one => !one.position)
  const at = position => `/applications/${no}/photos/${position}`
  const name = kind => `application:${no}:${kind}`
  const keepWaiting = kind => keep(name(kind), held.filter(one => one.kind === kind && !one.position).map(one => one.path))

  for (const kind of Object.keys(MOST)) {
    const { paths: waiting, lost } = chosen(name(kind))
    held = held.concat(waiting.map(path => ({ kind, position: 0, path })))
    if (lost) refused = { ...refused, [kind]: lostWords(lost) }
  }

  /** Show and send what waits on this phone, beside what the server has. raises Refusal when that was not found out */
  async function open() {
    news()
    try {
      await fetchSent()
    } finally {
      await send()
    }
  }

  async function fetchSent() {
    const { photos } = await call('GET', `/applications/${no}/photos`)
    const found = await Promise.all(photos.map(async ({ kind, position, url }) => {
      const known = held.find(one => one.position === position && isThere(one.path))
      return known || { kind, position, path: await download(url) }
    }))
    held = [...found, ...held.filter(one => !one.position)]
    news()
  }

  /** The photos of a kind are these now: what is new is sent, what is missing removed. raises Refusal when nothing could be removed */
  async function put(kind, wanted) {
    const known = held.filter(one => one.kind === kind)
    refused = { ...refused, [kind]: '' }
    for (const one of known.filter(({ path }) => !wanted.includes(path))) {
      if (one.position) await call('DELETE', at(one.position))
      held = held.filter(other => other !== one)
    }
    const fresh = wanted.filter(path => !known.some(one => one.path === path))
    held = [...held, ...fresh.map(path => ({ kind, position: 0, path }))]
    news()
    await keepWaiting(kind)
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
        if (!isThere(one.path)) throw new Refusal({ status: 0, code: 'photo_lost', detail: lostWords(1) })
        const { position } = await upload(`/applications/${no}/photos`, one.path, { kind: one.kind })
        if (!held.includes(one)) await call('DELETE', at(position)) // removed on this phone while it was on its way
        held = held.filter(other => other === one || other.position !== position) // chosen twice, it is there once
        one.position = position
        news()
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        if (error.code === 'offline') {
          timer = setTimeout(send, AGAIN_MS)
          return news('没有网络，照片先存在这部手机上，有网时自动送出')
        }
        held = held.filter(other => other !== one)
        refused = { ...refused, [one.kind]: error.message }
        news()
      }
      await keepWaiting(one.kind)
    }
    if (held.some(one => !isThere(one.path))) await fetchSent().catch(quiet) // what was shown was the copy, gone since it was sent
  }

  /** What is sent is sent; its picture is fetched when the page opens again. */
  function quiet(error) {
    if (!(error instanceof Refusal)) throw error
  }

  /** Everything is sent. raises Refusal when something still waits */
  async function flush() {
    await send()
    if (next()) throw new Refusal({ status: 0, code: 'offline', detail: '照片还没有送到，请检查网络，再提交一次。' })
  }

  return { flush, open, put, stop: () => clearTimeout(timer) }
}

module.exports = { MOST, photoShelf }
