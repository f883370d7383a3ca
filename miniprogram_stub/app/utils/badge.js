// Which badge a page was opened for. It comes as ?badge=, as a mini-program code's scene, inside a link (q), or as scanned text.
const { open } = require('./api')
const { cardOfRegister } = require('./card-view')

const TOKEN = /(?:^|\/b\/)([0-9A-Za-z]\.[0-9A-HJKMNP-TV-Z]{12}\.[A-Za-z0-9_-]{10})\/?(?:[?#].*)?$/

function decoded(text) {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The token in what a code holds, as the address of later requests; '' when it is none of ours. */
function tokenIn(text) {
  const found = TOKEN.exec(decoded(text).trim())
  return found ? found[1] : ''
}

/** What the page's options brought, in the words of POST /scans; null when they name no badge. @param {any} options */
function broughtBy({ badge, scene, q }) {
  if (badge) return { token: decoded(badge) }
  if (scene) return { scene: decoded(scene) }
  return q ? { q: decoded(q) } : null
}

/** What a code holds that was scanned inside the program, in the words of POST /scans. */
function broughtIn({ path, result }) {
  const scene = /^pages\/badge\/index\?(?:.*&)?scene=([^&]*)/.exec(path || '')
  return scene ? { scene: decoded(scene[1]) } : { q: result }
}

/** What was scanned since the program was opened, by token. @type {Record<string, any>} */
const visits = {}

/** Scan: the card, and a proof of the visit. raises Refusal, for a code that is not ours with status 404 or 422 */
async function scan(brought) {
  const { card, visit_ticket: ticket } = await open('POST', '/scans', brought, '', true)
  const token = tokenIn(Object.values(brought)[0])
  visits[token] = { card, ticket, token }
  return visits[token]
}

/**
 * What a page about a unit was opened with: the scan that led to it, a new one when the page was opened by itself; by a certificate's
 * number the card of the register, with no proof of a visit.
 */
async function visitOf(options) {
  if (options.number) return { card: cardOfRegister(await open('GET', `/units/${options.number}`)), ticket: '', token: '' }
  const brought = broughtBy(options) || { token: '' }
  return visits[tokenIn(Object.values(brought)[0])] || scan(brought)
}

/** The unit that a page is about, as the address of the next page: of its badge, else of its certificate. @param {{badge?: string, number?: string}} unit */
const unitQuery = ({ badge, number = '' }) => (badge ? `badge=${encodeURIComponent(badge)}` : `number=${encodeURIComponent(number)}`)

/** The page that a scanned code opens: our own page in a mini-program code, otherwise the badge's with the text as a link. */
const pageOf = ({ path, result }) =>
  path && path.startsWith('pages/badge/index') ? `/${path}` : `/pages/badge/index?q=${encodeURIComponent(result)}`

module.exports = { broughtBy, broughtIn, decoded, pageOf, scan, tokenIn, unitQuery, visitOf }
