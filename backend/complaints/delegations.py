"""Reads of delegated mediations."""

from collections.abc import Sequence

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.casework.model import Deadline, DeadlineState
from backend.infrastructure.database import session
from backend.infrastructure.scoping import get_for, visible
from backend.kernel.identifiers import read_case_number

from .delegation_model import Delegation
from .lifecycle import DELEGATION
from .model import Complaint


def delegation(actor: Actor, action: Action, case_no: str) -> Delegation:
    """raises NotFound, NotPermitted, InvalidInput"""
    number = read_case_number(case_no)
    return get_for(Delegation, actor, action, Delegation.case_no, number, seen_by=Action.DELEGATION_READ)


def desk(actor: Actor, limit: int = 200) -> Sequence[tuple[Delegation, Deadline | None]]:
    """Delegations that the actor may read: the longest overdue first, then what is due next, closed ones last."""
    running = sa.and_(
        Deadline.case_type == Delegation.__tablename__,
        Deadline.case_id == Delegation.id,
        Deadline.state != DeadlineState.STOPPED,
    )
    closed = sa.case((Delegation.state.in_(DELEGATION.closed), 1), else_=0)
    statement = (
        sa.select(Delegation, Deadline)
        .outerjoin(Deadline, running)
        .where(visible(Delegation, actor, Action.DELEGATION_READ))
        .order_by(closed, Deadline.due_at, Delegation.id.desc())
        .limit(limit)
    )
    return [(one, deadline) for one, deadline in session().execute(statement)]


def of_complaint(complaint: Complaint) -> Delegation | None:
    """The last delegation of a complaint."""
    statement = sa.select(Delegation).filter_by(complaint_id=complaint.id).order_by(Delegation.id.desc())
    return session().scalars(statement.limit(1)).one_or_none()
