"""Reads of the number that a consumer lets the station see, and of who looked at it."""

from collections.abc import Sequence

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.accounts import queries as accounts
from backend.infrastructure.database import session
from backend.kernel.wording import GONE

from .model import Complainant, Settlement
from .phone_model import PhoneView, SharedPhone


def shared(settlement_id: str) -> SharedPhone | None:
    """The number that the station may see now."""
    return session().scalars(sa.select(SharedPhone).filter_by(settlement_id=settlement_id)).one_or_none()


def looks(settlement_id: str) -> Sequence[PhoneView]:
    """When members of the station looked at the number, the first look first."""
    statement = sa.select(PhoneView).filter_by(settlement_id=settlement_id).order_by(PhoneView.sequence)
    return session().scalars(statement).all()


def known(actor: Actor, settlement: Settlement) -> str | None:
    """The consumer's own number as far as they gave it before: with this request's identity, or for text messages."""
    held = session().get(Complainant, settlement.complainant_id) if settlement.complainant_id else None
    if held is not None and held.phone not in {None, GONE}:
        return held.phone
    return accounts.phone_of(str(actor.account_id))
