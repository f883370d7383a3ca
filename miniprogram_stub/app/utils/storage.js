// What the program writes down on the phone. One without room keeps nothing more, and the page goes on with what it has in hand.
const NO_ROOM = '手机空间满了，填的内容存不下，请马上提交'

let isTold = false

/** Write down what can be had again. Whether there was room. */
function note(name, value) {
  try {
    wx.setStorageSync(name, value)
    return true
  } catch {
    return false
  }
}

/** Write down what somebody typed or chose; without room they are told, once. */
function keep(name, value) {
  if (note(name, value) || isTold) return
  isTold = true
  wx.showToast({ title: NO_ROOM, icon: 'none' })
}

module.exports = { keep, note }
