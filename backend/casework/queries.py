"""Reads of deadlines, events and the calendar."""

import hmac
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa

from backend.infrastructure.database import Model, session
from backend.kernel.errors import DomainError, NotFound
from backend.kernel.identifiers import access_hash, read_case_number

from . import calendar
from .model import Case, CaseEvent, Deadline, DeadlineState

#: What the start of a clock asks.
CALENDAR = calendar.YEARS
FollowedT = TypeVar("FollowedT", bound=Model)


def by_access_code(model: type[FollowedT], case_no: str, code: str, *, numbered_by: str = "case_no") -> FollowedT:
    """The case of this number, for who knows its access code; locked by writers.

    model          of what is followed without signing in: with a number and access_hash
    numbered_by    the number's attribute
    raises         NotFound, the same for a wrong number or code
    """
    missing = NotFound("progress_not_found", "编号或查询码不对，请核对后再试。")
    try:
        number = read_case_number(case_no)
    except DomainError:
        raise missing from None
    statement = sa.select(model).where(getattr(model, numbered_by) == number)
    if session().info.get("unit_of_work") == "write":
        statement = statement.with_for_update()
    found: Any = session().scalars(statement).one_or_none()
    known = (found.access_hash if found else None) or ""
    if not hmac.compare_digest(known, access_hash(code)) or found is None:
        raise missing
    return found  # type: ignore[no-any-return]


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
