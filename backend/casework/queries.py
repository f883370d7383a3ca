"""Reads of deadlines, events and the calendar."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa

from backend.infrastructure.database import session

from .model import Case, CaseEvent, Deadline, DeadlineState


def open_deadlines(case: Case) -> Sequence[Deadline]:
    """Running and held deadlines of a case, the nearest first."""
    return session().scalars(_open(case.__tablename__, [case.id])).all()


def next_deadlines(case_type: str, case_ids: Iterable[str]) -> dict[str, Deadline]:
    """Case id → its nearest open deadline, for lists; cases without one are absent."""
    found: dict[str, Deadline] = {}
    for deadline in session().scalars(_open(case_type, list(case_ids))):
        found.setdefault(deadline.case_id, deadline)
    return found


def open_deadlines_of(case_type: str, case_ids: Iterable[str]) -> dict[str, list[Deadline]]:
    """Case id → its running and held deadlines, the nearest first, for lists; cases without one are absent."""
    found: dict[str, list[Deadline]] = {}
    for deadline in session().scalars(_open(case_type, list(case_ids))):
        found.setdefault(deadline.case_id, []).append(deadline)
    return found


def deadlines(case: Case) -> Sequence[Deadline]:
    """Every deadline of a case, in the order they started."""
    statement = sa.select(Deadline).where(Deadline.case_type == case.__tablename__, Deadline.case_id == case.id)
    return session().scalars(statement.order_by(Deadline.started_at, Deadline.id)).all()


def events(case: Case) -> Sequence[CaseEvent]:
    """Every step of a case, the first one first."""
    statement = sa.select(CaseEvent).where(CaseEvent.case_type == case.__tablename__, CaseEvent.case_id == case.id)
    return session().scalars(statement.order_by(CaseEvent.sequence)).all()


def due_case_ids(case_type: str, clock: str, before: datetime, limit: int = 200) -> Sequence[str]:
    """Ids of cases whose clock has run out before an instant and still runs, the oldest first."""
    statement = (
        sa.select(Deadline.case_id)
        .where(
            Deadline.case_type == case_type,
            Deadline.clock == clock,
            Deadline.state == DeadlineState.RUNNING,
            Deadline.due_at < before,
        )
        .order_by(Deadline.due_at)
        .limit(limit)
    )
    return session().scalars(statement).all()


def state_of(case_type: str, case_id: str) -> str | None:
    """The present state of a case of any kind; None when there is no such case."""
    kind = next((kind for kind in Case.__subclasses__() if kind.__tablename__ == case_type), None)
    return None if kind is None else session().scalar(sa.select(kind.state).where(kind.id == case_id))


def _open(case_type: str, case_ids: list[str]) -> sa.Select[Deadline]:
    return (
        sa.select(Deadline)
        .where(
            Deadline.case_type == case_type,
            Deadline.case_id.in_(case_ids),
            Deadline.state != DeadlineState.STOPPED,
        )
        .order_by(Deadline.state == DeadlineState.HELD, Deadline.due_at)
    )
