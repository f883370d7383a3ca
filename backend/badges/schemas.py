"""What a scan answers."""

from typing import Any

from marshmallow import post_load, validate

from backend.infrastructure.fields import Input, Output, Text, ValidationError, fields

from .artwork import TEMPLATES
from .rules import Placement, VoidReason

#: Characters of an address in a code, percent-encoded.
_LONGEST_CODE = 600


class CommitmentOut(Output):
    """A promise."""

    code = fields.String()
    text = fields.String()


class UnitOut(Output):
    """Who the unit is."""

    name = fields.String()
    category = fields.String()
    category_zh = fields.String()
    county_code = fields.String()
    county = fields.String()
    address = fields.String()
    lng = fields.Float(allow_none=True, metadata={"description": "GCJ-02 经度"})
    lat = fields.Float(allow_none=True, metadata={"description": "GCJ-02 纬度"})
    phone = fields.String(allow_none=True)
    website = fields.String(allow_none=True)
    opening_hours = fields.String(allow_none=True)
    merchant = fields.String()
    station = fields.String()
    station_phone = fields.String()
    commitments = fields.List(fields.Nested(CommitmentOut))


class CertificateOut(Output):
    """The certificate behind the standing."""

    number = fields.String()
    issued_on = fields.String()
    valid_until = fields.String()
    reason = fields.String(allow_none=True)
    reason_on = fields.String(allow_none=True)


class CardOut(Output):
    """The card: standing first."""

    standing = fields.String(metadata={"description": "VALID RECTIFY SUSPENDED REVOKED EXPIRED CANCELLED VOIDED"})
    standing_zh = fields.String()
    past = fields.Boolean(metadata={"description": "证书结束已满三年：原因、承诺、评价和公示信息不再公开"})
    unit = fields.Nested(UnitOut)
    certificate = fields.Nested(CertificateOut)
    score = fields.Dict(metadata={"description": "评分：count 人数，mean 加权平均，spread 各星人数，method 算法说明"})
    outcomes = fields.Dict(
        metadata={
            "description": "投诉处理：received 收到，answered_in_time 按时答复，settled 消费者确认解决，median_days 到确认解决的天数中位数"
        }
    )
    photo = fields.Dict(allow_none=True, metadata={"description": "店面照片：url 地址，on 提交日期"})
    record = fields.Dict(
        metadata={
            "description": "公示信息：grades 量化分级，entries 行政处罚和消费警示，withdrawn 撤下的，reply 单位的回应"
        }
    )
    closing = fields.Dict(
        allow_none=True,
        metadata={
            "description": "停业、迁址公告：kind，on 从哪天起，new_address，prepaid 预付款怎么退，refund_by 最晚哪天退完，told_on"
        },
    )
    reviews = fields.List(fields.Dict(), metadata={"description": "消费体验报告"})
    plate = fields.Dict(
        metadata={
            "description": "这块牌：serial 序列号，placement 位置，label 名称，voided_on 作废日期，void_reason 作废原因"
        }
    )


class ScanIn(Input):
    """What a phone brought from a code, in one of three forms; all are read alike."""

    EXAMPLE = {"token": "1.7K3QX9C2M4TP.AbC_dEf-12"}
    token = Text(
        _LONGEST_CODE,
        metadata={
            "description": "码里的令牌，形如 1.7K3QX9C2M4TP.AbC_dEf-12，或码里的整个网址",
            "example": "1.7K3QX9C2M4TP.AbC_dEf-12",
        },
    )
    q = Text(_LONGEST_CODE, metadata={"description": "扫普通链接二维码打开小程序时的参数 q，原样给出"})
    scene = Text(_LONGEST_CODE, metadata={"description": "小程序码的参数 scene，原样给出"})

    @post_load
    def one(self, data: dict[str, str], **_options: Any) -> dict[str, str]:
        """{"brought": …}. raises ValidationError when none or several are given"""
        if len(data) != 1:
            raise ValidationError("请给出 token、q、scene 中的一个，只给一个。", "token")
        return {"brought": next(iter(data.values()))}


class ScanOut(Output):
    """A card with a ticket that proves the visit."""

    card = fields.Nested(CardOut)
    visit_ticket = fields.String(metadata={"description": "到店凭证，7 天内可用于评价和投诉"})


class VoidIn(Input):
    """Why a plate is void."""

    EXAMPLE = {"reason": "lost"}
    reason = fields.String(
        required=True,
        validate=validate.OneOf([reason.value for reason in VoidReason], error="只能是 lost、damaged、cloned。"),
    )


class ArtworkQuery(Input):
    """In which template a plate is drawn."""

    template = fields.String(
        validate=validate.OneOf(list(TEMPLATES), error="没有这个版式，可选：{choices}。"),
        metadata={
            "description": "版式，默认按标牌的位置：" + "、".join(f"{t.name} {t.zh}" for t in TEMPLATES.values())
        },
    )


class PlateOut(Output):
    """A plate to staff and its station."""

    serial = fields.String()
    placement = fields.Enum(Placement, by_value=True)
    label = fields.String(allow_none=True, metadata={"description": "这块牌的名称，如 8号桌"})
    issued_at = fields.AwareDateTime()
    voided_at = fields.AwareDateTime(allow_none=True)
    void_reason = fields.String(allow_none=True)
    drawn = fields.Function(lambda plate: plate.artwork_key is not None, metadata={"description": "印刷图已画好"})
    mini_code = fields.Function(
        lambda plate: plate.mini_code_key is not None, metadata={"description": "小程序码已生成"}
    )
