// A person's own data as its page draws it; pure.
const { moment } = require('./time')

/** What must be typed before an account is closed. */
const SURE = '注销'
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/

function wordOf(value) {
  if (value === null || value === '') return '没有'
  if (typeof value === 'boolean') return value ? '是' : '否'
  return typeof value === 'string' && INSTANT.test(value) ? moment(value) : String(value)
}

const isPlain = value => value === null || typeof value !== 'object'

/** What is inside, line by line. depth: how far a line is inset; text: '' for a heading */
function linesOf(value, depth) {
  if (Array.isArray(value)) {
    return value.flatMap((one, index) => isPlain(one)
      ? [{ depth, label: '', text: wordOf(one) }]
      : [{ depth, label: `第 ${index + 1} 条`, text: '' }, ...linesOf(one, depth + 1)])
  }
  return Object.entries(value).flatMap(([label, inner]) => isPlain(inner)
    ? [{ depth, label, text: wordOf(inner) }]
    : [{ depth, label, text: Object.keys(inner).length ? '' : '没有' }, ...linesOf(inner, depth + 1)])
}

const countOf = value => Array.isArray(value) ? value.length : isPlain(value) ? 1 : Object.keys(value).length

/** The export as sections to open. @param {Record<string, any>} found  POST /me/data/export */
const exportView = found =>
  Object.entries(found).map(([name, value]) => ({
    name,
    said: isPlain(value) ? wordOf(value) : Array.isArray(value) ? `${countOf(value)} 条` : '',
    lines: isPlain(value) ? [] : linesOf(value, 0).map((line, key) => ({ ...line, key })),
  }))

const identityView = ({ case_no: no, unit_name: unit, name, phone, address }) => ({
  no, unit, name, phone: phone || '', address,
  rows: [{ label: '姓名', value: name }, { label: '电话', value: phone || '已删除' }, { label: '地址', value: address }],
})

module.exports = { SURE, exportView, identityView }
