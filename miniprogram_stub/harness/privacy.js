// WeChat's privacy gate, as its documentation tells it. State by ?privacy=: agreed (as without it), ask, refused, undeclared.
/** Interfaces behind the gate, among those the program uses. */
export const PRIVATE = ['chooseMedia', 'chooseMessageFile', 'getLocation', 'setClipboardData']
const NOT_AUTHORIZED = { errMsg: 'privacy permission is not authorized', errno: 104 }
const NOT_DECLARED = { errMsg: 'api scope is not declared in the privacy agreement', errno: 112 }

/** who: whose phone; asked: the state it starts with. An agreement is WeChat's, not the program's: no clearStorage takes it away. */
export function gateOf(who, asked) {
  const key = `wechat:privacy:${who}`
  const state = () => localStorage.getItem(key) || asked || 'agreed'
  let listener, tapped = ''
  return {
    state,
    listen(f) { listener = f },
    /** The agreement is the tap on the button; `resolve` has to name the button afterwards. */
    agree(id) { tapped = id; localStorage.setItem(key, 'agreed') },
    /** Resolves when the interface may go on. */
    async pass(name) {
      if (state() === 'agreed') return
      if (state() === 'undeclared') throw NOT_DECLARED
      if (state() === 'refused') throw NOT_AUTHORIZED
      if (!listener) throw Error(`${name} needs the privacy agreement, and nothing on this page asks for it`)
      await new Promise((ok, no) => listener(({ event, buttonId }) => {
        if (event === 'exposureAuthorization') return
        if (event === 'disagree') return no(NOT_AUTHORIZED)
        if (!tapped || tapped !== buttonId) return no(Error(`the button ${buttonId} was not tapped`))
        ok()
      }, { referrer: name }))
    },
  }
}
