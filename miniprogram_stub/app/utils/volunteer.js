// Whether this phone is a volunteer's, and the visit that a scanned badge belongs to.
const { Refusal, call } = require('./api')
const { broughtIn, scan } = require('./badge')

const KEY = 'volunteer'
const OPEN = ['assigned', 'started']

/** Noted where the API told it, so that nobody else's scan asks for visits. */
const note = isVolunteer => (isVolunteer ? wx.setStorageSync(KEY, true) : wx.removeStorageSync(KEY))

/** The page of the visit that waits at the shop whose badge was scanned; '' for everything else. @param {any} scanned */
async function visitPage(scanned) {
  if (!wx.getStorageSync(KEY)) return ''
  try {
    const [{ card, token }, { visits }] = await Promise.all([scan(broughtIn(scanned)), call('GET', '/visits')])
    const found = visits.find(one => OPEN.includes(one.state) && one.certificate_no === card.certificate.number)
    return found ? `/pages/visit/index?no=${found.number}&badge=${encodeURIComponent(token)}` : ''
  } catch (error) {
    if (error instanceof Refusal) return ''
    throw error
  }
}

module.exports = { OPEN, note, visitPage }
