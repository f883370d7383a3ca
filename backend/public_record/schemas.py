"""The public record over JSON: what comes in, and what the parties read."""

from typing import Any

from backend.infrastructure.fields import Choice, Day, Input, Output, Text, YesNo, fields
from backend.kernel.clock import local_date
from backend.merchants.rules import Category

from .rules import LONGEST_REPLY, LONGEST_TEXT, EntryKind, GradeKind, GradeLevel, Showing


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
