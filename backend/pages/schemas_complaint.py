"""What the consumer's forms bring."""

from collections.abc import Mapping
from typing import Any

from marshmallow import validate, validates_schema

from backend.complaints.rules import Nature, Request
from backend.complaints.service import Identity
from backend.emergencies.rules import Emergency
from backend.infrastructure.fields import Choice, Day, Input, Text, YesNo, fields, need
from backend.merchants.rules import Commitment

from .money import Yuan

_NOTHING_WANTED = "请至少选择一项要求。"
_IDENTITY = ("name", "phone", "address")


class IdentityForm(Input):
    """A real identity, as far as it was filled in."""

    name = Text(50, load_default=None)
    phone = Text(30, load_default=None)
    address = Text(200, load_default=None)


class ComplainForm(IdentityForm):
    """A settlement request; the amount is typed in yuan and kept in fen."""

    visit_ticket = Text(300, load_default=None)
    nature = Choice(Nature, required=True)
    wanted = fields.List(
        Choice(Request),
        required=True,
        validate=validate.Length(1, 8, error=_NOTHING_WANTED),
        error_messages={"required": _NOTHING_WANTED},
    )
    amount_fen = Yuan(load_default=0)
    happened_on = Day(required=True)
    facts = Text(2000, least=10, lines=True, required=True)
    commitment = Choice(Commitment, load_default=None)
    file_for_me = YesNo(load_default=False)
    consent_publish = YesNo(load_default=False)
    consent_delegate = YesNo(load_default=False)
    emergency = Choice(Emergency, load_default=None)
    order_no = Text(60, load_default=None)
    also_report = YesNo(load_default=False)
    group = Text(30, load_default=None)

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def _names_itself(self, _loaded: object, sent: Mapping[str, Any], **_options: object) -> None:
        if sent.get("file_for_me"):
            need(sent, *_IDENTITY)


class PhotoForm(Input):
    """About the photo in the form's file."""

    for_station = YesNo(load_default=False)


def identity_of(body: dict[str, Any]) -> Identity | None:
    """Take the identity out of a form's values; None when nothing was filled in. What is missing, the service says."""
    values = {name: body.pop(name) for name in _IDENTITY}
    return Identity(**{name: value or "" for name, value in values.items()}) if any(values.values()) else None
