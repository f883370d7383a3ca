"""The consumer lets the station see a phone number, and takes that back; every look is noted. source: PIPL §23, §29; 消法 §29"""

from datetime import datetime

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.accounts.consent_texts import CONSENT_TEXTS, Purpose
from backend.complaints import phones, queries
from backend.complaints.lifecycle import SETTLEMENT
from backend.complaints.model import Settlement
from backend.complaints.phone_model import PhoneView, SharedPhone
from backend.infrastructure import audit, current
from backend.infrastructure.database import session
from backend.kernel.errors import InvalidInput, NotFound, NotPossibleNow
from backend.kernel.identifiers import check_phone

from .telling import take_back_notices, tell_owner

_SHARED = "settlement_phone_shared"


def share_phone(actor: Actor, case_no: str, *, phone: str | None = None) -> Settlement:
    """Let the request's station see a number; one that is shared already is replaced.

    phone    None takes the number that the consumer gave before
    raises   NotPossibleNow when the request is closed; InvalidInput when no number is known or it is none
    """
    settlement = _mine(actor, case_no)
    if settlement.state in SETTLEMENT.closed:
        raise NotPossibleNow("case_closed", "这件事已经结束，不用再让联络站看电话。", state=settlement.state)
    number = check_phone(phone) if phone else phones.known(actor, settlement)
    if number is None:
        raise InvalidInput("phone_missing", "请填写要让联络站看到的手机号。", fields={"phone": ["请填写。"]})
    held = phones.shared(settlement.id)
    if held is None:
        held = SharedPhone(settlement_id=settlement.id)
        session().add(held)
    held.phone, held.shared_at = number, current.now()
    held.text_sha256 = CONSENT_TEXTS[Purpose.PHONE_SHARING].sha256
    _note(actor, settlement, Action.PHONE_SHARE.value)
    take_back_notices(settlement, _SHARED)
    tell_owner(settlement, _SHARED, event=f":{held.shared_at:%Y%m%d%H%M%S}")
    return settlement


def take_back_phone(actor: Actor, case_no: str) -> Settlement:
    """The station sees the number no more; saying so twice changes nothing."""
    settlement = _mine(actor, case_no)
    if forget_phone(settlement):
        _note(actor, settlement, "phone.take_back")
    return settlement


def view_phone(actor: Actor, case_no: str) -> tuple[str, datetime]:
    """The number, to the member who has taken the request; the look is noted and shown to the consumer.

    returns   the number, and when the look was noted
    raises    NotFound when none is shared; NotPossibleNow when the actor has not taken the request
    """
    settlement = queries.settlement(actor, Action.PHONE_VIEW, case_no)
    held = phones.shared(settlement.id)
    if held is None:
        raise NotFound("phone_not_shared", "消费者没有让联络站看电话，或者已经收回。请在对话里联系。")
    owner = queries.owners([settlement]).get(settlement.id)
    if owner is None or owner.account_id != actor.account_id:
        raise NotPossibleNow(
            "not_owner", "只有在办的人能看电话。请先点“我来办”，或者请在办的同事联系。", state=settlement.state
        )
    now = current.now()
    session().add(PhoneView(settlement_id=settlement.id, member_id=actor.account_id, alias=actor.alias, at=now))
    _note(actor, settlement, Action.PHONE_VIEW.value)
    return held.phone or "", now


def forget_phone(settlement: Settlement) -> bool:
    """Taken back, or the request is over: the number is deleted. returns whether there was one"""
    held = phones.shared(settlement.id)
    if held is None:
        return False
    session().delete(held)
    take_back_notices(settlement, _SHARED)
    return True


def _mine(actor: Actor, case_no: str) -> Settlement:
    return queries.settlement(actor, Action.PHONE_SHARE, case_no)


def _note(actor: Actor, settlement: Settlement, act: str) -> None:
    audit.record(actor, act, "settlement", settlement.id, chain=settlement.county_code)
