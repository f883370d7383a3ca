// The fields of the page that is shown: of those that are wrong, the first in page order is brought into view.
/** Between the bar at the top and the field. */
const ROOM_PX = 12

/** Components form-field, on whatever page and in whatever component they stand. */
const shown = new Set()

const enter = field => shown.add(field)
const leave = field => shown.delete(field)

/** How far down the page a field stands, in px; Infinity for one that is not drawn. */
const placeOf = field => new Promise(resolve => {
  field.createSelectorQuery().select('.field').boundingClientRect().selectViewport().scrollOffset().exec(([found, page]) => {
    resolve(found && found.height ? found.top + page.scrollTop : Infinity)
  })
})

/** Scroll to the first field that is wrong: its label, and under it what is wrong. */
async function showFirstWrong() {
  const places = await Promise.all([...shown].filter(field => field.data.error).map(placeOf))
  const first = Math.min(...places)
  if (Number.isFinite(first)) wx.pageScrollTo({ scrollTop: Math.max(0, first - ROOM_PX) })
}

module.exports = { enter, leave, showFirstWrong }
