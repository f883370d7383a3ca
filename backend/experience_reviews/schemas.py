"""Campaigns and visits: what comes in and goes out."""

from marshmallow import validate

from backend.infrastructure.fields import Choice, Input, Output, Text, Whole, fields
from backend.merchants.rules import Category

from .rules import MOST_CHECKS


class CampaignIn(Input):
    """A new campaign."""

    EXAMPLE = {
        "title": "餐饮明码标价体验",
        "category": "restaurant",
        "sample_size": 10,
        "checklist": ["菜单标明价格", "主动提供小票"],
    }
    title = Text(80, required=True)
    category = Choice(Category, required=True)
    sample_size = Whole(1, 500, required=True)
    checklist = fields.List(
        Text(60), required=True, validate=validate.Length(1, MOST_CHECKS, error=f"检查项应有 1 到 {MOST_CHECKS} 个。")
    )


class PublishIn(Input):
    """The report's text."""

    EXAMPLE = {"summary": "共体验 10 家，其中 9 家全部符合。"}
    summary = Text(5000, least=10, lines=True, required=True)


class StartIn(Input):
    """The scan that the visit is bound to."""

    EXAMPLE = {"visit_ticket": "WyIwMTlhYjBmNCIsNDkwNTYzXQ.AbCdEfGhIjKl"}
    visit_ticket = Text(300, required=True)


class FormIn(Input):
    """The visit form."""

    EXAMPLE = {"answers": ["pass", "fail"], "remark": "菜单上有三道菜没有标价。"}
    answers = fields.List(
        fields.String(validate=validate.OneOf(("pass", "fail", "na"), error="只能是 pass、fail、na。")),
        required=True,
        validate=validate.Length(1, MOST_CHECKS),
    )
    remark = Text(1000, least=0, lines=True, load_default="")


class CampaignOut(Output):
    """A published campaign to everybody."""

    number = fields.String()
    title = fields.String()
    category = fields.Enum(Category, by_value=True)
    state = fields.String()
    state_zh = fields.Function(lambda row: row.__lifecycle__.states[row.state])
    sample_size = fields.Integer()
    frame_size = fields.Integer(allow_none=True)
    seed = fields.String(allow_none=True, metadata={"description": "抽取的种子，任何人可以重算"})
    checklist = fields.List(fields.String())
    summary = fields.String(allow_none=True)
    results = fields.Dict(allow_none=True)
    published_at = fields.AwareDateTime(allow_none=True)


class CampaignForCouncil(CampaignOut):
    """A campaign to the council and whoever reads with it."""

    uncovered = fields.List(fields.String(), metadata={"description": "抽到而没有志愿者去的单位"})


class VisitOut(Output):
    """A visit to its volunteer and the council."""

    number = fields.String()
    state = fields.String()
    state_zh = fields.Function(lambda row: row.__lifecycle__.states[row.state])
    unit_name = fields.String()
    certificate_no = fields.String(allow_none=True, metadata={"description": "单位的证书编号，扫码得到的同一个"})
    address = fields.String()
    lng = fields.Float(allow_none=True, metadata={"description": "GCJ-02；网店没有"})
    lat = fields.Float(allow_none=True)
    campaign = fields.String()
    checklist = fields.List(fields.String())
    due_at = fields.AwareDateTime(allow_none=True)
    answers = fields.List(fields.String(), allow_none=True)
    remark = fields.String(allow_none=True)
