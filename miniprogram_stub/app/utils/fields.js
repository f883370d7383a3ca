// What is wrong on the page that is shown is brought into view: the first wrong field in page order, else what is said of the whole form.
/** Between the bar at the top and what is shown. */
const ROOM_PX = 12

/** Components form-field and notice-bar, on whatever page and in whatever component they stand. */
const shown = new Set()

/** For a component that may say something is wrong: it counts while its page is shown. */
const watched = Behavior({
  lifetimes: {
    attached() {
      shown.add(this)
    },
    detached() {
      shown.delete(this)
    },
  },
  pageLifetimes: {
    show() {
      shown.add(this)
    },
    hide() {
      shown.delete(this)
    },
  },
})

/** How far down the page a component reaches from and to, and how far it is scrolled, in px; Infinity for one that is not drawn. */
const placeOf = (component, box) => new Promise(resolve => {
  component.createSelectorQuery().select(box).boundingClientRect().selectViewport().scrollOffset().exec(([found, page]) => {
    const top = found && found.height ? found.top + page.scrollTop : Infinity
    resolve({ top, bottom: top + (found ? found.height : 0), scrolled: page.scrollTop })
  })
})

/** Places of the components that say something is wrong. @returns {Promise<{top: number, bottom: number, scrolled: number}[]>} */
const placesOf = (box, isWrong) => Promise.all([...shown].filter(({ data }) => isWrong(data)).map(component => placeOf(component, box)))

/** Scroll to the first field that is wrong: its label, and under it what is wrong. Where none is, to the words of a refusal nobody sees. */
async function showFirstWrong() {
  const fields = await placesOf('.field', ({ error }) => error)
  const bars = fields.length ? [] : await placesOf('.bar', ({ kind }) => kind === 'error')
  const { windowHeight } = wx.getWindowInfo()
  if (bars.some(({ top, bottom, scrolled }) => top >= scrolled && bottom <= scrolled + windowHeight)) return
  const first = Math.min(...[...fields, ...bars].map(({ top }) => top))
  if (Number.isFinite(first)) wx.pageScrollTo({ scrollTop: Math.max(0, first - ROOM_PX) })
}

module.exports = { showFirstWrong, watched }
