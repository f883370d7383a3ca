"""Reads of the council's queries."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.casework.model import Deadline, DeadlineState
from backend.infrastructure.database import session
from backend.infrastructure.scoping import get_for, visible
from backend.kernel.identifiers import read_case_number

from .lifecycle import INQUIRY
from .model import Inquiry

_MOST = 200
_RUNNING = sa.and_(
    Deadline.case_type == Inquiry.__tablename__,
    Deadline.case_id == Inquiry.id,
    Deadline.state == DeadlineState.RUNNING,
)


def inquiry(actor: Actor, action: Action, case_no: str) -> Inquiry:
    """raises NotFound, NotPermitted, InvalidInput"""
    number = read_case_number(case_no)
    return get_for(Inquiry, actor, action, Inquiry.case_no, number, seen_by=Action.INQUIRY_READ)


def inquiries(actor: Actor) -> Sequence[Inquiry]:
    """Queries that the actor may read: the longest overdue first, then what is due next, closed ones last; 200 at most."""
    closed = sa.case((Inquiry.state.in_(INQUIRY.closed), 1), else_=0)
    statement = sa.select(Inquiry).outerjoin(Deadline, _RUNNING).where(visible(Inquiry, actor, Action.INQUIRY_READ))
    return session().scalars(statement.order_by(closed, Deadline.due_at, Inquiry.id.desc()).limit(_MOST)).all()


def near(until: datetime) -> Sequence[Inquiry]:
    """Queries that nobody was reminded of and whose last moment comes before this one."""
    statement = sa.select(Inquiry).join(Deadline, _RUNNING)
    return session().scalars(statement.where(Deadline.due_at <= until, Inquiry.reminded_at.is_(None))).all()
