"""Reads for the bureau: the settlement requests with which a liaison station is late."""

from collections.abc import Sequence

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.casework.model import Deadline, DeadlineState
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.infrastructure.scoping import visible

from .model import Settlement

#: Clocks that the station has to keep.
STATION_CLOCKS = ("M0", "M1", "M2", "M3", "M8")


def overdue_at_stations(
    actor: Actor, page: int, size: int
) -> tuple[Sequence[tuple[Settlement, Sequence[Deadline]]], int]:
    """One page of the requests with which a station is late, the longest overdue first, and how many there are.

    page      from 1
    returns   each with the deadlines that have passed and still run, the longest overdue first
    """
    late = (
        sa.select(Deadline.case_id, sa.func.min(Deadline.due_at).label("since"))
        .where(*_late_at_station())
        .group_by(Deadline.case_id)
        .subquery()
    )
    found = sa.select(Settlement).join(late, late.c.case_id == Settlement.id)
    found = found.where(visible(Settlement, actor, Action.SETTLEMENT_WATCH))
    total = session().scalar(found.with_only_columns(sa.func.count())) or 0
    ordered = found.order_by(late.c.since, Settlement.id).limit(size).offset((page - 1) * size)
    rows = session().scalars(ordered).all()
    passed: dict[str, list[Deadline]] = {row.id: [] for row in rows}
    mine = sa.select(Deadline).where(*_late_at_station(), Deadline.case_id.in_(passed)).order_by(Deadline.due_at)
    for deadline in session().scalars(mine):
        passed[deadline.case_id].append(deadline)
    return [(row, passed[row.id]) for row in rows], total


def _late_at_station() -> tuple[sa.ColumnElement[bool], ...]:
    return (
        Deadline.case_type == "settlement",
        Deadline.clock.in_(STATION_CLOCKS),
        Deadline.state == DeadlineState.RUNNING,
        Deadline.due_at < current.now(),
    )
