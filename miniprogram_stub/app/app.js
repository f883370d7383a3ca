const { redraw } = require('./utils/large-text')

// WeChat's own text size may have been changed meanwhile
App({ onShow: redraw })
