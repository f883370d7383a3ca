"""Books an act into the ledger, both sides at once; append-only from then on."""

from backend.access.actor import Actor
from backend.compensation.model import AdvancePayment, LedgerEntry
from backend.compensation.rules import Act, entries
from backend.infrastructure import current
from backend.infrastructure.database import session


def book(actor: Actor, payment: AdvancePayment, act: Act) -> None:
    """Write what an act moved. An act that is booked twice breaks the unique constraint."""
    for account, amount in entries(act, payment.amount_fen, for_stall=payment.host_unit_id is not None).items():
        session().add(
            LedgerEntry(
                payment_id=payment.id,
                act=act,
                account=account,
                amount_fen=amount,
                booked_by=str(actor.account_id),
                at=current.now(),
            )
        )
