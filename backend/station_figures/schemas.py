"""Figures over JSON."""

from marshmallow import validate

from backend.complaints.rules import Nature
from backend.infrastructure.fields import Input, Output, fields
from backend.merchants.rules import Category

from .rules import LEAST_UNITS, PERIODS

_HIDDEN = f"不到 {LEAST_UNITS} 家有数据时为空"


class FiguresQuery(Input):
    """Over which period."""

    days = fields.Integer(
        load_default=PERIODS[0],
        strict=False,
        validate=validate.OneOf(PERIODS, error="只能是 90（天）或者 365（一年）。"),
        metadata={"description": "从现在往前算的天数"},
    )


class CauseOut(Output):
    """What people complain of."""

    nature = fields.Enum(Nature, by_value=True)
    nature_zh = fields.String(attribute="nature.zh")
    count = fields.Integer()
    percent = fields.Float(allow_none=True)


class MedianOut(Output):
    """How the middle unit of the category does."""

    answer_minutes = fields.Float(allow_none=True, metadata={"description": _HIDDEN})
    settled_percent = fields.Float(allow_none=True, metadata={"description": _HIDDEN})
    performed_percent = fields.Float(allow_none=True, metadata={"description": _HIDDEN})
    counted_at = fields.AwareDateTime()


class CategoryFiguresOut(Output):
    """A station's units of one category."""

    category = fields.Enum(Category, by_value=True)
    category_zh = fields.String(attribute="category.zh")
    units = fields.Integer(metadata={"description": "本站这一类的单位有几家"})
    received = fields.Integer(attribute="counts.received")
    unanswered = fields.Integer(attribute="counts.unanswered")
    decided = fields.Integer(attribute="counts.decided")
    settled = fields.Integer(attribute="counts.settled")
    performed = fields.Integer(attribute="counts.performed")
    answer_minutes = fields.Float(allow_none=True, metadata={"description": "答复用时的中位数，分钟"})
    settled_percent = fields.Float(attribute="counts.settled_percent", allow_none=True)
    performed_percent = fields.Float(attribute="counts.performed_percent", allow_none=True)
    causes = fields.List(fields.Nested(CauseOut))
    median = fields.Nested(MedianOut, allow_none=True)


class FiguresOut(Output):
    """A station's own figures, and how they are counted."""

    days = fields.Integer()
    since = fields.AwareDateTime()
    categories = fields.List(fields.Nested(CategoryFiguresOut))
    formulas = fields.List(fields.String(), metadata={"description": "每个数怎么算"})
