"""Keeping a unit, taking it out, and telling who keeps it that its certificate changed."""

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.certification import queries as certificates
from backend.certification.model import Certificate
from backend.infrastructure import current
from backend.infrastructure.database import new_id, session
from backend.infrastructure.insertion import insert_once
from backend.kernel.errors import NotPossibleNow
from backend.merchants.model import Unit
from backend.notifications import service as notifications

from . import queries
from .model import KeptUnit
from .rules import MOST_KEPT


def keep(actor: Actor, number: str) -> None:
    """Keep a unit, by the number of its certificate; kept twice, it is kept once.

    raises   NotFound, NotPossibleNow for more than a list can hold
    """
    unit_id, account_id = queries.unit_of(number), str(actor.account_id)
    if queries.count(account_id) >= MOST_KEPT and not queries.is_kept(actor, unit_id):
        raise NotPossibleNow("too_many_kept", f"最多收藏 {MOST_KEPT} 家，请先在“我的收藏”里移出几家。")
    insert_once(KeptUnit, {"id": new_id(), "account_id": account_id, "unit_id": unit_id, "kept_at": current.now()})


def take_out(actor: Actor, number: str) -> None:
    """Keep a unit no longer; nothing happens when it was not kept. raises NotFound for a number that is none"""
    unit_id = certificates.by_number(number).unit_id
    session().execute(
        sa.delete(KeptUnit).where(KeptUnit.account_id == str(actor.account_id), KeptUnit.unit_id == unit_id)
    )


def tell(certificate: Certificate) -> None:
    """Tell who keeps the unit how its certificate stands now, in the transaction of the change; what was said before and is unread goes."""
    people = queries.keepers(certificate.unit_id)
    if not people:
        return
    unit = session().get_one(Unit, certificate.unit_id)
    about = f"kept_unit:{unit.id}:"
    notifications.drop(about)
    for person in people:
        notifications.queue(
            person,
            "kept_unit_changed",
            {"unit_name": unit.name, "standing": certificate.standing_on(current.today()).zh},
            event_key=f"{about}{certificate.id}:{certificate.version}",
            link=f"/units/{certificate.number}",
        )
