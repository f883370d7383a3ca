"""Closing notices over JSON and in forms."""

from backend.infrastructure.fields import Choice, Day, Input, Output, Text, fields

from .lifecycle import CLOSING_NOTICE
from .rules import ClosingKind, Prepaid


class ClosingNoticeIn(Input):
    """What the unit does, when, and what becomes of what was prepaid."""

    EXAMPLE = {"kind": "close", "closing_on": "2027-03-01", "prepaid": "in_shop", "refund_by": "2027-02-28"}
    kind = Choice(ClosingKind, required=True)
    closing_on = Day(required=True, metadata={"description": "从这一天起不在原址营业，至少提前 30 天"})
    new_address = Text(120, load_default=None, allow_none=True, metadata={"description": "迁址的写，公开"})
    prepaid = Choice(Prepaid, required=True, metadata={"description": "预付款怎么退，公开"})
    refund_by = Day(load_default=None, allow_none=True, metadata={"description": "最晚哪天退完；有预付款的必填"})


class ClosingNoticeOut(Output):
    """A notice and where it stands."""

    case_no = fields.String()
    state = fields.String()
    state_zh = fields.Function(lambda row: CLOSING_NOTICE.states[row.state])
    kind = fields.Enum(ClosingKind, by_value=True)
    kind_zh = fields.String(attribute="kind.zh")
    closing_on = fields.Date()
    new_address = fields.String(allow_none=True)
    prepaid = fields.Enum(Prepaid, by_value=True)
    prepaid_zh = fields.String(attribute="prepaid.zh")
    refund_by = fields.Date(allow_none=True)
    opened_at = fields.AwareDateTime()


class ClosingNoticesOut(Output):
    """Notices of a unit, the newest first."""

    notices = fields.List(fields.Nested(ClosingNoticeOut))
