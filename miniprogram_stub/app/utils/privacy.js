// WeChat's gate before what is private (小程序隐私协议): it asks once for all of it; a refusal is kept on this phone and taken back at will.
const REFUSED = 'privacy-refused'
const NOT_AUTHORIZED = 104
const CLOSED = '现在打不开，请稍后再试'

/** What the program uses behind the gate, and why, by the interface that WeChat names. */
const USES = [
  { name: 'chooseMedia', what: '您选中的照片', why: '作诉求、补充材料的凭证，附在认定申请和评价里。您选哪张就用哪张，看不到相册里别的照片' },
  { name: 'chooseMessageFile', what: '您选中的聊天文件', why: '把合同、账单的 PDF 作为凭证' },
  { name: 'getLocation', what: '您的位置', why: '把商家由近到远排。您点了才取，不保存' },
  { name: 'setClipboardData', what: '剪切板（只写入）', why: '把编号、网址复制给您。不读取剪切板里的内容' },
]

const hasRefused = () => Boolean(wx.getStorageSync(REFUSED))
const refuse = () => wx.setStorageSync(REFUSED, true)
const askAgain = () => wx.removeStorageSync(REFUSED)

/** Whether an interface failed because its user would not agree. @param {any} error */
const isRefusal = error => Boolean(error) && error.errno === NOT_AUTHORIZED

/** What a private interface gives; null when there was nothing. component: its isRefused says that the gate stayed shut */
async function given(component, ask) {
  component.setData({ isRefused: false })
  try {
    return await ask()
  } catch (error) {
    component.setData({ isRefused: isRefusal(error) })
    if (!isRefusal(error) && !/cancel/.test(error.errMsg)) wx.showToast({ title: CLOSED, icon: 'none' })
    return null
  }
}

/** Why there is no place: refused at the gate, denied in WeChat's settings, or failed. */
const whyNoPlace = error => (isRefusal(error) ? 'refused' : /auth/.test(error.errMsg) ? 'denied' : 'failed')

/** What the interface needs first, then the others. */
const usesOf = name => [...USES].sort((one, other) => Number(other.name === name) - Number(one.name === name))

/** The contract that stands in WeChat's console. */
const openContract = () => wx.openPrivacyContract({ fail: () => wx.showToast({ title: CLOSED, icon: 'none' }) })

/** Put text on the clipboard; where that may not be, show it to be written down. @returns {Promise<void>} */
async function copy(data) {
  try {
    await wx.setClipboardData({ data })
  } catch (error) {
    const isMissing = isRefusal(error)
    const content = `没有替您复制，请抄下来：${data}${isMissing ? '。想让我们复制，请点“再问我”，看过隐私说明再选。' : ''}`
    const { confirm } = await wx.showModal({ title: '请抄下来', content, showCancel: isMissing, cancelText: '抄好了', confirmText: isMissing ? '再问我' : '抄好了' })
    if (!confirm || !isMissing) return
    askAgain()
    await copy(data)
  }
}

module.exports = { askAgain, copy, given, hasRefused, openContract, refuse, usesOf, whyNoPlace }
