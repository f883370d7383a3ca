// The address of the server, e.g. https://fangxin.example.gov.cn; it must be among the request domains in WeChat's console.
module.exports = { api: '' }
