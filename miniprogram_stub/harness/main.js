// Boot: register the program's components, keep the page stack, drive the page life cycle.
import * as glassEasel from 'glass-easel'
import { MiniProgramEnv } from 'adapter'
import { install } from './components.js'
import { createWx } from './wx.js'
import { compile, join } from './compile.js'

const program = await (await fetch('./program.json')).json()
program.files['config.js'] = `module.exports = { api: '${location.origin}' }` // this server, whatever its port
const { app, json, comps, scopes, styles, templates, modules } = await compile(program.files)

// /mp/?who=guke-chen&path=/pages/badge/index?scene=… : whose phone this is, and the page to open; privacy=ask: WeChat's gate (privacy.js);
// text=1.4: WeChat's text size
const asked = new URLSearchParams(location.search), who = asked.get('who') || 'guke-chen'
const kept = Object.fromEntries(['privacy', 'text'].filter(k => asked.get(k)).map(k => [k, asked.get(k)]))
const newCode = async () => (await (await fetch(`${program.codes}?person=${encodeURIComponent(who)}`)).json()).code
const $ = id => document.getElementById(id)
const env = new MiniProgramEnv()
const space = env.createCodeSpace('', true)
const backend = new glassEasel.CurrentWindowBackendContext()
backend.onEvent((target, type, detail, options) => {
  const ev = new glassEasel.Event(type, detail, options)
  glassEasel.Event.dispatchEvent(target, ev)
  return ev.getEventBubbleStatus()
})
install(space.getComponentSpace(), backend, new Set(['app', ...comps].flatMap(c => Object.keys(json[c]?.usingComponents || {}))))
const ab = env.associateBackend(backend)
for (const [path, css] of Object.entries(styles)) { ab.registerStyleSheetContent(path, css); space.addStyleSheet(path, path, scopes[path] || undefined) }

// --- CommonJS, as WeChat runs it
const cache = {}
function load(path) {
  if (cache[path]) return cache[path].exports
  if (!modules[path]) throw Error('module not found: ' + path)
  const m = cache[path] = { exports: {} }
  modules[path].call(undefined, m, m.exports, p => load(join(path, p).replace(/\.js$/, '')))
  return m.exports
}

// --- pages
const stack = [], tabs = {}
const isTab = route => (app.tabBar?.list || []).some(t => t.pagePath === route)
const cur = () => stack[stack.length - 1]
/** An absolute /route?query, or an error for a page app.json does not list. */
function abs(url) {
  const u = new URL(url, 'x:/' + (cur()?.route || ''))
  if (!app.pages.includes(u.pathname.slice(1))) throw Error('page not found: ' + url)
  return { url: u.pathname + u.search, route: u.pathname.slice(1), query: Object.fromEntries(u.search.slice(1).split('&').filter(Boolean).map(kv => kv.split(/=(.*)/s).slice(0, 2))) }
}
const call = (p, fn, ...a) => p.page[fn]?.(...a)
/** A colour of app.json, by day or by night: "@name" stands in theme.json. */
const night = matchMedia('(prefers-color-scheme: dark)')
const colour = (given, otherwise) => (given?.startsWith('@') ? json.theme?.[night.matches ? 'dark' : 'light']?.[given.slice(1)] : given) || otherwise
night.onchange = () => draw()
const life = (p, name) => p.root.getComponent().triggerPageLifetime(name, [])
function draw() {
  const p = cur(), w = { ...app.window, ...json[p.route] }
  $('nav').style.cssText = `background:${colour(w.navigationBarBackgroundColor, '#000')};color:${colour(w.navigationBarTextStyle, 'white')}`
  document.body.style.background = colour(w.backgroundColor, '#fff')
  $('tabs').style.cssText = `background:${colour(app.tabBar?.backgroundColor, '#fff')};color:${colour(app.tabBar?.color, '#000')}`
  for (const b of $('tabs').children) {
    const here = b.dataset.route === p.route
    b.style.color = here ? colour(app.tabBar.selectedColor, '') : ''
    b.setAttribute('aria-current', here ? 'page' : 'false')
  }
  $('title').textContent = document.title = p.title ?? w.navigationBarTitleText ?? ''
  $('back').hidden = stack.length < 2
  $('tabs').hidden = !isTab(p.route)
  if (stack.length > 1 && !history.state?.inside) history.pushState({ inside: true }, '')
  history.replaceState(history.state, '', '?' + new URLSearchParams({ who, ...kept, path: p.url }))
}
function show() { const p = cur(); p.el.hidden = false; draw(); life(p, 'show'); call(p, 'onShow') }
function hide() { const p = cur(); if (p) { life(p, 'hide'); call(p, 'onHide'); p.el.hidden = true } }
function close() { const p = stack.pop(); call(p, 'onUnload'); p.root.release(); p.el.remove(); delete tabs[p.route] }
function open({ url, route, query }) {
  const root = ab.createRoot('page', space, route)
  const page = root.get(), el = document.createElement('section'), mark = document.createElement('i')
  Object.assign(page, { route, options: query })
  el.append(mark); $('pages').append(el)
  stack.push({ root, page, el, route, url })
  root.attach(el, mark)
  call(cur(), 'onLoad', query); show(); call(cur(), 'onReady')
}
const router = {
  cur, page: () => cur().page, title(t) { cur().title = t; draw() },
  push(url) { const t = abs(url); if (isTab(t.route)) throw Error('cannot navigateTo a tabBar page'); if (stack.length >= 10) throw Error('page stack is full'); hide(); open(t) },
  replace(url) { const t = abs(url); close(); open(t) },
  launch(url) { const t = abs(url); while (stack.length) close(); for (const p of Object.values(tabs)) { stack.push(p); close() } open(t) },
  tab(url) {
    const t = abs(url)
    if (!isTab(t.route)) throw Error('not a tabBar page: ' + url)
    while (stack.length > 1) close()
    if (cur()) { hide(); const p = stack.pop(); isTab(p.route) ? tabs[p.route] = p : (stack.push(p), close()) }
    if (tabs[t.route]) { stack.push(tabs[t.route]); show() } else open(t)
  },
  back(n) { while (n-- > 0 && stack.length > 1) close(); show() },
}
$('back').onclick = () => router.back(1)
// the browser's back is a phone's: one page back, out of the program from its first page; a forward has no page to go to
addEventListener('popstate', ({ state }) => { if (!state?.inside) stack.length > 1 ? router.back(1) : history.back() })
for (const t of app.tabBar?.list || []) { const b = document.createElement('button'); b.textContent = t.text; b.dataset.route = t.pagePath; b.onclick = () => router.tab('/' + t.pagePath); $('tabs').append(b) }
addEventListener('scroll', () => { if (innerHeight + scrollY >= document.body.scrollHeight - 50) call(cur(), 'onReachBottom') })

performance.mark('compiled') // benchmarks/program_start.py
globalThis.wx = createWx(router, { who, newCode, privacy: kept.privacy, textSize: Number(kept.text || 1) })
globalThis.getCurrentPages = () => stack.map(p => p.page)
globalThis.getApp = () => theApp
let theApp
globalThis.App = o => { theApp = o }
space.globalComponentEnv(globalThis, 'app', () => load('app')) // what it requires may be a Behavior
// app.json names components from its own folder, a page's file from the page's
const everywhere = Object.fromEntries(Object.entries(app.usingComponents || {}).map(([tag, path]) => [tag, '/' + join('app', path)]))
for (const c of comps) {
  space.addComponentStaticConfig(c, { ...json[c], usingComponents: { ...everywhere, ...json[c]?.usingComponents } })
  space.addCompiledTemplate(c, { groupList: templates, content: templates[c] })
}
for (const c of comps) space.globalComponentEnv(globalThis, c, () => load(c))
glassEasel.globalOptions.throwGlobalError = true // an exception in a page is a page error the test sees
const first = abs(asked.get('path') || '/' + app.pages[0]), launch = { path: first.route, query: first.query, scene: 1001 }
theApp?.onLaunch?.(launch); theApp?.onShow?.(launch)
open(first)
performance.mark('first-page')
