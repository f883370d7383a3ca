"""Keeping a unit, taking it out, and telling who keeps it that its certificate changed."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.certification import queries as certificates
from backend.certification.model import Certificate
from backend.infrastructure import current
from backend.infrastructure.database import new_id, session, unit_of_work
from backend.infrastructure.insertion import insert_once
from backend.infrastructure.jobs import PIECE, enqueue, go_on
from backend.kernel.errors import NotPossibleNow
from backend.merchants.model import Unit
from backend.notifications import service as notifications

from . import queries
from .model import KeptUnit
from .rules import MOST_KEPT

TELL = "tell_keepers"


def keep(actor: Actor, number: str) -> None:
    """Keep a unit, by the number of its certificate; kept twice, it is kept once.

    raises   NotFound, NotPossibleNow for more than a list can hold
    """
    unit_id, account_id = queries.unit_of(number), str(actor.account_id)
    if queries.count(account_id) >= MOST_KEPT and not queries.is_kept(actor, unit_id):
        raise NotPossibleNow("too_many_kept", f"最多收藏 {MOST_KEPT} 家，请先在“我的收藏”里移出几家。")
    insert_once(KeptUnit, {"id": new_id(), "account_id": account_id, "unit_id": unit_id, "kept_at": current.now()})


def take_out(actor: Actor, number: str) -> None:
    """Keep a unit no longer; what was said of it and is unread goes. raises NotFound for a number that is none"""
    unit_id = certificates.by_number(number).unit_id
    session().execute(
        sa.delete(KeptUnit).where(KeptUnit.account_id == str(actor.account_id), KeptUnit.unit_id == unit_id)
    )
    notifications.drop(_about(unit_id), [str(actor.account_id)])


def tell(certificate: Certificate) -> None:
    """Promise, in the transaction of the change, that who keeps the unit is told how its certificate stands."""
    session().flush()
    told: dict[str, str | int] = {"certificate_id": certificate.id, "version": certificate.version}
    enqueue(TELL, told, dedupe=f"{TELL}:{certificate.id}:{certificate.version}")


def tell_piece(payload: Mapping[str, Any]) -> None:
    """The worker's job: tell a piece of those who keep the unit, and promise the next piece.

    What was said before and is unread goes. When the certificate changed again, that change's own job tells them.
    """
    with unit_of_work():
        certificate = session().get_one(Certificate, payload["certificate_id"], with_for_update=True)
        if certificate.version != payload["version"]:
            return
        about = _about(certificate.unit_id)
        people = queries.keepers(certificate.unit_id, payload.get("after"), PIECE)
        notifications.drop(about, people)
        unit_name = session().get_one(Unit, certificate.unit_id).name
        for person in people:
            notifications.queue(
                person,
                "kept_unit_changed",
                {"unit_name": unit_name, "standing": certificate.standing_on(current.today()).zh},
                event_key=f"{about}{certificate.id}:{certificate.version}",
                link=f"/units/{certificate.number}",
            )
        go_on(TELL, payload, people)


def _about(unit_id: str) -> str:
    return f"kept_unit:{unit_id}:"
