"""The liaison station's steps: offer or refuse. The station reads an alias, never a name or a phone number."""

from datetime import date, timedelta

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.casework import service as casework
from backend.complaints import queries
from backend.complaints.model import Settlement
from backend.complaints.rules import Offer
from backend.infrastructure import current
from backend.kernel.errors import InvalidInput

from .holding import take_up
from .protection import words_to_consumer
from .telling import due_of, refresh_outcomes, take_back_notices, tell_consumer

#: What the station was reminded of while it had not answered.
_REMINDERS = ("deadline_near", "settlement_unanswered", "settlement_delaying", "deadline_missed")


def offer(
    actor: Actor, case_no: str, *, kind: Offer, amount_fen: int, text: str | None, perform_by: date | None
) -> Settlement:
    """Offer a solution; only the request's owner can, and who answers first owns it.

    text         as in protection.words_to_consumer
    perform_by   last day to perform, at most 60 days from now; None means the three days of the Zhejiang rules
    source       浙江省实施〈消费者权益保护法〉办法 §31
    """
    settlement = queries.settlement(actor, Action.SETTLEMENT_OFFER, case_no)
    if perform_by is not None and not current.today() <= perform_by <= current.today() + timedelta(days=60):
        raise InvalidInput(
            "perform_by_out_of_range",
            "履行日期应在今天起 60 天以内。",
            fields={"perform_by": ["请选 60 天以内的日期。"]},
        )
    if kind in {Offer.REFUND, Offer.PAY} and amount_fen == 0:
        raise InvalidInput("offer_amount_missing", "退款或赔付要写明金额。", fields={"amount_fen": ["请填写金额。"]})
    words = words_to_consumer(settlement, text)
    take_up(actor, settlement)
    _note_answer(settlement)
    casework.apply(settlement, "offer", actor, details={"kind": kind.value, "amount_fen": amount_fen})
    settlement.offer_kind, settlement.offer_fen = kind, amount_fen
    settlement.offer_text, settlement.perform_by = words, perform_by
    take_back_notices(settlement, *_REMINDERS)
    tell_consumer(settlement, "settlement_offered", due=due_of(settlement))
    refresh_outcomes(settlement.unit_id)
    return settlement


def refuse(actor: Actor, case_no: str, *, text: str | None) -> Settlement:
    """Refuse with a reason, as in protection.words_to_consumer; the consumer may go to the bureau at once."""
    settlement = queries.settlement(actor, Action.SETTLEMENT_REFUSE, case_no)
    words = words_to_consumer(settlement, text)
    take_up(actor, settlement)
    _note_answer(settlement)
    casework.apply(settlement, "refuse", actor)
    settlement.refusal_text = words
    take_back_notices(settlement, *_REMINDERS)
    tell_consumer(settlement, "settlement_refused", due=due_of(settlement))
    refresh_outcomes(settlement.unit_id)
    return settlement


def _note_answer(settlement: Settlement) -> None:
    """How long the first answer took, for the station's figures; a later offer does not change it."""
    if settlement.answered_in_min is None:
        settlement.answered_in_min = int((current.now() - settlement.opened_at) / timedelta(minutes=1))
