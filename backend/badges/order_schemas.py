"""Orders of plates, losses and histories: what comes in and goes out."""

from typing import Any

from marshmallow import validate

from backend.infrastructure.fields import Choice, Input, Output, Text, Whole, YesNo, fields
from backend.kernel.identifiers import COUNTIES
from backend.merchants.rules import Category

from .model import PlateOrder
from .rules import LONGEST_LABEL, MOST_OF_A_UNIT, Placement
from .schemas import PlateOut


class PlateLossIn(Input):
    """What became of a plate, and whether a new one is wanted."""

    EXAMPLE = {"reason": "lost", "replace": True}
    reason = fields.String(
        required=True, validate=validate.OneOf(("lost", "damaged"), error="只能是 lost（遗失）或 damaged（损坏）。")
    )
    replace = YesNo(load_default=False, metadata={"description": "同时订一块新牌"})


class PlateOrderIn(Input):
    """Plates for one unit."""

    EXAMPLE = {
        "certificate_no": "FXXF-330302-2026-00001",
        "placement": "table",
        "count": 2,
        "labels": ["8号桌", "9号桌"],
    }
    certificate_no = Text(40, required=True)
    placement = Choice(Placement, required=True)
    count = Whole(1, MOST_OF_A_UNIT, required=True)
    labels = fields.List(
        Text(LONGEST_LABEL),
        load_default=list,
        validate=validate.Length(max=MOST_OF_A_UNIT, error=f"最多写 {MOST_OF_A_UNIT} 个名称。"),
        metadata={"description": "每块牌的名称，选填；写了就要和数量一样多"},
    )


class PlateBatchIn(Input):
    """Plates for every unit whose certificate stands, or for those of a county or kind."""

    EXAMPLE = {"placement": "door", "county_code": "330302", "category": "restaurant", "only_missing": True}
    placement = Choice(Placement, required=True)
    per_unit = Whole(1, MOST_OF_A_UNIT, load_default=1)
    county_code = fields.String(
        load_default=None, allow_none=True, validate=validate.OneOf(list(COUNTIES), error="没有这个县（市、区）。")
    )
    category = Choice(Category, load_default=None, allow_none=True)
    only_missing = YesNo(
        load_default=True, metadata={"description": "只给还没有这个位置的标牌的单位；false 时每家都订"}
    )


class PlateHistoryQuery(Input):
    """Which page of a history."""

    after = Whole(0, 2**53, load_default=0, metadata={"description": "上一页答复里的 next"})
    limit = Whole(1, 100, load_default=50)


class PlatesOut(Output):
    """A page of plates, the newest first."""

    items = fields.List(fields.Nested(PlateOut))
    next = fields.String(allow_none=True)


class PlateEventOut(Output):
    """One thing that happened to a plate."""

    at = fields.AwareDateTime()
    deed = fields.Function(lambda told: told.deed.value, metadata={"description": "做了什么"})
    text = fields.String()
    by = fields.String(metadata={"description": "谁做的：身份和别名，不是姓名"})


class PlateHistoryOut(Output):
    """A page of a plate's history, the oldest first."""

    items = fields.List(fields.Nested(PlateEventOut))
    next = fields.Integer(allow_none=True)


class PlateOrderOut(Output):
    """An order and how far it is."""

    number = fields.String()
    placement = fields.Enum(Placement, by_value=True)
    county_code = fields.String(allow_none=True)
    category = fields.Enum(Category, by_value=True, allow_none=True)
    units = fields.Integer()
    plates = fields.Integer(metadata={"description": "订了多少块"})
    issued = fields.Integer(metadata={"description": "已经发放的"})
    left_out = fields.Integer(metadata={"description": "证书不在有效状态，没有发放的"})
    ordered_at = fields.AwareDateTime()
    finished_at = fields.AwareDateTime(allow_none=True)
    sent_at = fields.AwareDateTime(allow_none=True)


class PlateOrderProgressOut(PlateOrderOut):
    """An order with what became of its plates."""

    drawn = fields.Integer(metadata={"description": "印刷图画好的"})
    coded = fields.Integer(metadata={"description": "有小程序码的"})
    codes_fault = fields.String(allow_none=True, metadata={"description": "小程序码为什么停了"})


class PlateOrdersOut(Output):
    """A page of orders, the newest first."""

    items = fields.List(fields.Nested(PlateOrderOut))
    next = fields.String(allow_none=True)


class PlateLossOut(Output):
    """The void plate, and the order of the new one."""

    plate = fields.Nested(PlateOut)
    replacement = fields.Nested(PlateOrderOut, allow_none=True)


def with_progress(order: PlateOrder, drawn: int, coded: int) -> dict[str, Any]:
    """What PlateOrderProgressOut shows."""
    shown = {name: getattr(order, name) for name in PlateOrderOut().fields}
    return {**shown, "codes_fault": order.codes_fault, "drawn": drawn, "coded": coded}
