// The words people read for the codes that the API gives; the same as on the web pages.

/** Choices as pairs for a picker or a group of boxes. */
const pairs = words => Object.entries(words).map(([value, name]) => ({ value, name }))

const STANDINGS = {
  VALID: { tone: 'valid', mark: '✓', short: '有效', advice: '这家单位的放心消费证书在有效期内。' },
  RECTIFY: { tone: 'rectify', mark: '!', short: '整改中', advice: '市场监管部门要求这家单位整改，证书暂时保留。' },
  SUSPENDED: { tone: 'suspended', mark: '‖', short: '暂停', advice: '这家单位的证书已暂停，暂停期间不能作为放心消费单位。' },
  REVOKED: { tone: 'revoked', mark: '✕', short: '已撤销', advice: '这家单位已被摘牌，不再是放心消费单位。' },
  EXPIRED: { tone: 'expired', mark: '—', short: '已过期', advice: '证书过了有效期，不能再作为依据。' },
  CANCELLED: { tone: 'cancelled', mark: '×', short: '已注销', advice: '证书已注销，这家单位不再是放心消费单位。' },
  VOIDED: { tone: 'voided', mark: '∅', short: '此牌已作废', advice: '您扫的这一块牌已经作废。单位的证书请以名录查询结果为准。' },
  UNKNOWN: { tone: 'unknown', mark: '?', short: '不是我们发的', advice: '这个码不是我们发的，请不要相信这块牌，也不要在扫出的页面里付款。' },
}

const CATEGORIES = { market: '市场', shop: '商店', online_shop: '网店', restaurant: '餐饮店', scenic_area: '景区', cosmetics: '化妆品经营单位' }

/** What a unit may promise beyond its duties; the name is that of the choice. */
const PROMISES = {
  no_reason_return: '线下无理由退货', online_return: '网购无理由退货', genuine: '正品保证', clear_price: '明码标价', open_kitchen: '阳光厨房', cooling_off: '预付卡冷静期',
}

const NATURES = {
  after_sales: '售后服务', contract: '合同', quality: '质量', false_advertising: '虚假宣传', price: '价格', safety: '安全',
  counterfeit: '假冒', dignity: '人格尊严', measure: '计量', prepaid: '预付式消费', other: '其他',
}

const REQUESTS = {
  repair: '修理', redo: '重作', replace: '更换', return: '退货', make_up: '补足数量', refund: '退还货款和服务费用',
  compensate: '赔偿损失', apologise: '赔礼道歉',
}

const OFFERS = { refund: '退款', replace: '更换', repair: '修理', redo: '重作', pay: '赔付', apologise: '赔礼道歉' }

const FACETS = { safety: '安全', quality: '质量', price: '价格', service: '服务', redress: '售后和维权' }

const STARS = ['', '很不满意', '不满意', '一般', '满意', '很满意']

const OUTCOMES = {
  received: '收到诉求', answered_in_time: '按时答复', settled: '消费者确认解决', unanswered: '逾期未答复', escalated: '转市场监管部门',
}

const NOT_THIS_SHOP = {
  other_shop: '这里是另一家店', other_address: '店名一样，地址不对', branch: '这里是同一品牌的另一家分店',
  covered: '二维码是贴上去的，或者被别的码盖住', missing: '牌子缺失、破损',
}

const ID_KINDS = {
  resident: '居民身份证', passport: '护照', hong_kong_macao: '港澳居民来往内地通行证', taiwan: '台湾居民来往大陆通行证', other: '其他证件',
}

const EMERGENCIES = { food_poisoning: '疑似食物中毒', injury: '有人受伤或正有危险', unrest: '多人聚集、冲突' }

const SUSPICIONS = {
  unlicensed: '无证、无照经营', food: '食品安全', counterfeit: '假冒伪劣、侵权', advertising: '虚假宣传、违法广告', price: '不明码标价、价格欺诈',
  measure: '缺斤短两、计量作弊', medicine: '药品、医疗器械、化妆品', equipment: '电梯等特种设备', prepaid: '预付卡违法', terms: '霸王条款',
  personal_data: '侵害个人信息', pyramid: '传销', other: '其他',
}

const COUNTIES = {
  330302: '鹿城区', 330303: '龙湾区', 330304: '瓯海区', 330305: '洞头区', 330324: '永嘉县', 330326: '平阳县', 330327: '苍南县',
  330328: '文成县', 330329: '泰顺县', 330381: '瑞安市', 330382: '乐清市', 330383: '龙港市', 330300: '不清楚',
}

const CLOSINGS = { close: '停业', move: '迁址' }

const PREPAID = {
  none: '没有发售预付卡，也没有收预付款', in_shop: '到店退款，带上卡或者付款凭证', same_way: '按付款的原路退回',
  other_shop: '愿意的转到同一品牌的别的门店继续用，不愿意的退款',
}

const MODERATION = {
  waiting: '正在检查文字', published: '已公开', in_review: '等工作人员复核', refused: '没有通过内容检查，不公开', hidden: '已依法隐藏', withdrawn: '您已撤回',
}

const ANSWERS = { solved: '解决了', partly: '解决了一部分', not_solved: '没有解决' }

/** A volunteer's answers to the points of a visit. */
const FINDINGS = { pass: '做到了', fail: '没有做到', na: '没遇到，不好说' }

const PROOFS = { purchase: '有消费凭证', visit: '到店扫码' }

const RETALIATIONS = {
  pressed: '逼我撤诉、改口', threatened: '威胁我或者家人', exposed: '我的身份、投诉内容被泄露', dismissed: '被辞退、降薪、调岗',
  harassed: '上门、打电话骚扰', refused: '被拒绝服务、另眼相待', other: '其他',
}

const FEEDBACK = { broken: '出错了', unclear: '看不懂', idea: '建议', praise: '表扬' }

const CARDS = {
  stored: '储值卡（充值，可能有赠送金额）',
  discount: '折扣卡、次卡（比原价便宜）',
  unlimited: '期限卡（期限内不限次数）',
}

const CAUSES = {
  not_consumer: '不是我的原因：停业、搬走、涨价、转给别人、服务做不到等',
  consumer: '我自己的原因：不想去了、没时间等',
}

const CHANNELS = {
  remote: '网络、电视、电话、邮购',
  shop: '在店里当面买',
}

const RETURN_GOODS = {
  ordinary: '都不是，普通商品',
  custom: '为我定做的',
  perishable: '鲜活、容易腐坏的',
  digital: '已下载或拆封的音像制品、软件等数字化商品',
  press: '已交付的报纸、期刊',
  confirmed: '性质不宜退，而且购买时我逐次确认过',
}

const CONDITIONS = {
  intact: '完好，没有打开或只看过',
  tried: '打开查验、合理调试过，不影响品质和外观',
  used: '已使用，品质、功能或外观受了影响',
}

/** What is asked, in a line: 退货、赔偿损失. */
const wantedIn = codes => codes.map(code => REQUESTS[code]).join('、')

module.exports = {
  ANSWERS, CARDS, CATEGORIES, CAUSES, CHANNELS, CLOSINGS, CONDITIONS, PREPAID, COUNTIES, EMERGENCIES, FACETS, FEEDBACK, FINDINGS, ID_KINDS, MODERATION, NATURES, NOT_THIS_SHOP, OFFERS, OUTCOMES, PROMISES, PROOFS, REQUESTS, RETALIATIONS, RETURN_GOODS,
  STANDINGS, STARS, SUSPICIONS, pairs, wantedIn,
}
