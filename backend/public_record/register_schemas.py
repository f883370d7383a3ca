"""The register and the units nearby over JSON: what is asked, and what everybody reads."""

from datetime import datetime

from marshmallow import ValidationError, validate

from backend.certification.rules import OF_STATE
from backend.infrastructure.fields import Choice, Input, Output, Text, Whole, YesNo, fields
from backend.kernel.identifiers import COUNTIES
from backend.merchants.rules import Category, Commitment

_STANDINGS = [shown.value for shown in OF_STATE.values()]
_WORDS = "名称、经营者或地址里的字，空格隔开；或者一个证书编号、标牌序列号"


def _sensible(instant: datetime) -> None:
    """raises ValidationError for an instant that no database keeps"""
    if not 2000 <= instant.year <= 2200:
        raise ValidationError("时间不对，请核对。")


class RegisterQuery(Input):
    """What is asked of the register."""

    category = Choice(Category, load_default=None)
    county = fields.String(
        load_default=None, validate=validate.OneOf(list(COUNTIES), error="没有这个县（市、区）代码。")
    )
    standing = fields.String(load_default=None, validate=validate.OneOf(_STANDINGS, error="没有这种状态。"))
    promise = Choice(Commitment, load_default=None, metadata={"description": "作过这一项承诺的"})
    certified = YesNo(load_default=False, metadata={"description": "只要证书没有结束的（含整改、暂停中的）"})
    q = Text(40, least=0, load_default="", metadata={"description": _WORDS})
    changed_since = fields.AwareDateTime(
        load_default=None,
        validate=_sensible,
        metadata={"description": "只要此刻及以后有变动的，带时区，例如 2026-11-01T00:00:00Z"},
    )
    after = Text(120, load_default=None, metadata={"description": "上一页的 after"})
    limit = Whole(1, 200, load_default=100)


class NearbyIn(Input):
    """A place and what is looked for around it. The place is in the body, so that no log has it; it cannot be told more exactly, and is not kept."""

    EXAMPLE = {"lng_e3": 120672, "lat_e3": 28013, "within_m": 3000, "category": "restaurant", "promise": None, "q": ""}
    lng_e3 = Whole(-180_000, 180_000, required=True, metadata={"description": "GCJ-02 经度乘以 1000 取整（约 100 米）"})
    lat_e3 = Whole(-90_000, 90_000, required=True, metadata={"description": "GCJ-02 纬度乘以 1000 取整（约 100 米）"})
    within_m = Whole(100, 100_000, load_default=None, allow_none=True, metadata={"description": "只要这么多米以内的"})
    category = Choice(Category, load_default=None, allow_none=True)
    county = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.OneOf(list(COUNTIES), error="没有这个县（市、区）代码。"),
    )
    promise = Choice(Commitment, load_default=None, allow_none=True)
    q = Text(40, least=0, load_default="", metadata={"description": _WORDS})
    after = Text(120, load_default=None, allow_none=True, metadata={"description": "上一页的 after"})
    limit = Whole(1, 100, load_default=20)


class RegisterScoreOut(Output):
    """The rating with its number of raters."""

    count = fields.Integer()
    mean = fields.Float(allow_none=True, metadata={"description": "不足 5 人评价时为空"})


class ReplyShownOut(Output):
    """A reply of the unit."""

    text = fields.String()
    on = fields.String()


class GradeShownOut(Output):
    """A catering grade that holds."""

    kind = fields.String(metadata={"description": "inspection 动态等级，year 年度等级"})
    level = fields.String(metadata={"description": "excellent good fair none"})
    words = fields.String()
    on = fields.String()
    source = fields.String()


class EntryShownOut(Output):
    """A penalty or a warning within its publicity period."""

    number = fields.String()
    kind = fields.String(metadata={"description": "penalty 行政处罚，warning 消费警示"})
    text = fields.String()
    on = fields.String()
    source = fields.String()
    until = fields.String(metadata={"description": "公示期最后一天"})
    disputed_on = fields.String(allow_none=True, metadata={"description": "单位提出异议的日期，正在核查；没有异议为空"})
    corrected_on = fields.String(allow_none=True, metadata={"description": "经异议更正的日期"})
    reply = fields.Nested(ReplyShownOut, allow_none=True)


class ClosingShownOut(Output):
    """That the unit closes or moves, as it announced."""

    kind = fields.String(metadata={"description": "close 停业，move 迁址"})
    kind_zh = fields.String()
    on = fields.String(metadata={"description": "从哪天起"})
    new_address = fields.String(allow_none=True)
    prepaid = fields.String(metadata={"description": "预付款怎么退"})
    prepaid_zh = fields.String()
    refund_by = fields.String(allow_none=True, metadata={"description": "预付款最晚哪天退完"})
    told_on = fields.String(metadata={"description": "公告的日期"})


class RegisterUnitOut(Output):
    """A unit as the open register has it. A sole trader's mobile number, home and own name are left out."""

    number = fields.String(metadata={"description": "证书编号"})
    name = fields.String()
    category = fields.String()
    category_zh = fields.String()
    county_code = fields.String(metadata={"description": "GB/T 2260"})
    county = fields.String()
    address = fields.String()
    lng = fields.Float(allow_none=True, metadata={"description": "GCJ-02 经度"})
    lat = fields.Float(allow_none=True, metadata={"description": "GCJ-02 纬度"})
    phone = fields.String(allow_none=True)
    website = fields.String(allow_none=True)
    opening_hours = fields.String(allow_none=True)
    merchant = fields.String()
    standing = fields.String(metadata={"description": "VALID RECTIFY SUSPENDED REVOKED EXPIRED CANCELLED"})
    standing_zh = fields.String()
    standing_on = fields.Date(allow_none=True, metadata={"description": "这个状态从哪天起；有效的为空"})
    reason = fields.String(allow_none=True)
    issued_on = fields.Date()
    valid_until = fields.Date()
    commitments = fields.List(fields.Dict())
    score = fields.Nested(RegisterScoreOut)
    outcomes = fields.Dict()
    grades = fields.List(fields.Nested(GradeShownOut))
    entries = fields.List(fields.Nested(EntryShownOut))
    reply = fields.Nested(ReplyShownOut, allow_none=True)
    kitchen = fields.Dict(allow_none=True, metadata={"description": "阳光厨房：url 网址，host 网站，不是本站"})
    closing = fields.Nested(ClosingShownOut, allow_none=True)
    page = fields.String(metadata={"description": "本站页面"})
    changed_at = fields.AwareDateTime()


class RegisterOut(Output):
    """One page of the register."""

    units = fields.List(fields.Nested(RegisterUnitOut))
    after = fields.String(allow_none=True, metadata={"description": "下一页的 after；空是最后一页"})


class NearbyUnitOut(RegisterUnitOut):
    """A unit around a place."""

    distance_m = fields.Integer(metadata={"description": "离所给的位置约多少米，直线"})


class NearbyOut(Output):
    """A page of units around a place."""

    units = fields.List(fields.Nested(NearbyUnitOut))
    after = fields.String(allow_none=True, metadata={"description": "下一页的 after；空是最后一页"})
