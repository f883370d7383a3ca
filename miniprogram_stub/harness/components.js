// The built-in components, each a glass-easel component whose host is <wx-NAME>.
/** A real HTML control inside a host; its own DOM events must not reach the host as component events. */
const el = (tag, props) => {
  const e = Object.assign(document.createElement(tag), props)
  for (const t of ['input', 'change', 'select', 'toggle']) e.addEventListener(t, ev => ev.stopPropagation())
  return e
}
const host = c => c.$$
const ARIA = ['Role', 'Label', 'Hidden', 'Live', 'Checked', 'Disabled', 'Expanded', 'Selected', 'Current', 'Level', 'Modal', 'Required', 'Invalid', 'Describedby', 'Labelledby']
/** Elements the component framework creates: built-ins become <wx-NAME>, and rpx works in style="" too. */
export const rpx = css => css.replace(/(-?[\d.]+)rpx\b/g, 'calc($1 * var(--rpx))')

const DEFS = {}
/** props: {name: type}; make(c): build DOM once; on: {prop: (c, v)} */
function def(name, props = {}, { make, on = {}, methods = {} } = {}) {
  const aria = Object.fromEntries(ARIA.map(a => ['aria' + a, (c, v) => {
    const n = a === 'Role' ? 'role' : 'aria-' + a.toLowerCase(), e = a === 'Role' ? host(c) : c.ctl || host(c)
    v === '' ? e.removeAttribute(n) : e.setAttribute(n, v)
  }]))
  const ariaProps = Object.fromEntries(ARIA.map(a => ['aria' + a, { type: String, value: '', optionalTypes: [Boolean, Number] }]))
  DEFS[name] = { props: { ...ariaProps, hidden: Boolean, ...props }, make, methods, on: { ...aria, hidden: (c, v) => { host(c).hidden = v }, ...on } }
}
const field = (c, get, reset) => { host(c).__field = { comp: c, get, reset } }
const closest = (c, tag) => host(c).closest('wx-' + tag)?.__comp
const fields = c => [...host(c).querySelectorAll('*')].map(e => e.__field).filter(f => f)

for (const n of ['view', 'text', 'cover-view', 'scroll-view', 'swiper', 'swiper-item', 'movable-area', 'page']) def(n, n === 'text' ? { selectable: Boolean, userSelect: Boolean } : n === 'scroll-view' ? { scrollY: Boolean, scrollX: Boolean } : {})
def('image', { src: String, mode: String, lazyLoad: Boolean }, {
  make: c => { c.img = el('img', { alt: '' }); c.img.onload = () => c.triggerEvent('load', { width: c.img.naturalWidth, height: c.img.naturalHeight }); c.img.onerror = () => c.triggerEvent('error', {}); host(c).append(c.img) },
  on: { src: (c, v) => { if (v) c.img.src = wx._url(v) }, mode: (c, v) => { c.img.style.objectFit = { aspectFill: 'cover', aspectFit: 'contain' }[v] || 'fill' }, ariaLabel: (c, v) => { c.img.alt = v } },
})
def('button', { type: String, size: String, disabled: Boolean, loading: Boolean, formType: String, openType: String, plain: Boolean }, {
  make: c => {
    const h = host(c); h.setAttribute('role', 'button'); h.tabIndex = 0
    h.addEventListener('keydown', e => { if (e.key === 'Enter' || e.key === ' ') { e.preventDefault(); h.dispatchEvent(new MouseEvent('mousedown', { bubbles: true })); h.dispatchEvent(new MouseEvent('mouseup', { bubbles: true })) } })
    c.addListener('tap', () => {
      if (c.data.disabled) return
      const form = closest(c, 'form') // before anything takes the button off the page
      if (c.data.openType === 'getPhoneNumber') c.triggerEvent('getphonenumber', { code: 'dev-phone', errMsg: 'getPhoneNumber:ok' })
      if (c.data.openType === 'agreePrivacyAuthorization') { wx._agree(c.id); c.triggerEvent('agreeprivacyauthorization', {}) }
      if (c.data.openType === 'share') wx._shared = wx._page().onShareAppMessage({ from: 'button', target: h })
      if (form && c.data.formType === 'submit') form.triggerEvent('submit', { value: Object.fromEntries(fields(form).filter(f => f.comp.data.name).map(f => [f.comp.data.name, f.get()])) })
      if (form && c.data.formType === 'reset') { fields(form).forEach(f => f.reset?.()); form.triggerEvent('reset', {}) }
    })
  },
  on: { type: (c, v) => { host(c).dataset.type = v }, size: (c, v) => { host(c).dataset.size = v }, disabled: (c, v) => host(c).setAttribute('aria-disabled', !!v), loading: (c, v) => host(c).setAttribute('aria-busy', !!v) },
})
const text = tag => ({
  make: c => {
    c.ctl = el(tag, tag === 'textarea' ? { rows: 3 } : {}); host(c).append(c.ctl); host(c).setAttribute('tabindex', -1)
    const v = () => ({ value: c.ctl.value, cursor: c.ctl.selectionStart })
    c.ctl.addEventListener('input', () => { c.setData({ value: c.ctl.value }); c.triggerEvent('input', v()) })
    c.ctl.addEventListener('blur', () => c.triggerEvent('blur', v())); c.ctl.addEventListener('focus', () => c.triggerEvent('focus', v()))
    c.ctl.addEventListener('keydown', e => { if (e.key === 'Enter' && tag === 'input') c.triggerEvent('confirm', v()) })
    field(c, () => c.ctl.value, () => { c.ctl.value = '' })
  },
  on: { value: (c, v) => { if (c.ctl.value !== v) c.ctl.value = v }, placeholder: (c, v) => { c.ctl.placeholder = v }, disabled: (c, v) => { c.ctl.disabled = v },
    maxlength: (c, v) => { if (v >= 0) c.ctl.maxLength = v }, type: (c, v) => { c.ctl.inputMode = { number: 'numeric', digit: 'decimal', idcard: 'text' }[v] || 'text' }, password: (c, v) => { if (v) c.ctl.type = 'password' }, focus: (c, v) => v && c.ctl.focus() },
})
const TEXT = { name: String, value: String, placeholder: String, placeholderClass: String, placeholderStyle: String, disabled: Boolean, maxlength: { type: Number, value: 140 }, type: String, password: Boolean, focus: Boolean, confirmType: String, autoHeight: Boolean, cursorSpacing: Number, adjustPosition: Boolean, showConfirmBar: Boolean }
def('input', TEXT, text('input'))
def('textarea', TEXT, text('textarea'))
def('form', { reportSubmit: Boolean }, { make: c => host(c).setAttribute('role', 'form') })
def('label', { for: String }, { make: c => c.addListener('tap', e => {
  const f = c.data.for ? document.getElementById(c.data.for)?.__field : fields(c)[0]
  if (f && f.comp.toggle && e.target.$$ !== host(f.comp)) f.comp.toggle()
}) })
for (const kind of ['radio', 'checkbox']) {
  def(kind, { value: String, checked: Boolean, disabled: Boolean, color: String }, {
    make: c => {
      c.ctl = el('input', { type: kind }); host(c).prepend(c.ctl); c.ctl.tabIndex = 0
      c.ctl.addEventListener('click', e => { e.preventDefault() })
      c.addListener('tap', () => c.toggle())
      c.toggle = () => {
        if (c.data.disabled) return
        const g = closest(c, kind + '-group')
        const all = g ? [...host(g).querySelectorAll('wx-' + kind)].map(h => h.__comp) : [c]
        if (kind === 'radio') all.forEach(o => o.setData({ checked: o === c })); else c.setData({ checked: !c.data.checked })
        const on = all.filter(o => o.data.checked).map(o => o.data.value)
        g?.triggerEvent('change', { value: kind === 'radio' ? on[0] : on })
      }
      host(c).__field = { comp: c, get: () => c.data.checked }
      queueMicrotask(() => { c.ctl.ariaLabel ||= host(c).closest('wx-label')?.textContent.trim() ?? null })
    },
    on: { checked: (c, v) => { queueMicrotask(() => { c.ctl.checked = v }); setTimeout(() => { c.ctl.checked = v }) } },
  })
  def(kind + '-group', { name: String }, { make: c => {
    host(c).setAttribute('role', kind === 'radio' ? 'radiogroup' : 'group')
    const on = () => [...host(c).querySelectorAll('wx-' + kind)].map(h => h.__comp).filter(o => o.data.checked).map(o => o.data.value)
    field(c, () => kind === 'radio' ? on()[0] || '' : on())
  } })
}
def('switch', { name: String, checked: Boolean, disabled: Boolean, color: String, type: String }, {
  make: c => {
    c.ctl = el('input', { type: 'checkbox' }); c.ctl.setAttribute('role', 'switch'); host(c).append(c.ctl)
    c.ctl.addEventListener('change', () => { c.setData({ checked: c.ctl.checked }); c.triggerEvent('change', { value: c.ctl.checked }) })
    c.toggle = () => c.ctl.click(); field(c, () => c.ctl.checked)
  }, on: { checked: (c, v) => { c.ctl.checked = v } },
})
def('slider', { name: String, min: Number, max: { type: Number, value: 100 }, step: { type: Number, value: 1 }, value: Number, showValue: Boolean }, {
  make: c => { c.ctl = el('input', { type: 'range' }); host(c).append(c.ctl); c.ctl.addEventListener('change', () => c.triggerEvent('change', { value: Number(c.ctl.value) })); field(c, () => Number(c.ctl.value)) },
  on: { min: (c, v) => { c.ctl.min = v }, max: (c, v) => { c.ctl.max = v }, step: (c, v) => { c.ctl.step = v }, value: (c, v) => { c.ctl.value = v } },
})
def('picker', { name: String, mode: { type: String, value: 'selector' }, range: Array, rangeKey: String, value: null, start: String, end: String, disabled: Boolean, fields: String }, {
  make: c => { field(c, () => c.data.value) },
  methods: {
    _draw() {
      const c = this, m = c.data.mode
      if (!c.ctl || c._mode !== m) {
        c.ctl?.remove(); c._mode = m
        c.ctl = m === 'selector' ? el('select') : el('input', { type: { date: c.data.fields === 'month' ? 'month' : 'date', time: 'time' }[m] || 'text' })
        c.ctl.addEventListener('change', () => c.triggerEvent('change', { value: m === 'selector' ? String(c.ctl.selectedIndex) : c.ctl.value }))
        host(c).append(c.ctl)
      }
      if (m === 'selector') { c.ctl.replaceChildren(...(c.data.range || []).map(o => new Option(c.data.rangeKey ? o[c.data.rangeKey] : o))); c.ctl.selectedIndex = Number(c.data.value) || 0 } else c.ctl.value = c.data.value || ''
      if (c.data.ariaLabel) c.ctl.setAttribute('aria-label', c.data.ariaLabel)
      if (c.data.start) c.ctl.min = c.data.start
      if (c.data.end) c.ctl.max = c.data.end
      c.ctl.disabled = !!c.data.disabled
    },
  },
  on: Object.fromEntries(['mode', 'range', 'rangeKey', 'value', 'start', 'end', 'disabled', 'ariaLabel'].map(k => [k, c => c._draw()])),
})
def('navigator', { url: String, openType: String, hoverClass: String }, { make: c => {
  host(c).setAttribute('role', 'link'); host(c).tabIndex = 0
  c.addListener('tap', () => { const { url, openType } = c.data; wx[openType || 'navigateTo']({ url: new URL(url, 'x:/' + wx._route()).pathname + new URL(url, 'x:/' + wx._route()).search, delta: 1 }) })
} })
def('page-meta', { pageStyle: String }, { on: { pageStyle: (c, v) => queueMicrotask(() => { const page = host(c)?.closest('section')?.querySelector('wx-page'); if (page) page.style.cssText = v }) } })
def('icon', { type: String, size: Number, color: String })
def('progress', { percent: Number, showInfo: Boolean }, { make: c => { c.ctl = el('progress', { max: 100 }); host(c).append(c.ctl) }, on: { percent: (c, v) => { c.ctl.value = v } } })
/** A place in pixels of the whole world at a zoom, as maps draw it (Web Mercator). */
const projected = ({ longitude, latitude }, zoom) => {
  const world = 256 * 2 ** zoom
  return [(longitude + 180) / 360 * world, (1 - Math.asinh(Math.tan(latitude * Math.PI / 180)) / Math.PI) / 2 * world]
}
/** Middle and zoom of what a map shows: the points it has to include, else what it was told. */
function viewOf({ latitude, longitude, scale, includePoints: points }, [width, height]) {
  if (!points?.length) return { middle: projected({ latitude, longitude }, scale), zoom: scale }
  for (let zoom = 18; ; zoom--) {
    const at = points.map(p => projected(p, zoom)), span = i => [Math.min(...at.map(p => p[i])), Math.max(...at.map(p => p[i]))]
    const [[left, right], [top, bottom]] = [span(0), span(1)]
    if (zoom <= 3 || (right - left <= width - 60 && bottom - top <= height - 100)) return { middle: [(left + right) / 2, (top + bottom) / 2], zoom }
  }
}
/** No streets: the ground of a phone's map comes from WeChat. Every marker stands where its place is; what is outside is not drawn. */
def('map', { latitude: Number, longitude: Number, markers: Array, scale: { type: Number, value: 16 }, includePoints: Array, showLocation: Boolean }, {
  make: c => { new ResizeObserver(() => c._draw()).observe(host(c)) },
  methods: { _draw() {
    const c = this, { clientWidth: width, clientHeight: height } = host(c) ?? {} // null once it was taken away: the observer comes later
    if (!width) return
    const { middle, zoom } = viewOf(c.data, [width, height])
    const pins = (c.data.markers || []).map(m => {
      const [x, y] = projected(m, zoom).map((at, i) => at - middle[i] + [width, height][i] / 2)
      if (x < 0 || x > width || y < 0 || y > height) return null
      const pin = el('button', { className: 'map-pin', ariaLabel: m.title || '', onclick: () => c.triggerEvent('markertap', { markerId: m.id }) })
      Object.assign(pin.style, { left: x + 'px', top: y + 'px' })
      return pin
    })
    host(c).replaceChildren(...pins.filter(Boolean))
  } },
  on: Object.fromEntries(['latitude', 'longitude', 'scale', 'markers', 'includePoints'].map(k => [k, c => c._draw()])),
})
def('rich-text', { nodes: null }, { on: { nodes: (c, v) => { if (typeof v === 'string') host(c).innerHTML = v } } })
def('video', { src: String, controls: Boolean, poster: String }, { make: c => { c.ctl = el('video', { controls: true }); host(c).append(c.ctl) }, on: { src: (c, v) => { if (v) c.ctl.src = v } } })

export const names = Object.keys(DEFS)
export function install(space, backend, custom) {
  for (const [name, d] of Object.entries(DEFS)) {
    const observers = Object.entries(d.on).filter(([p]) => p in d.props).map(([p, fn]) => ({ fields: p, observer(v) { if (this._ready) fn(this, v) } }))
    const def = space.defineComponent({
      is: 'builtin/' + name,
      properties: Object.fromEntries(Object.entries(d.props).map(([k, t]) => [k, t])),
      observers,
      methods: d.methods,
      lifetimes: { created() {
        const h = host(this); h.__comp = this
        d.make?.(this); this._ready = true
        for (const [p, fn] of Object.entries(d.on)) if (p in d.props && !p.startsWith('aria')) fn(this, this.data[p])
      } },
    })
    space.setGlobalUsingComponent(name, def)
  }
  const known = new Set(names)
  const real = backend.document
  backend.document = {
    createElement(t) {
      if (!known.has(t) && !custom.has(t)) console.error(`<${t}> is neither a built-in nor a declared component`)
      const e = real.createElement(known.has(t) ? 'wx-' + t : t), set = e.setAttribute
      e.setAttribute = (k, v) => set.call(e, k, k === 'style' ? rpx(v) : v)
      return e
    },
    createTextNode: t => real.createTextNode(t), createDocumentFragment: () => real.createDocumentFragment(),
  }
}
