// The slice of wx.* the program uses, on browser APIs. Anything else throws, so a test fails loudly.
import { FOLDER, filesOf, temp } from './files.js'
import { gateOf, PRIVATE } from './privacy.js'
import { pageScrollTo, windowHeight } from './viewport.js'

const el = (tag, props, ...kids) => { const e = Object.assign(document.createElement(tag), props); e.append(...kids); return e }
/** Turn an async function into a wx-style API: callbacks if given, else a promise; a task (request, uploadFile) never is one. */
const api = (name, fn, task) => (o = {}) => {
  const run = (async () => { if (PRIVATE.includes(name)) await gate.pass(name); return fn(o) })()
  const done = run.then(r => ({ errMsg: name + ':ok', ...r }), e => { throw { ...(e.errno && { errno: e.errno }), errMsg: `${name}:fail ${e.errMsg || e.message}` } })
  if (task || o.success || o.fail || o.complete) { done.then(r => { o.success?.(r); o.complete?.(r) }, e => { o.fail?.(e); o.complete?.(e) }); return task && { abort() {}, onProgressUpdate() {} } }
  return done
}
let gate
const pick = (accept, multiple) => new Promise((ok, no) => {
  const i = el('input', { type: 'file', accept, multiple, hidden: true })
  i.onchange = () => { i.remove(); ok([...i.files]) }
  i.oncancel = () => { i.remove(); no({ errMsg: 'cancel' }) }
  document.body.append(i); i.click()
})
function dialog(title, body, buttons) {
  return new Promise(ok => {
    const d = el('div', { className: 'dlg' }, el('div', { role: 'dialog', ariaLabel: title }, el('h2', { textContent: title }), body,
      el('menu', {}, ...buttons.map(([t, v]) => el('button', { textContent: t, onclick: () => { d.remove(); ok(v) } })))))
    document.body.append(d)
  })
}
let toast
const showToast = (title, ms) => { toast?.remove(); toast = el('div', { id: 'toast', role: 'status', textContent: title }); document.body.append(toast); if (ms) { const t = toast; setTimeout(() => t.remove(), ms) } }
/** What the program keeps on one person's phone. */
function storage(who) {
  const at = k => `mp:${who}:${k}`
  return {
    get: k => JSON.parse(localStorage.getItem(at(k)) ?? '""'),
    set: (k, v) => localStorage.setItem(at(k), JSON.stringify(v)),
    remove: k => localStorage.removeItem(at(k)),
    clear: () => Object.keys(localStorage).filter(k => k.startsWith(at(''))).forEach(k => localStorage.removeItem(k)),
  }
}

async function http(o, body, headers) {
  const url = new URL(o.url, location.href)
  if (body === undefined && o.data && (o.method || 'GET') === 'GET') for (const [k, v] of Object.entries(o.data)) url.searchParams.set(k, v)
  const r = await fetch(url, { method: o.method || 'GET', headers, body })
  const t = await r.text()
  return { statusCode: r.status, header: Object.fromEntries(r.headers), text: t }
}
/** who: whose phone this is; newCode: gives a sign-in code of theirs; privacy: see privacy.js; textSize: WeChat's, 1 is the standard */
export function createWx(router, { who, newCode, privacy, textSize }) {
  const store = storage(who), files = filesOf(who)
  gate = gateOf(who, privacy)
  const wx = {
    _route: () => router.cur().route,
    _page: () => router.page(),
    login: api('login', async () => ({ code: await newCode() })),
    request: api('request', async o => {
      const get = (o.method || 'GET') === 'GET'
      const r = await http(o, get || o.data === undefined ? undefined : typeof o.data === 'string' ? o.data : JSON.stringify(o.data), { 'content-type': 'application/json', ...o.header })
      let data = r.text
      if (o.dataType !== 'text') try { data = JSON.parse(r.text) } catch {}
      return { data, statusCode: r.statusCode, header: r.header }
    }, true),
    uploadFile: api('uploadFile', async o => {
      const f = new FormData()
      for (const [k, v] of Object.entries(o.formData || {})) f.set(k, v)
      const b = files.blob(o.filePath)
      f.set(o.name, b, b.name)
      const r = await http({ ...o, method: 'POST' }, f, o.header)
      return { data: r.text, statusCode: r.statusCode }
    }, true),
    chooseMedia: api('chooseMedia', async o => {
      const fs = await pick((o.mediaType || ['image', 'video']).map(m => m + '/*').join(), (o.count || 9) > 1)
      return { type: 'image', tempFiles: fs.slice(0, o.count || 9).map(f => ({ tempFilePath: temp(f), size: f.size, fileType: f.type.split('/')[0] })) }
    }),
    chooseMessageFile: api('chooseMessageFile', async o => {
      const fs = await pick((o.extension || []).map(e => '.' + e).join(), o.count > 1)
      return { tempFiles: fs.slice(0, o.count).map(f => ({ path: temp(f), name: f.name, size: f.size, type: 'file' })) }
    }),
    downloadFile: api('downloadFile', async o => {
      const r = await fetch(new URL(o.url, location.href), { headers: o.header })
      return { statusCode: r.status, tempFilePath: temp(await r.blob()) }
    }, true),
    env: { USER_DATA_PATH: FOLDER },
    _url: files.url,
    getFileSystemManager: () => files.manager,
    shareFileMessage: api('shareFileMessage', o => { wx._shared = { name: o.fileName, file: files.blob(o.filePath) } }),
    openDocument: api('openDocument', o => { wx._opened = o }),
    scanCode: api('scanCode', async () => {
      const input = el('input', { ariaLabel: '二维码内容' })
      if (!await dialog('扫码', input, [['取消', false], ['确定', true]])) throw { errMsg: 'cancel' }
      return { result: input.value, scanType: 'QR_CODE', charSet: 'utf-8' }
    }),
    getLocation: api('getLocation', () => new Promise((ok, no) => navigator.geolocation.getCurrentPosition(p => ok({ latitude: p.coords.latitude, longitude: p.coords.longitude, accuracy: p.coords.accuracy }), e => no({ errMsg: e.code === 1 ? 'auth deny' : e.message })))),
    openSetting: api('openSetting', () => { wx._settings = (wx._settings || 0) + 1; return { authSetting: {} } }),
    _agree: id => gate.agree(id),
    getPrivacySetting: api('getPrivacySetting', () => ({ needAuthorization: gate.state() !== 'agreed', privacyContractName: '《放心消费在温州小程序隐私保护指引》' }), true),
    onNeedPrivacyAuthorization: f => gate.listen(f),
    openPrivacyContract: api('openPrivacyContract', async () => { await dialog('小程序用户隐私保护指引', '', [['关闭', 0]]) }, true),
    showModal: api('showModal', async o => {
      const input = o.editable ? el('input', { placeholder: o.placeholderText || '' }) : el('p', { textContent: o.content || '' })
      const c = await dialog(o.title || o.content, input, [...(o.showCancel === false ? [] : [[o.cancelText || '取消', false]]), [o.confirmText || '确定', true]])
      return { confirm: c, cancel: !c, content: input.value }
    }),
    showActionSheet: api('showActionSheet', async o => {
      const i = await dialog(o.alertText || '请选择', '', [...o.itemList.map((t, n) => [t, n]), ['取消', -1]])
      if (i < 0) throw { errMsg: 'cancel' }
      return { tapIndex: i }
    }),
    showToast: api('showToast', o => showToast(o.title, o.duration || 1500)),
    showLoading: api('showLoading', o => showToast(o.title)),
    hideLoading: api('hideLoading', () => { toast?.remove() }), hideToast: api('hideToast', () => { toast?.remove() }),
    previewImage: api('previewImage', async o => { await dialog('预览', el('img', { src: files.url(o.current || o.urls[0]), style: 'max-width:100%' }), [['关闭', 0]]) }),
    setNavigationBarTitle: api('setNavigationBarTitle', o => router.title(o.title)),
    startPullDownRefresh: api('startPullDownRefresh', () => router.page().onPullDownRefresh?.()),
    requestSubscribeMessage: api('requestSubscribeMessage', o => Object.fromEntries(o.tmplIds.map(t => [t, 'accept']))),
    createSelectorQuery: () => router.page().createSelectorQuery(),
    pageScrollTo: api('pageScrollTo', pageScrollTo),
    nextTick: f => Promise.resolve().then(f),
    stopPullDownRefresh: api('stopPullDownRefresh', () => {}),
    setClipboardData: api('setClipboardData', o => { wx._clipboard = o.data; showToast('内容已复制', 1500) }),
    makePhoneCall: api('makePhoneCall', o => { wx._called = o.phoneNumber }),
    openLocation: api('openLocation', o => { wx._opened = o }),
    getStorageSync: store.get, setStorageSync: store.set, removeStorageSync: store.remove, clearStorageSync: store.clear,
    getWindowInfo: () => ({ windowWidth: innerWidth, windowHeight: windowHeight(), pixelRatio: devicePixelRatio, safeArea: { bottom: innerHeight } }),
    getSystemInfoSync: () => ({ ...wx.getWindowInfo(), ...wx.getAppBaseInfo(), platform: 'devtools', system: 'iOS 17' }),
    getAppBaseInfo: () => ({ SDKVersion: '3.8.0', language: 'zh_CN', theme: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light', fontSizeSetting: 16 * textSize, fontSizeScaleFactor: textSize }),
    getAccountInfoSync: () => ({ miniProgram: { appId: 'touristappid', envVersion: 'develop' } }),
    navigateTo: api('navigateTo', o => router.push(o.url)), redirectTo: api('redirectTo', o => router.replace(o.url)),
    reLaunch: api('reLaunch', o => router.launch(o.url)), switchTab: api('switchTab', o => router.tab(o.url)), navigateBack: api('navigateBack', o => router.back(o.delta || 1)),
  }
  return new Proxy(wx, { get(t, k) { if (k in t || typeof k === 'symbol') return t[k]; return () => { throw Error(`wx.${k} is not in the browser harness`) } } })
}
