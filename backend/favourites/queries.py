"""Reads of kept units."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.badges.model import Card
from backend.certification import queries as certificates
from backend.certification.model import Certificate
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.infrastructure.paging import newest_first
from backend.infrastructure.scoping import visible
from backend.kernel.clock import local_date
from backend.kernel.errors import NotFound
from backend.merchants.model import Unit
from backend.merchants.rules import Category

from .model import KeptUnit


@dataclass(frozen=True)
class Kept:
    """A kept unit as it stands today.

    unit   the card's section, with what the public may read
    """

    number: str
    unit: Any
    standing: str
    standing_zh: str
    kept_on: date


@dataclass(frozen=True)
class KeptPage:
    """A page of kept units. `next` is the `before` of the following page; None on the last."""

    units: Sequence[Kept]
    next: str | None


def kept(actor: Actor, before: object = None, limit: int = 50) -> KeptPage:
    """The actor's kept units, the one kept last first."""
    mine = sa.select(KeptUnit).where(visible(KeptUnit, actor, Action.UNIT_KEEP))
    page = newest_first(mine, KeptUnit, before, limit)
    ids = [row.unit_id for row in page.items]
    held, today = certificates.newest_of_units(ids), current.today()
    cards = session().execute(sa.select(Card.unit_id, Card.sections["unit"]).where(Card.unit_id.in_(ids))).all()
    units = {unit_id: unit for unit_id, unit in cards}  # noqa: C416 - typed rows
    return KeptPage([_kept(row, units[row.unit_id], held[row.unit_id], today) for row in page.items], page.next)


def is_kept(actor: Actor, unit_id: str) -> bool:
    """Whether the actor keeps this unit."""
    mine = sa.select(KeptUnit.id).where(visible(KeptUnit, actor, Action.UNIT_KEEP), KeptUnit.unit_id == unit_id)
    return session().scalar(mine) is not None


def count(account_id: str) -> int:
    """How many units a person keeps."""
    return session().scalar(sa.select(sa.func.count()).where(KeptUnit.account_id == account_id)) or 0


def keepers(unit_id: str, after: str | None, limit: int) -> Sequence[str]:
    """Account ids of who keeps a unit, in order, up to a piece. after: the last one of the piece before"""
    return _piece(sa.select(KeptUnit.account_id).where(KeptUnit.unit_id == unit_id), after, limit)


def keepers_among(counties: Sequence[str], categories: Sequence[str], after: str | None, limit: int) -> Sequence[str]:
    """Account ids of who keeps a unit of these counties and categories, once each, as `keepers`; empty means all of them."""
    statement = sa.select(KeptUnit.account_id).join(Unit, Unit.id == KeptUnit.unit_id).distinct()
    if counties:
        statement = statement.where(Unit.county_code.in_(counties))
    if categories:
        statement = statement.where(Unit.category.in_([Category(code) for code in categories]))
    return _piece(statement, after, limit)


def unit_of(number: str) -> str:
    """The unit by the number of any certificate that it held. raises NotFound when the register does not show it"""
    unit_id = certificates.by_number(number).unit_id
    if not certificates.findable(unit_id, current.today()):
        raise NotFound("unit_not_in_register", "名录里没有这家单位。证书结束满三年的单位不再列入名录。")
    return unit_id


def _piece(statement: sa.Select[str], after: str | None, limit: int) -> Sequence[str]:
    if after is not None:
        statement = statement.where(KeptUnit.account_id > after)
    return session().scalars(statement.order_by(KeptUnit.account_id).limit(limit)).all()


def _kept(row: KeptUnit, unit: Any, certificate: Certificate, today: date) -> Kept:
    found = certificate.standing_on(today)
    return Kept(certificate.number, unit, found.value, found.zh, local_date(row.kept_at))
