"""Reads of certificates."""

import unicodedata
from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure.database import session
from backend.infrastructure.scoping import get_for, visible
from backend.kernel.errors import NotFound

from .lifecycle import CERTIFICATE
from .model import Certificate
from .rules import OF_STATE, PREFIX, Standing, findable_since

#: States of a certificate that is not over.
OPEN = CERTIFICATE.open


def get(actor: Actor, action: Action, number: str) -> Certificate:
    """The certificate of this number, for this action. raises NotFound, NotPermitted"""
    return get_for(
        Certificate,
        actor,
        action,
        Certificate.number,
        number,
        seen_by=Action.UNIT_READ,
        missing="没有这个证书编号，请核对。",
    )


def by_number(number: str) -> Certificate:
    """The certificate of this number; certificates are public. raises NotFound"""
    # PostgreSQL refuses to compare a NUL, SQLite does not find it.
    asked = sa.select(Certificate).filter_by(number=number)
    found = session().scalars(asked).one_or_none() if "\0" not in number else None
    if found is None:
        raise NotFound("certificate_not_found", "没有这个证书编号，请核对。")
    return found


def units_numbered(typed: str) -> Sequence[str]:
    """Ids of units that held the certificate whose number somebody typed, with or without its characters; or a plate's serial, which is
    that number and two digits."""
    whole = "".join(unicodedata.normalize("NFKC", typed).split()).upper()
    if "\0" in whole or not any(char.isdigit() for char in whole):
        return ()
    numbers = [whole, PREFIX + whole]
    numbers += [one.rpartition("-")[0] for one in numbers]
    return session().scalars(sa.select(Certificate.unit_id).where(Certificate.number.in_(numbers)).distinct()).all()


def units_in(states: Sequence[str]) -> sa.Select[str]:
    """A query for the ids of units with a certificate in one of these states."""
    return sa.select(Certificate.unit_id).where(Certificate.state.in_(states))


def findable_units(today: date, states: Sequence[str] = ()) -> sa.Select[str]:
    """A query for the ids of units that the register shows: with a certificate that is open or ended within three years.

    states   only units whose standing certificate is in one of these; all when empty
    """
    if states:
        return sa.select(Certificate.unit_id).where(stands_for_its_unit(today), Certificate.state.in_(states))
    return sa.select(Certificate.unit_id).where(_findable(today))


def findable(unit_id: str, today: date) -> bool:
    """Whether the register shows this unit."""
    return session().scalar(findable_units(today).where(Certificate.unit_id == unit_id).limit(1)) is not None


def stands_for_its_unit(today: date) -> sa.ColumnElement[bool]:
    """The condition that a certificate is the findable one that stands for its unit: the open one, else the one closed last."""
    other = sa.orm.aliased(Certificate)
    later = sa.or_(
        other.state.in_(OPEN),
        other.state_since > Certificate.state_since,
        sa.and_(other.state_since == Certificate.state_since, other.id > Certificate.id),
    )
    outdone = sa.exists().where(other.unit_id == Certificate.unit_id, other.id != Certificate.id, later)
    return sa.and_(_findable(today), sa.or_(Certificate.state.in_(OPEN), ~outdone))


def with_standing(standing: Standing, today: date) -> sa.ColumnElement[bool]:
    """The condition that a certificate has this standing today."""
    if standing is Standing.EXPIRED:
        over = sa.and_(Certificate.state.in_(OPEN), Certificate.valid_until < today)
        return sa.or_(Certificate.state == "expired", over)
    state = next((state for state, shown in OF_STATE.items() if shown is standing), "")
    condition = Certificate.state == state
    return sa.and_(condition, Certificate.valid_until >= today) if state in OPEN else condition


def not_over(today: date) -> sa.ColumnElement[bool]:
    """The condition that a certificate is neither closed nor past its last valid day."""
    return sa.and_(Certificate.state.in_(OPEN), Certificate.valid_until >= today)


def newest_of_unit(unit_id: str) -> Certificate | None:
    """The unit's open certificate, else the one closed last; None when it never had one."""
    statement = sa.select(Certificate).where(Certificate.unit_id == unit_id)
    newest = statement.order_by(Certificate.state_since.desc(), Certificate.id.desc())
    found = session().scalars(newest).all()
    return next((row for row in found if row.state in OPEN), next(iter(found), None))


def newest_of_units(unit_ids: Sequence[str]) -> dict[str, Certificate]:
    """Unit id → its certificate as `newest_of_unit` gives it; units that never had one are absent."""
    statement = sa.select(Certificate).where(Certificate.unit_id.in_(unit_ids))
    found: dict[str, Certificate] = {}
    for row in session().scalars(statement.order_by(Certificate.state_since.desc(), Certificate.id.desc())):
        held = found.get(row.unit_id)
        if held is None or (held.state not in OPEN and row.state in OPEN):
            found[row.unit_id] = row
    return found


def of_unit(unit_id: str) -> Sequence[Certificate]:
    """Every certificate that a unit ever held, the newest first."""
    statement = sa.select(Certificate).where(Certificate.unit_id == unit_id)
    return session().scalars(statement.order_by(Certificate.issued_on.desc(), Certificate.id.desc())).all()


def not_in_force(actor: Actor, today: date, limit: int = 50) -> Sequence[Certificate]:
    """Certificates that the actor may read and that do not plainly stand today, the last changed one first.

    A closed certificate whose unit holds an open one again is left out.
    """
    other = sa.orm.aliased(Certificate)
    replaced = sa.exists().where(
        other.unit_id == Certificate.unit_id, other.id != Certificate.id, other.state.in_(OPEN)
    )
    statement = sa.select(Certificate).where(
        visible(Certificate, actor, Action.UNIT_READ),
        sa.or_(Certificate.state != "certified", Certificate.valid_until < today),
        ~replaced,
    )
    return session().scalars(statement.order_by(Certificate.state_since.desc()).limit(limit)).all()


def greatest_number(prefix: str) -> int:
    """The greatest of the numbers that the register writes behind this prefix; 0 when there is none."""
    tail = sa.func.substr(Certificate.number, len(prefix) + 1)
    numbered = Certificate.number.regexp_match(f"^{prefix}[0-9]{{1,9}}$")
    return session().scalar(sa.select(sa.func.max(sa.cast(tail, sa.Integer))).where(numbered)) or 0


def by_ids(ids: Sequence[str]) -> Sequence[Certificate]:
    """Certificates by row id, in no order."""
    return session().scalars(sa.select(Certificate).where(Certificate.id.in_(ids))).all()


def _findable(today: date) -> sa.ColumnElement[bool]:
    return sa.or_(Certificate.state.in_(OPEN), Certificate.reason_on >= findable_since(today))
