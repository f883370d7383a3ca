"""Delegated mediation over JSON and in forms."""

from backend.infrastructure.fields import Choice, Input, Output, Text, fields

from .rules import Closing


class DelegateIn(Input):
    """What the council is asked to do."""

    EXAMPLE = {"text": "双方对维修费用有分歧，请协助调解。"}
    text = Text(500, least=5, lines=True, required=True)


class DelegationResultIn(Input):
    """What was agreed, and what stands of it."""

    EXAMPLE = {"text": "商家三日内退还货款 128.50 元。", "closing": "recorded"}
    text = Text(2000, least=5, lines=True, required=True)
    closing = Choice(Closing, required=True)


class DelegationReasonIn(Input):
    """Why it was not accepted or came to nothing."""

    EXAMPLE = {"text": "双方各执一词，两次调解没有达成一致。"}
    text = Text(500, least=5, lines=True, required=True)


class DelegationOfComplaint(Output):
    """A delegation beside its complaint; the complainant is an alias."""

    case_no = fields.String()
    complaint_no = fields.String()
    state = fields.String()
    state_zh = fields.Function(lambda held: held.__lifecycle__.states[held.state])
    unit_name = fields.String()
    alias = fields.String()
    county_code = fields.String()
    opened_at = fields.AwareDateTime()
    request_text = fields.String()
    result_text = fields.String(allow_none=True)
    closing = fields.Enum(Closing, by_value=True, allow_none=True)


class DelegationOut(DelegationOfComplaint):
    """A delegation at the desk."""

    due_at = fields.AwareDateTime(allow_none=True, metadata={"description": "现在的期限，办结后为空"})


class DelegationsOut(Output):
    """The council's desk."""

    delegations = fields.List(fields.Nested(DelegationOut))


class DelegatedIdentityOut(Output):
    """How the council reaches the complainant."""

    name = fields.String()
    phone = fields.String()
    address = fields.String()
