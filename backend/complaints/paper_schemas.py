"""Official forms of a complaint over JSON."""

from backend.infrastructure.fields import Choice, Day, Input, Output, fields

from .rules import Addressee, ServingWay


class ServingIn(Input):
    """How and on which day a form reached its addressee."""

    EXAMPLE = {"way": "letter", "served_on": "2026-11-27"}
    way = Choice(ServingWay, required=True)
    served_on = Day(required=True)


class ServedBothIn(Input):
    """How the decision to end mediation reached each party."""

    EXAMPLE = {"consumer_way": "letter", "merchant_way": "internet"}
    consumer_way = Choice(ServingWay, load_default=ServingWay.INTERNET)
    merchant_way = Choice(ServingWay, load_default=ServingWay.INTERNET)


class ServingOut(Output):
    """When and how a form was served."""

    way = fields.Enum(ServingWay, by_value=True)
    way_zh = fields.String(attribute="way.zh")
    served_on = fields.Date()


class PaperOut(Output):
    """An official form that exists for a complaint."""

    number = fields.Integer(metadata={"description": "总局令第121号文书式样的序号"})
    reference = fields.String(
        metadata={"description": "地址里用的代号，如 7-2（第二份）、8-m（给商家的一份）、3-b（给接收单位的一份）"}
    )
    party = fields.Enum(Addressee, by_value=True)
    title = fields.String()
    dated = fields.Date()
    document_no = fields.String(allow_none=True, metadata={"description": "文号"})
    sha256 = fields.String(allow_none=True, metadata={"description": "文书数据的指纹"})
    servings = fields.List(fields.Nested(ServingOut))
