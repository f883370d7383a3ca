"""The public record over JSON: what comes in, and what the parties and the public read."""

from datetime import datetime
from typing import Any

from marshmallow import ValidationError, validate

from backend.certification.rules import OF_STATE
from backend.infrastructure.fields import Choice, Day, Input, Output, Text, Whole, YesNo, fields
from backend.kernel.clock import local_date
from backend.kernel.identifiers import COUNTIES
from backend.merchants.rules import Category, Commitment

from .rules import LONGEST_REPLY, LONGEST_TEXT, EntryKind, GradeKind, GradeLevel, Showing

_STANDINGS = [shown.value for shown in OF_STATE.values()]


def _sensible(instant: datetime) -> None:
    """raises ValidationError for an instant that no database keeps"""
    if not 2000 <= instant.year <= 2200:
        raise ValidationError("时间不对，请核对。")


class ShopPhotoFiles(Input):
    """The picture itself."""

    photo = fields.Raw(required=True, metadata={"type": "string", "format": "binary"})


class ShowingDecisionIn(Input):
    """Whether a photo or a reply is shown."""

    EXAMPLE = {"show": False, "reason": "照片里看不到店招，请站远一点重拍。"}
    show = YesNo(required=True)
    reason = Text(200, least=0, load_default="", metadata={"description": "不公开时必须写明，联络站看得到"})


class CateringGradeIn(Input):
    """A catering grade."""

    EXAMPLE = {
        "kind": "year",
        "level": "excellent",
        "graded_on": "2026-10-12",
        "source": "鹿城区市场监管局 2026 年度评定",
    }
    kind = Choice(GradeKind, required=True)
    level = Choice(GradeLevel, required=True)
    graded_on = Day(required=True)
    source = Text(120, least=2, required=True, metadata={"description": "谁评定的，或文书名称"})


class PublicEntryIn(Input):
    """A penalty or a warning. No personal data: the text is shown to everybody."""

    EXAMPLE = {
        "kind": "penalty",
        "text": "销售的电热水壶经抽检不合格，罚款 5000 元。",
        "decided_on": "2026-10-20",
        "source_url": "https://www.example.gov.cn/penalties/2026-118",
        "shown_until": "2027-01-20",
    }
    kind = Choice(EntryKind, required=True)
    text = Text(LONGEST_TEXT, least=5, lines=True, required=True)
    decided_on = Day(required=True, metadata={"description": "作出决定或发布警示的日期"})
    source_url = Text(300, required=True, metadata={"description": "原文网址，https"})
    shown_until = Day(required=True, metadata={"description": "公示期最后一天"})


class PublicEntryWithdrawIn(Input):
    """Why an entry is taken down early."""

    EXAMPLE = {"reason": "处罚决定经行政复议撤销。"}
    reason = Text(200, least=5, required=True)


class StationUnitsQuery(Input):
    """Which of the station's units."""

    words = Text(60, least=0, load_default="", metadata={"description": "单位名称、经营主体或者地址里的字"})
    after = fields.UUID(load_default=None, allow_none=True, metadata={"description": "上一页答复里的 next"})


class StationUnitOut(Output):
    """A unit in its station's list."""

    number = fields.String(attribute="certificate.number", metadata={"description": "证书编号"})
    name = fields.String(attribute="unit.name")
    address = fields.String(attribute="unit.address")
    category = fields.Enum(Category, by_value=True, attribute="unit.category")
    standing = fields.String(attribute="standing.value")
    standing_zh = fields.String(attribute="standing.zh")
    valid_until = fields.Date(attribute="certificate.valid_until")


class StationUnitsOut(Output):
    """A page of them, the oldest first."""

    units = fields.List(fields.Nested(StationUnitOut))
    next = fields.String(allow_none=True)


class UnitReplyIn(Input):
    """What a unit answers in public."""

    EXAMPLE = {"text": "问题产品已全部下架，购买过的顾客可以随时来店退款。", "about": ""}
    text = Text(LONGEST_REPLY, least=5, lines=True, required=True)
    about = Text(40, least=0, load_default="", metadata={"description": "公示信息的编号；空着是回应消费者评价"})


class ObjectionIn(Input):
    """Why a unit objects to an entry. Read by those who decide, not by the public."""

    EXAMPLE = {"about": "GS20261123-7K3QX9C", "text": "处罚决定书写的是 500 元，公示写成了 5000 元，请核对。"}
    about = Text(40, required=True, metadata={"description": "公示信息的编号"})
    text = Text(1000, least=10, lines=True, required=True)


class ObjectionRejectIn(Input):
    """Why an objection is found wrong; the station reads it."""

    EXAMPLE = {"text": "已与处罚决定书核对，公示内容一致。"}
    text = Text(200, least=5, lines=True, required=True)


class ObjectionUpholdIn(ObjectionRejectIn):
    """What is done about an objection that is found right."""

    EXAMPLE = {"text": "金额录错，已按决定书更正。", "correction": "销售的电热水壶经抽检不合格，罚款 500 元。"}
    correction = Text(
        LONGEST_TEXT,
        least=0,
        lines=True,
        load_default=None,
        allow_none=True,
        metadata={"description": "更正后的公示内容；空着是撤下，原位置写明 text"},
    )


class KitchenLinkIn(Input):
    """Where the kitchen can be watched."""

    EXAMPLE = {"url": "https://video.example.com/kitchen/12"}
    url = Text(300, required=True, metadata={"description": "后厨视频页面的网址，https"})


class _Shown(Output):
    number = fields.String()
    showing = fields.Enum(Showing, by_value=True)
    showing_zh = fields.Method("words")
    sent_on = fields.Method("day")
    refusal = fields.String(allow_none=True)

    def words(self, row: Any) -> str:
        """In Chinese."""
        return str(row.showing.zh)

    def day(self, row: Any) -> str:
        """When it was sent."""
        return local_date(row.sent_at).isoformat()


class ShopPhotoOut(_Shown):
    """A photo to its station and to staff."""

    width = fields.Integer()
    height = fields.Integer()


class UnitReplyOut(_Shown):
    """A reply to its station and to staff."""

    about = fields.String()
    text = fields.String()


class KitchenLinkOut(_Shown):
    """A kitchen's address to its station and to staff."""

    url = fields.String()


class ObjectionOut(Output):
    """An objection to the station and to those who decide."""

    case_no = fields.String()
    state = fields.String()
    state_zh = fields.Function(lambda row: row.__lifecycle__.states[row.state])
    unit_name = fields.String()
    text = fields.String()
    opened_at = fields.AwareDateTime()
    decision_text = fields.String(allow_none=True)


class CateringGradeOut(Output):
    """A grade."""

    kind = fields.Enum(GradeKind, by_value=True)
    level = fields.Enum(GradeLevel, by_value=True)
    words = fields.Method("shown")
    graded_on = fields.Date()
    source = fields.String()

    def shown(self, grade: Any) -> str:
        """As it hangs at the door."""
        return str(grade.level.words(grade.kind))


class PublicEntryOut(Output):
    """A penalty or a warning to its station and to staff."""

    number = fields.String()
    kind = fields.Enum(EntryKind, by_value=True)
    text = fields.String()
    decided_on = fields.Date()
    source_url = fields.String()
    shown_until = fields.Date()
    corrected_on = fields.Date(allow_none=True)
    withdrawn_on = fields.Date(allow_none=True)
    withdraw_reason = fields.String(allow_none=True)


class PublicRecordOut(Output):
    """Everything on a unit's record."""

    photos = fields.List(fields.Nested(ShopPhotoOut))
    grades = fields.List(fields.Nested(CateringGradeOut))
    entries = fields.List(fields.Nested(PublicEntryOut))
    replies = fields.List(fields.Nested(UnitReplyOut))
    kitchens = fields.List(fields.Nested(KitchenLinkOut))
    objections = fields.List(fields.Nested(ObjectionOut))


class RecordWaitingOut(Output):
    """What waits for a decision."""

    photos = fields.List(fields.Nested(ShopPhotoOut))
    replies = fields.List(fields.Nested(UnitReplyOut))
    kitchens = fields.List(fields.Nested(KitchenLinkOut))
    objections = fields.List(fields.Nested(ObjectionOut))


class RegisterQuery(Input):
    """What is asked of the register."""

    category = Choice(Category, load_default=None)
    county = fields.String(
        load_default=None, validate=validate.OneOf(list(COUNTIES), error="没有这个县（市、区）代码。")
    )
    standing = fields.String(load_default=None, validate=validate.OneOf(_STANDINGS, error="没有这种状态。"))
    promise = Choice(Commitment, load_default=None, metadata={"description": "作过这一项承诺的"})
    certified = YesNo(load_default=False, metadata={"description": "只要证书没有结束的（含整改、暂停中的）"})
    q = Text(40, least=0, load_default="", metadata={"description": "名称、经营者或地址里的字，空格隔开"})
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
    q = Text(40, least=0, load_default="", metadata={"description": "名称、经营者或地址里的字，空格隔开"})
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
