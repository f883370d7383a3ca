// 大字版: text up to 1.4 times as large, as chosen under 我, else as large as WeChat's own setting. A behavior of every page.
const KEY = 'large-text'
const LARGE = 1.4
const STANDARD_PX = 16

/** What WeChat's setting makes of the standard size. */
function ofWeChat() {
  const { fontSizeScaleFactor: factor, fontSizeSetting: px } = wx.getAppBaseInfo()
  return factor || px / STANDARD_PX || 1
}

/** Between 1 and 1.4: smaller than the standard nobody could read. */
function scale() {
  const chosen = wx.getStorageSync(KEY)
  if (typeof chosen === 'boolean') return chosen ? LARGE : 1
  return Math.min(LARGE, Math.max(1, ofWeChat()))
}

const isLarge = () => scale() > 1
const lookNow = () => `--scale: ${scale()}`

/** Pages that stand, in sight or below. @type {Set<any>} */
const standing = new Set()

/** Draw every standing page as it is set now. */
const redraw = () => standing.forEach(page => page.setData({ look: lookNow() }))

function choose(on) {
  wx.setStorageSync(KEY, on)
  redraw()
}

const largeText = Behavior({
  data: { look: '' },
  lifetimes: {
    attached() {
      standing.add(this)
      this.setData({ look: lookNow() })
    },
    detached() {
      standing.delete(this)
    },
  },
})

module.exports = { KEY, choose, isLarge, largeText, redraw }
