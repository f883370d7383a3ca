"""The consumer lets the station see a phone number, over JSON."""

from typing import Any

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.accounts.consent_texts import CONSENT_TEXTS, Purpose
from backend.infrastructure.http import ApiBlueprint, Reply, endpoint
from backend.kernel.masking import phone_ends

from . import phone_schemas as schemas
from . import phones, queries, service
from .lifecycle import SETTLEMENT
from .model import Settlement

blueprint = ApiBlueprint("shared_phone", __name__, description="让联络站看到电话")


@blueprint.get("/settlements/<case_no>/phone")
@endpoint(Action.PHONE_SHARE, reply=schemas.SharedPhoneOut)
def state(actor: Actor, case_no: str) -> dict[str, Any]:
    """消费者：有没有让联络站看电话，看过几次"""
    return _state(actor, queries.settlement(actor, Action.PHONE_SHARE, case_no))


@blueprint.post("/settlements/<case_no>/phone")
@endpoint(Action.PHONE_SHARE, body=schemas.SharePhoneIn, reply=schemas.SharedPhoneOut, limit="20/hour")
def share(actor: Actor, case_no: str, body: dict[str, Any]) -> dict[str, Any]:
    """消费者：让联络站看到我的电话"""
    return _state(actor, service.share_phone(actor, case_no, phone=body["phone"]))


@blueprint.post("/settlements/<case_no>/phone/take-back")
@endpoint(Action.PHONE_SHARE, reply=schemas.SharedPhoneOut)
def take_back(actor: Actor, case_no: str) -> dict[str, Any]:
    """消费者：收回，号码立即删除"""
    return _state(actor, service.take_back_phone(actor, case_no))


@blueprint.post("/settlements/<case_no>/phone/view")
@endpoint(Action.PHONE_VIEW, reply=schemas.PhoneForStation, limit="60/hour")
def view(actor: Actor, case_no: str) -> Reply:
    """联络站：看消费者的电话（留痕，消费者能看到）"""
    phone, noted_at = service.view_phone(actor, case_no)
    return Reply({"phone": phone, "noted_at": noted_at}, headers={"Cache-Control": "no-store"})


def _state(actor: Actor, settlement: Settlement) -> dict[str, Any]:
    held, known = phones.shared(settlement.id), phones.known(actor, settlement)
    return {
        "shared": held is not None,
        "phone": phone_ends(held.phone or "") if held else None,
        "known": phone_ends(known) if known else None,
        "open": settlement.state not in SETTLEMENT.closed,
        "looks": phones.looks(settlement.id),
        "text": CONSENT_TEXTS[Purpose.PHONE_SHARING].text,
    }
