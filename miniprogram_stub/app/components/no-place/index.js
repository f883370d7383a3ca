// Why the phone told no place, and how to go on.
const { askAgain } = require('../../utils/privacy')

const TOLD = {
  refused: { title: '没有用您的位置', text: '您没有同意使用位置，这没有关系。想按距离排的话，看过隐私说明再点一次。', action: '再看隐私说明' },
  denied: { title: '没有得到您的位置', text: '您没有允许取位置，这没有关系。想按距离排，请在设置里允许使用位置，再点一次。', action: '打开设置' },
  failed: { title: '手机没有定到位', text: '请打开手机的定位，到开阔一点的地方再点一次。', action: '' },
}

Component({
  properties: {
    /** refused, denied or failed; '' draws nothing */
    why: String,
    /** what works without a place */
    otherwise: String,
  },
  data: { told: /** @type {any} */ (null) },
  observers: {
    why(why) {
      this.setData({ told: TOLD[why] || null })
    },
  },
  methods: {
    press() {
      if (this.data.why === 'denied') return wx.openSetting()
      askAgain()
      this.triggerEvent('again')
    },
  },
})
