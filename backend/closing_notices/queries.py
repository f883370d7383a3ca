"""Reads of closing notices."""

from collections.abc import Sequence

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.certification import queries as certificates
from backend.infrastructure.database import session
from backend.infrastructure.scoping import get_for

from .model import ClosingNotice

_MOST = 50


def of_unit(actor: Actor, number: str) -> Sequence[ClosingNotice]:
    """Every notice of the unit with this certificate, the newest first. raises NotFound, NotPermitted"""
    return of(certificates.get(actor, Action.CLOSING_READ, number).unit_id)


def of(unit_id: str) -> Sequence[ClosingNotice]:
    """As `of_unit`, of a unit that the caller may read."""
    statement = sa.select(ClosingNotice).where(ClosingNotice.unit_id == unit_id).order_by(ClosingNotice.id.desc())
    return session().scalars(statement.limit(_MOST)).all()


def notice(actor: Actor, action: Action, case_no: str) -> ClosingNotice:
    """raises NotFound, NotPermitted"""
    return get_for(
        ClosingNotice,
        actor,
        action,
        ClosingNotice.case_no,
        case_no,
        seen_by=Action.CLOSING_READ,
        missing="没有这份公告，请核对编号。",
    )
