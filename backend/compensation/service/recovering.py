"""The host gets back from the stall what it paid, or gives it up; both are booked."""

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.casework import service as casework
from backend.compensation import queries
from backend.compensation.model import AdvancePayment, Recovery
from backend.compensation.rules import Act
from backend.infrastructure.database import session

from .booking import book


def recover(actor: Actor, case_no: str, *, text: str) -> Recovery:
    """Note that the stall paid the whole amount back. text: how"""
    return _end(actor, queries.recovery(actor, Action.RECOVERY_RECOVER, case_no), "recover", Act.RECOVERED, text)


def write_off(actor: Actor, case_no: str, *, text: str) -> Recovery:
    """Give the amount up. text: why"""
    return _end(actor, queries.recovery(actor, Action.RECOVERY_WRITE_OFF, case_no), "write_off", Act.WRITTEN_OFF, text)


def _end(actor: Actor, recovery: Recovery, action: str, act: Act, text: str) -> Recovery:
    casework.apply(recovery, action, actor, details={"amount_fen": recovery.amount_fen})
    recovery.result_text = text
    book(actor, session().get_one(AdvancePayment, recovery.payment_id), act)
    return recovery
