// Certified units by words and choices, as a list or on a map. Where the phone is, is asked for at a tap alone, to about 100 m.
const { open } = require('../../utils/api')
const { largeText } = require('../../utils/large-text')
const { load } = require('../../utils/page')
const { whyNoPlace } = require('../../utils/privacy')
const { lineOf, markersOf } = require('../../utils/unit-lines')
const { CATEGORIES, COUNTIES, PROMISES, pairs } = require('../../utils/words')

const PAGE = 20
const PER_DEGREE = 1000
const KINDS = [{ value: '', name: '全部类别' }, ...pairs(CATEGORIES)]
const PLACES = [{ value: '', name: '全温州' }, ...pairs(COUNTIES).filter(one => one.value !== '330300')]
const KEPT = [{ value: '', name: '不限承诺' }, ...pairs(PROMISES)]
const WITHIN = [{ value: 0, name: '不限距离' }, { value: 1000, name: '1 公里以内' }, { value: 3000, name: '3 公里以内' }, { value: 10000, name: '10 公里以内' }]

const rounded = degrees => Math.round(degrees * PER_DEGREE)

Page({
  behaviors: [largeText],
  data: {
    state: '',
    error: '',
    words: '',
    choices: [
      { key: 'category', label: '类别', range: KINDS, index: 0 },
      { key: 'county', label: '县（市、区）', range: PLACES, index: 0 },
      { key: 'promise', label: '承诺', range: KEPT, index: 0 },
    ],
    within: WITHIN,
    withinIndex: 0,
    here: /** thousandths of a degree @type {{lng_e3: number, lat_e3: number} | null} */ (null),
    isAsking: false,
    /** why there is no place: refused, denied, failed */
    noPlace: '',
    isMap: false,
    units: /** @type {any[]} */ ([]),
    after: '',
    isReadingMore: false,
    markers: /** @type {any[]} */ ([]),
    points: /** @type {any[]} */ ([]),
    chosen: /** @type {any} */ (null),
  },

  /** counts what was asked for, so that a late answer to something else is dropped */
  asked: 0,

  onLoad({ q = '' }) {
    this.setData({ words: decodeURIComponent(q) })
    return this.find()
  },

  async onPullDownRefresh() {
    await this.find()
    wx.stopPullDownRefresh()
  },

  onReachBottom() {
    if (!this.data.isMap) return this.more()
  },

  type(event) {
    this.setData({ words: event.detail.value })
  },

  choose(event) {
    this.setData({ [`choices[${event.currentTarget.dataset.index}].index`]: Number(event.detail.value) })
    return this.find()
  },

  chooseWithin(event) {
    this.setData({ withinIndex: Number(event.detail.value) })
    return this.find()
  },

  /** Ask the phone where it is; what it says is rounded before it is kept on this page or sent. */
  async locate() {
    if (this.data.isAsking) return
    this.setData({ isAsking: true, noPlace: '' })
    try {
      const { longitude, latitude } = await wx.getLocation({ type: 'gcj02' })
      this.setData({ here: { lng_e3: rounded(longitude), lat_e3: rounded(latitude) } })
    } catch (refused) {
      this.setData({ noPlace: whyNoPlace(refused) })
      return
    } finally {
      this.setData({ isAsking: false })
    }
    return this.find()
  },

  forgetPlace() {
    this.setData({ here: null, withinIndex: 0 })
    return this.find()
  },

  turn() {
    const isMap = !this.data.isMap
    this.setData({ isMap, chosen: null, ...(isMap && this.drawn(this.data.units)) })
  },

  find() {
    this.setData({ state: '', units: [], after: '', markers: [], points: [], chosen: null })
    return this.read()
  },

  async more() {
    if (!this.data.after || this.data.isReadingMore) return
    this.setData({ isReadingMore: true })
    await this.read()
    this.setData({ isReadingMore: false })
  },

  read() {
    const asked = (this.asked += 1)
    return load(this, async () => {
      try {
        const found = await this.ask()
        return asked === this.asked ? this.added(found) : {}
      } catch (error) {
        if (asked === this.asked) throw error
        return {}
      }
    })
  },

  ask() {
    const { words, choices, here, within, withinIndex, after } = this.data
    const chosen = Object.fromEntries(choices.map(({ key, range, index }) => [key, range[index].value]).filter(([, value]) => value))
    const wanted = { ...chosen, q: words.trim(), limit: PAGE, ...(after && { after }) }
    if (!here) return open('GET', '/units', { ...wanted, certified: true })
    const { value } = within[withinIndex]
    return open('POST', '/nearby-units', { ...wanted, ...here, ...(value && { within_m: value }) }, '', true)
  },

  /** What the page gains, by position: lines that stand already are not sent to the screen again. */
  added({ units: found, after }) {
    const { units, isMap } = this.data
    const lines = found.map(lineOf)
    const gained = Object.fromEntries(lines.map((line, index) => [`units[${units.length + index}]`, line]))
    return { ...gained, after: after || '', ...(isMap && this.drawn(units.concat(lines))) }
  },

  /** The map's markers, and what it has to show; made for the map alone, since both grow with the list. */
  drawn(units) {
    const { here } = this.data
    const markers = markersOf(units)
    const shown = here ? [...markers, { latitude: here.lat_e3 / PER_DEGREE, longitude: here.lng_e3 / PER_DEGREE }] : markers
    return { markers, points: shown.map(({ latitude, longitude }) => ({ latitude, longitude })) }
  },

  mark(event) {
    this.setData({ chosen: this.data.units[event.detail.markerId] })
  },

  show(event) {
    wx.navigateTo({ url: `/pages/badge/index?number=${encodeURIComponent(event.currentTarget.dataset.number)}` })
  },
})
