"""Kept units over JSON."""

from backend.infrastructure.fields import Output, fields


class KeptUnitOut(Output):
    """A kept unit as it stands today."""

    number = fields.String(metadata={"description": "证书编号"})
    name = fields.String(attribute="unit.name")
    category_zh = fields.String(attribute="unit.category_zh")
    county = fields.String(attribute="unit.county")
    address = fields.String(attribute="unit.address")
    standing = fields.String(metadata={"description": "VALID RECTIFY SUSPENDED REVOKED EXPIRED CANCELLED"})
    standing_zh = fields.String()
    kept_on = fields.Date(metadata={"description": "哪天收藏的"})


class KeptUnitsOut(Output):
    """A page of kept units."""

    units = fields.List(fields.Nested(KeptUnitOut))
    next = fields.String(allow_none=True, metadata={"description": "下一页的 before；空是最后一页"})


class IsKeptOut(Output):
    """Whether a unit is kept."""

    kept = fields.Boolean()
