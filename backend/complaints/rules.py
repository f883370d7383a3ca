"""What is asked, offered, refused and decided, with the codes of Order 121 and the words that people read."""

import hashlib
import json
from datetime import date
from enum import StrEnum


class _Worded(StrEnum):
    """A code with its Chinese words."""

    zh: str

    def __new__(cls, code: str, zh: str) -> "_Worded":
        member = str.__new__(cls, code)
        member._value_ = code
        member.zh = zh
        return member


class Nature(_Worded):
    """Nature of a dispute, the consumer associations' statistical scheme."""

    AFTER_SALES = "after_sales", "售后服务"
    CONTRACT = "contract", "合同"
    QUALITY = "quality", "质量"
    FALSE_ADVERTISING = "false_advertising", "虚假宣传"
    PRICE = "price", "价格"
    SAFETY = "safety", "安全"
    COUNTERFEIT = "counterfeit", "假冒"
    DIGNITY = "dignity", "人格尊严"
    MEASURE = "measure", "计量"
    PREPAID = "prepaid", "预付式消费"
    OTHER = "other", "其他"


class Request(_Worded):
    """What the consumer asks for (form 1 of Order 121)."""

    REPAIR = "repair", "修理"
    REDO = "redo", "重作"
    REPLACE = "replace", "更换"
    RETURN = "return", "退货"
    MAKE_UP = "make_up", "补足数量"
    REFUND = "refund", "退还货款和服务费用"
    COMPENSATE = "compensate", "赔偿损失"
    APOLOGISE = "apologise", "赔礼道歉"


class Offer(_Worded):
    """What a liaison station offers."""

    REFUND = "refund", "退款"
    REPLACE = "replace", "更换"
    REPAIR = "repair", "修理"
    REDO = "redo", "重作"
    PAY = "pay", "赔付"
    APOLOGISE = "apologise", "赔礼道歉"


class RefusalGround(_Worded):
    """Why a bureau does not accept a complaint, Order 121 §16."""

    R16_1 = "R16_1", "投诉事项不属于市场监督管理部门职责，或者本部门不具有处理权限"
    R16_2 = "R16_2", "法院、仲裁机构、行政部门、消费者协会等已经受理或者处理过同一消费者权益争议"
    R16_3 = "R16_3", "不是为生活消费需要购买、使用商品或者接受服务，或者不能证明存在消费者权益争议"
    R16_4 = "R16_4", "自知道或者应当知道权益受到侵害之日起超过三年"
    R16_5 = "R16_5", "未提供规定的材料，或者提供的材料不真实"
    R16_6 = "R16_6", "冒用他人名义，或者拒绝配合核实身份"
    R16_7 = "R16_7", "法律、法规、规章规定不予受理的其他情形"


class TerminationGround(_Worded):
    """Why mediation ends without an agreement, Order 121 §23."""

    T23_1 = "T23_1", "投诉人撤回投诉，或者双方自行和解"
    T23_2 = "T23_2", "一方无正当理由不参加调解，或者拒绝调解"
    T23_3 = "T23_3", "一方明确表示不能达成调解协议"
    T23_4 = "T23_4", "双方对检验、检测、鉴定的费用承担不能达成一致"
    T23_5 = "T23_5", "自受理之日起六十日内未能达成调解协议"
    T23_6 = "T23_6", "调解中发现存在不予受理的情形"
    T23_7 = "T23_7", "投诉人死亡，或者被投诉人主体资格终止且无权利义务承受人"
    T23_8 = "T23_8", "其他应当终止调解的情形"


class Party(_Worded):
    """A side of a dispute."""

    CONSUMER = "consumer", "投诉人"
    MERCHANT = "merchant", "被投诉人"


class Addressee(_Worded):
    """Whom a form is addressed to: a side of the dispute, or the body that a complaint goes to."""

    CONSUMER = "consumer", Party.CONSUMER.zh
    MERCHANT = "merchant", Party.MERCHANT.zh
    BODY = "body", "接收单位"


class Side(_Worded):
    """Who speaks in the conversation about a settlement request; neither is named to the other."""

    CONSUMER = "consumer", "消费者"
    STATION = "station", "联络站"


class Subject(_Worded):
    """What a party is asked to agree to."""

    MEDIATION = "mediation", "由市场监管部门调解"
    DELEGATION = "delegation", "委托消费者权益保护委员会调解"


class EvidenceKind(_Worded):
    """What an uploaded piece of evidence is."""

    PHOTO = "photo", "照片"
    PDF = "pdf", "PDF"


class ConsentWay(_Worded):
    """How a party said whether it agrees. An officer notes every way but the first."""

    PRODUCT = "product", "在本系统答复"
    PHONE = "phone", "电话答复"
    IN_PERSON = "in_person", "当面答复"
    WRITING = "writing", "书面答复"


class MeetingWay(_Worded):
    """How the parties meet, Order 121 §20."""

    ON_SITE = "on_site", "现场"
    ONLINE = "online", "互联网"
    PHONE = "phone", "电话"
    VIDEO = "video", "视频"


class Closing(_Worded):
    """What stands of an agreement, Order 121 §24: a letter of mediation (调解书), or a record where none is needed."""

    SIGNED = "signed", "双方在调解书上签名或者盖章"
    PERFORMED = "performed", "当场履行完毕，留存记录"
    WAIVED = "waived", "双方都同意不制作调解书，留存记录"
    RECORDED = "recorded", "不是现场调解，留存记录"


class IdKind(_Worded):
    """Kinds of ID by which somebody proves who they are."""

    RESIDENT = "resident", "居民身份证"
    PASSPORT = "passport", "护照"
    HONG_KONG_MACAO = "hong_kong_macao", "港澳居民来往内地通行证"
    TAIWAN = "taiwan", "台湾居民来往大陆通行证"
    OTHER = "other", "其他证件"


class ServingWay(_Worded):
    """How a form was served (送达)."""

    INTERNET = "internet", "网络送达"
    PHONE = "phone", "电话告知"
    SMS = "sms", "短信"
    EMAIL = "email", "电子邮件"
    LETTER = "letter", "邮寄"
    IN_PERSON = "in_person", "当面送达"


#: Forms that may be served by internet, phone, message or mail; the others are handed over or posted. source: 文书式样 notes
ANY_WAY = frozenset({5, 6, 7, 8, 10})

#: Greatest numbers, so that one person cannot flood a station.
MOST_PHOTOS = 9
MOST_OPEN_PER_UNIT = 3
MOST_PER_DAY = 10
MOST_MESSAGES = 200
MOST_REPLIES = 20


def item(ground: RefusalGround | TerminationGround) -> str:
    """The item (项) of Order 121 §16 or §23 that a ground stands in; its code ends with the number."""
    return f"第（{'一二三四五六七八'[int(ground.value[-1]) - 1]}）项"


def offer_stamp(kind: Offer | None, amount_fen: int | None, text: str | None, perform_by: date | None) -> str | None:
    """Tells one offer from another, so that a consent says to which it was given; None when there is none."""
    if kind is None:
        return None
    said = json.dumps([kind.value, amount_fen, text, perform_by and perform_by.isoformat()])
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def oldest_day(today: date) -> date:
    """The first day on which a purchase is not longer than three years ago. source: Order 121 §16(4)"""
    try:
        return today.replace(year=today.year - 3)
    except ValueError:  # 29 February
        return today.replace(year=today.year - 3, day=28)
