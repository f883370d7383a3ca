// Photos that were chosen and not sent yet, kept on the phone under a name as a form's words are (drafts.js). WeChat may clear what was
// chosen as soon as the program ends, so a copy stays.
const storage = require('./storage')

const COPY = 'photo-'
/** What the server answers to a file that is too large, or no photo. */
const NOT_TAKEN = [413, 422]

const files = () => wx.getFileSystemManager()
const list = name => /** @type {{path: string, copy: string}[]} */ (wx.getStorageSync(`photos:${name}`) || [])

function store(name, photos) {
  if (photos.length) storage.keep(`photos:${name}`, photos)
  else wx.removeStorageSync(`photos:${name}`)
}

/** Whether the phone still has a file. */
function isThere(path) {
  try {
    files().accessSync(path)
    return true
  } catch {
    return false
  }
}

function remove(copy) {
  if (copy && isThere(copy)) files().unlinkSync(copy)
}

/** A copy that outlives the program; '' when the phone has no room. */
const copied = path => new Promise(resolve => {
  const [ending = ''] = /\.\w+$/.exec(path) || []
  const destPath = `${wx.env.USER_DATA_PATH}/${COPY}${Date.now()}-${Math.random().toString(36).slice(2)}${ending}`
  files().copyFile({ srcPath: path, destPath, success: () => resolve(destPath), fail: () => resolve('') })
})

/** What waits under a name since before: paths on this phone, and how many of them the phone does not have any more. */
function chosen(name) {
  const before = list(name)
  const there = before.map(({ path, copy }) => ({ path: copy || path, copy })).filter(({ path }) => isThere(path))
  store(name, there)
  return { paths: there.map(({ path }) => path), lost: before.length - there.length }
}

/** These wait under a name now, and no others. */
async function keep(name, paths) {
  const before = list(name)
  const known = path => before.find(one => one.path === path)
  store(name, paths.map(path => known(path) || { path, copy: '' }))
  for (const { path, copy } of before) if (!paths.includes(path)) remove(copy)
  for (const path of paths.filter(one => !known(one))) {
    const copy = await copied(path)
    const now = list(name)
    if (now.some(one => one.path === path)) store(name, now.map(one => (one.path === path ? { path, copy } : one)))
    else remove(copy) // sent or taken back while it was copied
  }
}

/** What waits under a name waits under another one from now on. */
function move(name, other) {
  store(other, list(other).concat(list(name)))
  store(name, [])
}

/**
 * Send the photos that a page shows and keeps under a name, one after the other. One that the server does not take stays, and holds up
 * no other. send(path): raises Refusal. raises the Refusal that stopped it, else that of the first photo that stayed
 * @param {any} page
 * @param {string} field  of its data: the paths
 * @param {string} name
 * @param {(path: string) => Promise<any>} send
 */
async function sendAll(page, field, name, send) {
  const tried = new Set()
  const next = () => page.data[field].find(path => !tried.has(path))
  let refusal = /** @type {any} */ (null)
  for (let path = next(); path; path = next()) {
    tried.add(path)
    try {
      await send(path)
      const left = page.data[field].filter(one => one !== path)
      keep(name, left)
      page.setData({ [field]: left })
    } catch (error) {
      if (!NOT_TAKEN.includes(error.status)) throw error
      refusal = refusal || error
    }
  }
  if (refusal) throw refusal
}

/** Every copy goes, whoever chose it. */
function removeAll() {
  const folder = wx.env.USER_DATA_PATH
  for (const file of files().readdirSync(folder)) if (file.startsWith(COPY)) remove(`${folder}/${file}`)
}

/** What is said of photos that the phone cleared. */
const lostWords = count => (count ? `上次选好的照片有 ${count} 张没有送出，手机已经把它清掉了，请重新选。` : '')

module.exports = { chosen, isThere, keep, lostWords, move, removeAll, sendAll }
