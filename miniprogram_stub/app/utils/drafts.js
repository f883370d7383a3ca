// What a person typed and did not send yet, with the key of its sending: nothing typed is lost, nothing is sent twice.
const { call, newKey, Refusal } = require('./api')
const storage = require('./storage')

/** A proof of the visit lasts seven days, a stored reply as long; after that a draft is sent as a new one. */
const KEPT_MS = 6 * 24 * 3600 * 1000

/**
 * The draft of this name, or a new one. form: what was typed; ticket: proof of the visit, '' when a new one is needed
 * @param {any} empty   the form as it begins; copied, since setData writes into what it was given
 */
function read(name, empty) {
  const found = wx.getStorageSync(`draft:${name}`)
  if (!found) return { form: JSON.parse(JSON.stringify(empty)), ticket: '', key: newKey(), at: Date.now() }
  if (Date.now() - found.at < KEPT_MS) return found
  return { form: found.form, ticket: '', key: newKey(), at: Date.now() }
}

const keep = (name, draft) => storage.keep(`draft:${name}`, draft)
const drop = name => wx.removeStorageSync(`draft:${name}`)

/** Send what was typed, as often as it takes, under the draft's one key. through: call, or open for what is told without a name. raises Refusal */
async function deliver(name, draft, path, body, through = call) {
  keep(name, draft)
  try {
    const answer = await through('POST', path, body, draft.key)
    drop(name)
    return answer
  } catch (error) {
    if (error.code !== 'idempotency_key_reused') throw error
    drop(name)
    throw new Refusal({ ...error, detail: '上一次提交其实已经送到，不用再提交一次。后来改的内容没有送出。' })
  }
}

module.exports = { deliver, drop, keep, read }
