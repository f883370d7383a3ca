// The one place that talks to the server: wx.request, wx.uploadFile, wx.downloadFile and wx.login.
const { api } = require('../config')
const { removeAll: removePhotos } = require('./kept-photos')
const { KEY: LARGE_TEXT } = require('./large-text')
const { note } = require('./storage')

const ROOT = `${api}/api/v1`
const TOKEN = 'token'
const TIMEOUT_MS = 20000
const OFFLINE = { status: 0, code: 'offline', detail: '网络不通，没有送到。您填的内容还在，请稍后再试。' }
const OFFLINE_WHEN_READING = { ...OFFLINE, detail: '网络不通，没有取到。请检查网络，再试一次。' }

/** What the server, or the network (status 0), refused: the server's own words, and those for each field. */
class Refusal extends Error {
  constructor(problem) {
    super(problem.detail)
    this.status = problem.status
    this.code = problem.code
    /** What the server has, where the person chooses between it and their own. */
    this.stored = problem.stored
    this.fields = Object.fromEntries(Object.entries(problem.fields || {}).map(([name, said]) => [name, said.join('')]))
  }
}

/** A fresh Idempotency-Key: one for each act of a person, the same on every repetition. */
const newKey = () => `${Date.now().toString(36)}-${[1, 2, 3].map(() => Math.random().toString(36).slice(2, 12)).join('')}`

const headers = (token, key) => ({ ...(token && { Authorization: `Bearer ${token}` }), ...(key && { 'Idempotency-Key': key }) })

/** @returns {Promise<any>} */
function request(method, path, data, token, key, held = '') {
  const header = { 'content-type': 'application/json', ...headers(token, key), ...(held && { 'If-None-Match': held }) }
  return new Promise((resolve, reject) => {
    wx.request({ url: ROOT + path, method, data, header, timeout: TIMEOUT_MS, success: resolve, fail: reject })
  })
}

/** @returns {Promise<any>} */
function send(path, filePath, formData, token, key) {
  const header = headers(token, key)
  return new Promise((resolve, reject) => {
    wx.uploadFile({ url: ROOT + path, filePath, name: 'photo', formData, header, success: resolve, fail: reject })
  })
}

/** @returns {Promise<any>} */
function fetchFile(url, token) {
  return new Promise((resolve, reject) => {
    const success = ({ statusCode, tempFilePath }) => resolve({ statusCode, data: statusCode < 400 ? { path: tempFilePath } : null })
    wx.downloadFile({ url: api + url, header: headers(token), success, fail: reject })
  })
}

/** What `perform` answers; when the network fails, once more if the act may be repeated. raises Refusal */
async function reach(perform, repeatable, offline = OFFLINE) {
  try {
    return await perform()
  } catch {
    try {
      if (repeatable) return await perform()
    } catch {
      // told below
    }
    throw new Refusal(offline)
  }
}

function read({ statusCode, data }) {
  const found = typeof data === 'string' && data ? parsed(data) : data
  if (statusCode < 400) return found
  if (found && found.detail) throw new Refusal(found)
  throw new Refusal({ status: statusCode, code: 'unreadable', detail: `服务器暂时不能答复（${statusCode}），请稍后再试。` })
}

function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** @type {Promise<string> | null} */
let signingIn = null

/** Sign in as the person whose phone this is; several who ask at a time share one sign-in. */
function signIn() {
  if (!signingIn) {
    signingIn = begin().finally(() => {
      signingIn = null
    })
  }
  return signingIn
}

async function begin() {
  const code = await new Promise((resolve, reject) => {
    wx.login({ success: found => resolve(found.code), fail: () => reject(new Refusal(OFFLINE)) })
  })
  const { token } = read(await reach(() => request('POST', '/sessions', { code }), false))
  note(TOKEN, token)
  return token
}

const held = () => wx.getStorageSync(TOKEN)

/** Perform with a token; when the server knows it no more, once again with a new one. */
async function signed(perform) {
  const token = held() || (await signIn())
  const answer = await perform(token)
  if (answer.statusCode !== 401) return read(answer)
  const another = held()
  return read(await perform(another && another !== token ? another : await signIn()))
}

/** A signed-in request. key: makes a POST safe to repeat. raises Refusal */
function call(method, path, data, key) {
  const reads = method === 'GET'
  return signed(token => reach(() => request(method, path, data, token, key), reads || Boolean(key), reads ? OFFLINE_WHEN_READING : OFFLINE))
}

/** A request that does not say who asks. reads: a POST that changes nothing. raises Refusal */
const open = async (method, path, data, key = '', reads = method === 'GET') =>
  read(await reach(() => request(method, path, data, '', key), reads || Boolean(key), reads ? OFFLINE_WHEN_READING : OFFLINE))

/** A public list that seldom changes: the phone says by its ETag what it holds; without network it shows that. raises Refusal */
async function openKept(path, asked) {
  const name = `kept:${path}?${JSON.stringify(asked)}`
  const held = wx.getStorageSync(name)
  try {
    const answer = await reach(() => request('GET', path, asked, '', '', held && held.etag), true, OFFLINE_WHEN_READING)
    if (answer.statusCode === 304) return held.data
    const data = read(answer)
    const etag = answer.header.ETag || answer.header.Etag || answer.header.etag
    if (etag) note(name, { etag, data })
    return data
  } catch (error) {
    if (held && error.status === 0) return held.data
    throw error
  }
}

/** A signed-in reading; without a network what this phone saw last, so that pages kept on the phone are found again. raises Refusal */
async function callKept(path, asked = {}) {
  const name = `kept:${path}`
  try {
    const found = await call('GET', path, asked)
    note(name, found)
    return found
  } catch (error) {
    const found = wx.getStorageSync(name)
    if (error.code === 'offline' && found) return found
    throw error
  }
}

/** Upload a photo; the server knows one that it has, or the key of the act. raises Refusal */
const upload = (path, filePath, formData, key = '') => signed(token => reach(() => send(path, filePath, formData, token, key), true))

/** A file that only this person may open, as a path on the phone. url: as the API gives it. raises Refusal */
const download = async url => (await signed(token => reach(() => fetchFile(url, token), true, OFFLINE_WHEN_READING))).path

/** Open a photo or a PDF that only this person may open. kind: photo or pdf. raises Refusal */
async function openFile(url, kind) {
  const file = await download(url)
  if (kind === 'pdf') wx.openDocument({ filePath: file, fileType: 'pdf', showMenu: true })
  else wx.previewImage({ current: file, urls: [file] })
}

/** Also clears the drafts: whoever signs in next on this phone is somebody else. */
async function signOut() {
  await call('DELETE', '/sessions/current')
  forget()
}

/** Nothing of whoever used this phone stays on it; how large its text is, is nobody's. */
function forget() {
  const large = wx.getStorageSync(LARGE_TEXT)
  wx.clearStorageSync()
  removePhotos()
  if (large !== '') wx.setStorageSync(LARGE_TEXT, large)
}

module.exports = { Refusal, call, callKept, download, forget, isSignedIn: () => Boolean(held()), newKey, open, openFile, openKept, signIn, signOut, upload }
