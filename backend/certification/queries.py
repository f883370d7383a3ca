"""Reads of certificates."""

from collections.abc import Sequence

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure.database import session
from backend.infrastructure.scoping import get_for

from .model import Certificate


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


def newest_of_unit(unit_id: str) -> Certificate | None:
    """The unit's open certificate, else the one closed last; None when it never had one."""
    statement = sa.select(Certificate).where(Certificate.unit_id == unit_id)
    newest = statement.order_by(Certificate.state_since.desc(), Certificate.id.desc())
    found = session().scalars(newest).all()
    return next(
        (row for row in found if row.state in {"certified", "rectifying", "suspended"}), next(iter(found), None)
    )


def by_ids(ids: Sequence[str]) -> Sequence[Certificate]:
    """Certificates by row id, in no order."""
    return session().scalars(sa.select(Certificate).where(Certificate.id.in_(ids))).all()
