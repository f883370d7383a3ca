"""An advance payment as its reader sees it, with what this reader may do now. For routes and pages."""

from types import SimpleNamespace

from backend.access.actor import Actor
from backend.access.decide import permits
from backend.access.policy import Action
from backend.casework import service as casework

from .model import AdvancePayment

_STEPS = {"approve": Action.ADVANCE_APPROVE, "decline": Action.ADVANCE_DECLINE, "pay": Action.ADVANCE_PAY}


def advance_view(actor: Actor, payment: AdvancePayment) -> SimpleNamespace:
    """The row, with `state_zh`, `allowed` (names of steps) and `own` (whether the actor asked for it)."""
    columns = {attribute.key: getattr(payment, attribute.key) for attribute in payment.__mapper__.column_attrs}
    return SimpleNamespace(
        **columns,
        state_zh=payment.__lifecycle__.states[payment.state or ""],
        own=payment.consumer_id == actor.account_id,
        allowed=[
            name
            for name in casework.allowed(payment)
            if name in _STEPS and permits(actor, _STEPS[name], payment, payment.__scope__)
        ],
    )
