"""Reads of removal proposals."""

from collections.abc import Sequence

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure.database import session
from backend.infrastructure.scoping import get_for, visible
from backend.kernel.identifiers import read_case_number

from .lifecycle import REMOVAL
from .model import Removal


def removal(actor: Actor, action: Action, case_no: str) -> Removal:
    """raises NotFound, NotPermitted, InvalidInput"""
    return get_for(Removal, actor, action, Removal.case_no, read_case_number(case_no), seen_by=Action.REMOVAL_READ)


def removals(actor: Actor, *, only_open: bool = False) -> Sequence[Removal]:
    """The proposals that the actor may read, the newest first."""
    statement = sa.select(Removal).where(visible(Removal, actor, Action.REMOVAL_READ))
    if only_open:
        statement = statement.where(Removal.state.not_in(REMOVAL.closed))
    return session().scalars(statement.order_by(Removal.id.desc()).limit(200)).all()


def open_for(certificate_id: str) -> Removal | None:
    """The proposal for this certificate that is under way."""
    statement = sa.select(Removal).where(Removal.certificate_id == certificate_id, Removal.state.not_in(REMOVAL.closed))
    return session().scalars(statement).one_or_none()
