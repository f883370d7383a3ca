// Facts as label and value; those without a value are left out.
const rowsOf = pairs => pairs.filter(([, value]) => value).map(([label, value]) => ({ label, value }))

module.exports = { rowsOf }
