"""Consumer warnings over JSON and in forms."""

from marshmallow import validate

from backend.infrastructure.fields import Choice, Day, Input, Output, Text, YesNo, fields
from backend.infrastructure.paging import PageQuery
from backend.kernel.identifiers import COUNTIES
from backend.merchants.rules import Category

from .rules import MOST_TITLE, MOST_WHY, MOST_WORDS

_CHOOSE = "请从给出的选项中选一个。"


class WarningsQuery(PageQuery):
    """Which warnings."""

    county = fields.String(
        load_default=None,
        validate=validate.OneOf([*COUNTIES], error=_CHOOSE),
        metadata={"description": "和这个县（市、区）有关的，全市的也算"},
    )
    category = Choice(Category, load_default=None, metadata={"description": "和这类单位有关的，各类的也算"})
    now = YesNo(load_default=False, metadata={"description": "只要现在有效的"})


class WarningWords(Input):
    """What a warning says, and when it holds."""

    title = Text(MOST_TITLE, least=4, required=True)
    text = Text(MOST_WORDS, least=10, lines=True, required=True)
    from_on = Day(required=True, metadata={"description": "从哪天起，不早于今天"})
    until_on = Day(required=True, metadata={"description": "到哪天为止（含），最长一年"})


class ConsumerWarningIn(WarningWords):
    """A new warning."""

    EXAMPLE = {
        "title": "梭子蟹以次充好，买前看清“本地”两个字",
        "text": "近期有摊位把外地冰鲜蟹当作本地活蟹卖。请当面称重、留好小票，发现不符的可以要求退一赔三。",
        "counties": ["330302"],
        "categories": ["market", "restaurant"],
        "from_on": "2026-11-23",
        "until_on": "2026-12-31",
    }
    counties = fields.List(
        fields.String(validate=validate.OneOf([*COUNTIES], error=_CHOOSE)),
        required=True,
        validate=validate.Length(max=len(COUNTIES), error="县（市、区）太多。"),
        metadata={"description": "空的是全市"},
    )
    categories = fields.List(
        Choice(Category),
        required=True,
        validate=validate.Length(max=len(Category), error="类别太多。"),
        metadata={"description": "空的是各类单位"},
    )


class WarningWithdrawIn(Input):
    """Why it is taken back."""

    EXAMPLE = {"why": "复检合格，原来的抽检结果有误。"}
    why = Text(MOST_WHY, least=4, required=True, metadata={"description": "公开"})


class ConsumerWarningOut(Output):
    """A warning as it stands today."""

    number = fields.String(attribute="warning.number")
    title = fields.String(attribute="warning.title")
    text = fields.String(attribute="warning.text")
    counties = fields.List(fields.String(), attribute="warning.counties", metadata={"description": "空的是全市"})
    categories = fields.List(fields.String(), attribute="warning.categories", metadata={"description": "空的是各类"})
    whom = fields.String(attribute="warning.whom")
    from_on = fields.Date(attribute="warning.from_on")
    until_on = fields.Date(attribute="warning.until_on")
    published_at = fields.AwareDateTime(attribute="warning.published_at")
    stage = fields.String(metadata={"description": "soon holds expired withdrawn"})
    stage_zh = fields.String(attribute="stage.zh")
    withdrawn_on = fields.Date(attribute="warning.withdrawn_on", allow_none=True)
    withdrawn_why = fields.String(attribute="warning.withdrawn_why", allow_none=True)


class ConsumerWarningsOut(Output):
    """A page of warnings, the newest first."""

    warnings = fields.List(fields.Nested(ConsumerWarningOut))
    next = fields.String(allow_none=True, metadata={"description": "下一页的 before；空是最后一页"})
