// Turn the program's source files ({path: text}) into templates, styles and modules, in the browser.
import { rpx, names } from './components.js'

const BUILTIN = new RegExp(`(^|[\\s>+~,(])(${names.join('|')})(?![\\w-])`, 'g')
// WXS's own globals
globalThis.getRegExp = (p, f) => new RegExp(p, f)
globalThis.getDate = (...a) => new Date(...a)

const stem = f => f.replace(/\.\w+$/, '')
export const join = (from, p) => new URL(p, 'x:/' + from).pathname.slice(1)

/** WeChat's own template compiler ships as a Node module around a .wasm; give it the three things it requires. */
async function templateCompiler() {
  const base = './packages/glass-easel-template-compiler/glass_easel_template_compiler'
  const [js, wasm] = await Promise.all([fetch(base + '.js').then(r => r.text()), fetch(base + '_bg.wasm').then(r => r.arrayBuffer())])
  const node = { util: { TextDecoder, TextEncoder }, path: { join: () => '' }, fs: { readFileSync: () => new Uint8Array(wasm) } }
  const m = { exports: {} }
  new Function('module', 'exports', 'require', '__dirname', js)(m, m.exports, n => node[n], '')
  return m.exports.TmplGroup
}

function wxss(files, f, prefix, seen = new Set()) {
  if (seen.has(f)) return ''
  seen.add(f)
  return rpx(files[f]).replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/@import\s+["']([^"']+)["'];?/g, (_, p) => wxss(files, join(f, p), prefix, seen))
    .replace(/([^{}]+)\{/g, (m, sel) => {
      if (sel.trim().startsWith('@') || /^\s*(from|to|[\d.]+%)/.test(sel)) return m
      sel = sel.replace(BUILTIN, '$1wx-$2')
      return (prefix ? sel.replace(/\.([\w-]+)/g, `.${prefix}--$1`) : sel) + '{'
    })
}

/** What a page's script must not find: a phone has none of these, so code that uses them fails here too. */
const NOT_ON_A_PHONE = ['window', 'document', 'location', 'history', 'navigator', 'localStorage', 'sessionStorage', 'fetch', 'XMLHttpRequest', 'FormData', 'Blob', 'File', 'URL', 'URLSearchParams', 'alert', 'confirm', 'prompt', 'self', 'top', 'parent']
function script(f, text) {
  try { return new Function('module', 'exports', 'require', ...NOT_ON_A_PHONE, text + `\n//# sourceURL=miniprogram/${f}`) } catch (e) { throw Error(`${f}: ${e.message}`) }
}

/** Where a page's handlers may stand: its script, and what it spreads into itself from those it requires. */
function methodsOf(files, c) {
  const own = files[c + '.js']
  const required = /\.\.\.\w+\(/.test(own) ? [...own.matchAll(/require\('([^']+)'\)/g)].map(([, path]) => files[join(c, path) + '.js'] || '') : []
  return [own, ...required].join('\n')
}

/** The templates as a script. It costs as much as all the rest of a start, so who starts often (the tests) hands in what the first start made. */
async function templatesOf(files, of, problems) {
  if (globalThis.madeTemplates) return globalThis.madeTemplates
  const TmplGroup = await templateCompiler(), group = new TmplGroup()
  for (const f of of('.wxs')) for (const name of [stem(f), f]) group.addScript(name, files[f]) // WXML names it without, WXS with, the suffix
  for (const f of of('.wxml')) for (const w of group.addTmpl(stem(f), files[f])) problems.push(`${f}:${w.startLine + 1}:${w.startColumn + 1} ${w.message}`)
  return problems.length ? '' : (globalThis.madeTemplates = group.getTmplGenObjectGroups())
}

export async function compile(files) {
  const of = ext => Object.keys(files).filter(f => f.endsWith(ext)), problems = []
  const made = await templatesOf(files, of, problems)
  const json = {}
  for (const f of of('.json')) try { json[stem(f)] = JSON.parse(files[f]) } catch (e) { problems.push(`${f} ${e.message}`) }
  const app = json.app, comps = of('.wxml').map(stem).filter(c => files[c + '.js'])
  for (const p of app.pages) if (!comps.includes(p)) problems.push(`app.json lists ${p}, which has no .js and .wxml`)
  for (const c of ['app', ...comps]) for (const [tag, path] of Object.entries(json[c]?.usingComponents || {})) if (!comps.includes(join(c, path))) problems.push(`${c}.json: <${tag}> is ${path}, which is not there`)
  for (const c of comps.filter(c => !c.startsWith('miniprogram_npm/'))) for (const [, fn] of files[c + '.wxml'].matchAll(/\b(?:bind|catch|capture-bind|capture-catch|mut-bind):?[\w-]+="(\w+)"/g)) if (!new RegExp(`\\b${fn}\\b`).test(methodsOf(files, c))) problems.push(`${c}.wxml: no handler ${fn} in ${c}.js`)
  if (problems.length) throw Error('mini-program does not compile:\n' + problems.join('\n'))
  const scopes = {}, styles = { app: files['app.wxss'] ? wxss(files, 'app.wxss') : '' }
  comps.forEach((c, i) => { scopes[c] = json[c]?.component ? `c${i}` : ''; styles[c] = files[c + '.wxss'] ? wxss(files, c + '.wxss', scopes[c]) : '' })
  const templates = (0, eval)(made)
  const modules = Object.fromEntries(of('.js').map(f => [stem(f), script(f, files[f])]))
  return { app, json, comps, scopes, styles, templates, modules }
}
