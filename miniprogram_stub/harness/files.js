// The files of a phone. What was chosen or fetched is there until the program stops; what the program copied to its own folder stays.
export const FOLDER = 'wxfile://usr'
const blobs = new Map()
/** A file that is there until the program stops. */
export const temp = blob => { const path = URL.createObjectURL(blob); blobs.set(path, blob); return path }

const asUrl = blob => new Promise((ok, no) => { const r = new FileReader(); r.onload = () => ok(r.result); r.onerror = no; r.readAsDataURL(blob) })
const asBlob = url => new Blob([Uint8Array.from(atob(url.split(',')[1]), c => c.charCodeAt(0))], { type: /^data:([^;,]*)/.exec(url)[1] })

/** who: whose phone it is. No clearStorage takes a file away. */
export function filesOf(who) {
  const at = path => `wechat:file:${who}:${path}`, kept = path => localStorage.getItem(at(path))
  const all = () => [...blobs.keys(), ...Object.keys(localStorage).filter(k => k.startsWith(at(''))).map(k => k.slice(at('').length))]
  const missing = path => { throw { errMsg: `no such file or directory ${path}` } }
  /** raises when there is no such file */
  const blob = path => blobs.get(path) || (kept(path) ? asBlob(kept(path)) : missing(path))
  return {
    blob,
    /** What an image shows for a path, or for any other address. */
    url: path => kept(path) || path,
    manager: {
      writeFileSync: (path, data) => { blobs.set(path, new Blob([data])) },
      accessSync: path => { blob(path) },
      readdirSync: folder => all().filter(path => path.startsWith(folder + '/')).map(path => path.slice(folder.length + 1)),
      unlinkSync: path => { blob(path); blobs.delete(path); localStorage.removeItem(at(path)) },
      copyFile: async ({ srcPath, destPath, success, fail }) => {
        try { localStorage.setItem(at(destPath), await asUrl(blob(srcPath))) } catch (e) { return fail?.({ errMsg: `copyFile:fail ${e.errMsg || 'the maximum size of the file storage limit is exceeded'}` }) }
        success?.({ errMsg: 'copyFile:ok' })
      },
    },
  }
}
