"""Removal proposals and measures: what comes in and goes out."""

from backend.certification.rules import Ground
from backend.infrastructure.fields import Choice, Input, Output, Text, YesNo, fields


class ProposalIn(Input):
    """A proposal."""

    EXAMPLE = {
        "certificate_no": "FXXF-330302-2026-00001",
        "ground": "G07",
        "statement": "今年以来五次没有答复消费者的和解诉求。",
    }
    certificate_no = Text(40, required=True)
    ground = Choice(Ground, required=True)
    statement = Text(2000, least=10, lines=True, required=True)


class ReplyIn(Input):
    """The unit's statement."""

    EXAMPLE = {"text": "已更换联络人，五件诉求都已补充答复。"}
    text = Text(2000, least=5, lines=True, required=True)


class DecisionIn(Input):
    """A decision."""

    EXAMPLE = {"revoke": False, "text": "单位已经整改，保留证书。"}
    revoke = YesNo(required=True)
    text = Text(2000, least=5, lines=True, required=True)


class MeasureIn(Input):
    """The ground of a measure."""

    EXAMPLE = {"ground": "G07"}
    ground = Choice(Ground, required=True)


class RemovalOut(Output):
    """A proposal to staff and the station."""

    case_no = fields.String()
    state = fields.String()
    state_zh = fields.Function(lambda row: row.__lifecycle__.states[row.state])
    unit_name = fields.String()
    ground = fields.Enum(Ground, by_value=True)
    ground_zh = fields.String(attribute="ground.zh")
    statement = fields.String()
    dossier = fields.Dict()
    reply_text = fields.String(allow_none=True)
    decision_text = fields.String(allow_none=True)
    opened_at = fields.AwareDateTime()


class MeasuredCertificateOut(Output):
    """A certificate after a measure."""

    number = fields.String()
    state = fields.String()
    state_zh = fields.Function(lambda row: row.__lifecycle__.states[row.state])
    valid_until = fields.Date()
