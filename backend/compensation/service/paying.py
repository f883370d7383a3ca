"""The payer's steps: agree within its caps or decline with a reason, then pay outside this system and show the voucher."""

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.casework import service as casework
from backend.compensation import queries, rules
from backend.compensation.clocks import RULES
from backend.compensation.model import AdvancePayment, Recovery
from backend.compensation.rules import Act
from backend.complaints import queries as disputes
from backend.complaints.service import words_to_consumer
from backend.infrastructure import current, signed_links
from backend.infrastructure.database import session
from backend.infrastructure.object_storage import random_key
from backend.infrastructure.photos import Photo
from backend.kernel.errors import NotFound, NotPossibleNow
from backend.kernel.identifiers import new_case_number
from backend.merchants.model import LiaisonStation

from .booking import book
from .telling import tell_consumer, tell_payer

_PURPOSE = "voucher"


def approve(actor: Actor, case_no: str) -> AdvancePayment:
    """Agree to pay first, within the station's caps.

    raises   NotPossibleNow: cap_not_set, over_case_cap, over_day_cap, or decided already
    """
    payment = queries.advance(actor, Action.ADVANCE_APPROVE, case_no)
    casework.apply(payment, "approve", actor, details={"amount_fen": payment.amount_fen})
    _within_caps(payment)
    payment.decided_by, payment.decided_on = actor.account_id, current.today()
    tell_consumer(payment, "advance_approved")
    return payment


def decline(actor: Actor, case_no: str, *, text: str | None) -> AdvancePayment:
    """Decline with a reason, as in complaints.service.words_to_consumer; the consumer may still go to the bureau."""
    payment = queries.advance(actor, Action.ADVANCE_DECLINE, case_no)
    casework.apply(payment, "decline", actor)
    payment.decided_by, payment.decided_on = actor.account_id, current.today()
    payment.decision_text = words_to_consumer(disputes.by_number(payment.settlement_no), text)
    tell_consumer(payment, "advance_declined")
    return payment


def pay(actor: Actor, case_no: str, photo: Photo, *, reference: str) -> AdvancePayment:
    """Note that the money was paid outside this system; for a stall that left, the recovery opens by itself.

    photo       of the voucher, cleaned
    reference   of the bank; its last four characters are kept
    """
    payment = queries.advance(actor, Action.ADVANCE_PAY, case_no)
    casework.apply(payment, "pay", actor, details={"amount_fen": payment.amount_fen})
    key = random_key("voucher", "jpg")
    current.runtime().storage.put(key, photo.jpeg)
    payment.voucher_key, payment.voucher_sha256 = key, photo.sha256
    payment.reference_masked = rules.masked_reference(reference)
    book(actor, payment, Act.PAID)
    if payment.host_unit_id is not None:
        _open_recovery(actor, payment)
    tell_consumer(payment, "advance_paid")
    return payment


def voucher_link(viewer: Actor, payment: AdvancePayment) -> str | None:
    """A link of five minutes to the voucher, for who may read the payment; None before it was paid."""
    if payment.voucher_key is None:
        return None
    return f"/api/v1/vouchers/{signed_links.sign(_PURPOSE, payment.id, viewer)}"


def voucher_bytes(viewer: Actor, token: str) -> bytes:
    """The JPEG behind a link. raises NotFound when the link is forged, old or another's"""
    payment = session().get_one(AdvancePayment, signed_links.read(_PURPOSE, token, viewer))
    if payment.voucher_key is None:
        raise NotFound("record_not_found", "没有找到付款凭证。")
    return current.runtime().storage.get(payment.voucher_key)


def _within_caps(payment: AdvancePayment) -> None:
    """The station's row is held, so that two cases decided at once do not both take the rest of the day."""
    session().get_one(LiaisonStation, payment.payer_station_id, with_for_update=True)
    cap = queries.cap_of(payment.payer_station_id)
    if cap is None:
        raise NotPossibleNow("cap_not_set", "请先设定每件和每天先行赔付的限额。")
    if payment.amount_fen > cap.per_case_fen:
        raise NotPossibleNow(
            "over_case_cap", f"超过每件限额 {cap.per_case_fen // 100} 元。可以提高限额，或者写明理由不同意。"
        )
    if queries.approved_on(payment.payer_station_id, current.today()) + payment.amount_fen > cap.per_day_fen:
        raise NotPossibleNow(
            "over_day_cap", f"今天同意的合计会超过每天限额 {cap.per_day_fen // 100} 元。请明天再办，或者提高限额。"
        )


def _open_recovery(actor: Actor, payment: AdvancePayment) -> None:
    recovery = Recovery(
        case_no=new_case_number("ZC", current.today()),
        payment_id=payment.id,
        unit_id=payment.unit_id,
        unit_name=payment.unit_name,
        payer_station_id=payment.payer_station_id,
        county_code=payment.county_code,
        amount_fen=payment.amount_fen,
        rule_set=RULES,
    )
    casework.apply(recovery, "open", actor, details={"amount_fen": payment.amount_fen})
    session().add(recovery)
    session().flush()
    tell_payer(recovery, "recovery_opened")
