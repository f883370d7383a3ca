"""What a scan answers, in marshmallow."""

from marshmallow import Schema, fields


class CommitmentOut(Schema):
    code = fields.String()
    text = fields.String()


class UnitOut(Schema):
    name = fields.String()
    category = fields.String()
    category_zh = fields.String()
    county_code = fields.String()
    county = fields.String()
    address = fields.String()
    lng = fields.Float()
    lat = fields.Float()
    phone = fields.String()
    website = fields.String(allow_none=True)
    opening_hours = fields.String(allow_none=True)
    merchant = fields.String()
    station = fields.String()
    station_phone = fields.String()
    commitments = fields.List(fields.Nested(CommitmentOut))


class CertificateOut(Schema):
    number = fields.String()
    issued_on = fields.Date()
    valid_until = fields.Date()
    reason = fields.String(allow_none=True)
    reason_on = fields.Date(allow_none=True)


class ScoreOut(Schema):
    count = fields.Integer()
    mean = fields.Float(allow_none=True)
    spread = fields.List(fields.Integer())
    method = fields.String()


class OutcomesOut(Schema):
    received = fields.Integer()
    answered_in_time = fields.Integer()
    unanswered = fields.Integer()
    settled = fields.Integer()
    escalated = fields.Integer()


class PlateOut(Schema):
    serial = fields.String()
    placement = fields.String()


class CardOut(Schema):
    standing = fields.String()
    standing_zh = fields.String()
    unit = fields.Nested(UnitOut)
    certificate = fields.Nested(CertificateOut)
    score = fields.Nested(ScoreOut)
    outcomes = fields.Nested(OutcomesOut)
    plate = fields.Nested(PlateOut)
