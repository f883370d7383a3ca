"""Requests for proof of identity over JSON and in forms."""

from backend.infrastructure.fields import Choice, Day, Input, Output, Text, fields

from .rules import IdKind


class IdentityAskIn(Input):
    """Why proof is needed, and until when."""

    EXAMPLE = {"reason": "同一电话、地址有多人投诉，需要核实身份。", "until": "2026-12-05"}
    reason = Text(500, least=5, lines=True, required=True)
    until = Day(required=True)


class IdentityAnswerIn(Input):
    """Kind and number of an ID."""

    EXAMPLE = {"id_kind": "resident", "id_number": "11010519491231002X"}
    id_kind = Choice(IdKind, required=True)
    id_number = Text(30, required=True)


class IdentityRequestOut(Output):
    """What is asked and until when; the number that was given is read by nobody here."""

    reason = fields.String()
    until = fields.Date()
    asked_at = fields.AwareDateTime()
    answered_at = fields.AwareDateTime(allow_none=True)
