// Where things are on a page. A phone's page has a window of its own, under the bar at the top; here the bar stands in the one window there is.
import { Element } from 'glass-easel'
import { component } from 'adapter'

const measured = Element.prototype.getBoundingClientRect
Element.prototype.getBoundingClientRect = function (tell) {
  measured.call(this, ({ left, top, width, height }) => tell({ left, top: top - document.getElementById('nav').offsetHeight, width, height }))
}

// selectViewport().scrollOffset() is how far the page is scrolled; the adapter gives the page's rectangle
const asked = component.ComponentCaller.prototype
const queried = asked.createSelectorQuery
asked.createSelectorQuery = function () {
  const query = queried.call(this), push = query._$push
  query._$push = (selector, of, single, fields, tell) => push.call(query, selector, of, single, fields, found => {
    if (selector === null && fields.scrollOffset) Object.assign(found, { scrollLeft: scrollX, scrollTop: scrollY })
    tell(found)
  })
  return query
}

/** Of the window there is, what lies between the bars. */
export const windowHeight = () => innerHeight - ['nav', 'tabs'].reduce((sum, id) => sum + document.getElementById(id).offsetHeight, 0)

/** wx.pageScrollTo, without the 300 ms of its way there. */
export const pageScrollTo = ({ scrollTop }) => scrollTo(0, scrollTop)
