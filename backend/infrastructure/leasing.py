"""Leases: how rows that stand for work are taken by one worker at a time, kept, finished, tried again or given up.

The table is the truth. A row is claimed by one conditional UPDATE, tries counted before the call; whoever claims gets a token, and only
the holder of the present token can record an outcome, so a worker that was thought dead cannot overwrite its successor. Delivery is
at least once: work is repeated when a worker dies between doing and recording, so every handler is idempotent.
"""

import logging
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from . import current
from .database import Model, UtcDateTime, enum_column, new_id, session, unit_of_work

#: How long a claimed row is kept from other workers unless its holder extends the lease.
LEASE = timedelta(seconds=60)
_FIRST_PAUSE_S = 10.0
_LONGEST_PAUSE_S = 3600.0
_REASON_LENGTH = 120
_log = logging.getLogger(__name__)
_random = secrets.SystemRandom()


class WorkState(StrEnum):
    """READY to be claimed when due; DONE; DEAD: given up, for a person to look at; DROPPED: not wanted any more."""

    READY = "ready"
    DONE = "done"
    DEAD = "dead"
    DROPPED = "dropped"


class LeasedRow(Model):
    """Base of rows that are work.

    MOST_TRIES   after so many tries a row is dead; with the pauses of `pause` the last one is about three hours after the first
    due_at       not before this instant
    tries        counted when claimed, so work that kills its worker is counted too
    reason       why the last try failed or the row was dropped: an error's name, never its text, which may quote a person
    """

    __abstract__ = True
    MOST_TRIES: ClassVar[int] = 12

    state: Mapped[WorkState] = mapped_column(enum_column(WorkState), default=WorkState.READY)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime())
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime())
    lease_token: Mapped[str | None] = mapped_column(sa.Uuid(as_uuid=False))
    tries: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str | None] = mapped_column(sa.String(_REASON_LENGTH))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime())
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:  # noqa: N805  (a declared attribute's receiver is the class)
        return (*cls.constraints(), ready_index(cls.__tablename__), sa.Index(None, "state", "finished_at"))

    @classmethod
    def constraints(cls) -> tuple[Any, ...]:
        """The model's own constraints and indexes."""
        return ()


R = TypeVar("R", bound=LeasedRow)


def ready_index(table: str) -> sa.Index:
    """Index by which due rows are found; finished rows are not in it, so it stays small."""
    ready = sa.text("state = 'ready'")
    return sa.Index(f"ix_{table}_ready", "due_at", "id", sqlite_where=ready, postgresql_where=ready)


def claim(model: type[R], limit: int, lease: timedelta = LEASE) -> Sequence[R]:
    """Take up to `limit` due rows; no other worker gets them until the lease is over. Opens its own units of work.

    returns   detached rows, the longest due first, each with its `lease_token`
    Rows that were tried too often and whose lease has run out are buried: they died with their workers.
    """
    # A look without a write first: an idle worker must not queue for the embedded database's only writer every second.
    with unit_of_work(read_only=True) as opened:
        if opened.scalar(sa.select(model.id).where(*_claimable(model)).limit(1)) is None:
            return ()
    with unit_of_work() as opened:
        _bury(model)
        # Materialised, because PostgreSQL may otherwise run the sub-select, and its LIMIT, more than once.
        ready = (
            sa.select(model.id)
            .where(*_claimable(model))
            .order_by(model.due_at, model.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
            .cte("due")
            .prefix_with("MATERIALIZED", dialect="postgresql")
        )
        statement = (
            sa.update(model)
            .where(model.id.in_(sa.select(ready.c.id)))
            .values(lease_until=current.now() + lease, lease_token=new_id(), tries=model.tries + 1)
            .returning(model)
            .execution_options(synchronize_session=False, populate_existing=True)
        )
        rows = sorted(opened.scalars(statement).all(), key=lambda row: (row.due_at, row.id))
        for row in rows:
            opened.expunge(row)
    return rows


def extend(row: LeasedRow, lease: timedelta = LEASE) -> bool:
    """Keep a claimed row for another lease from now.

    returns   False when the row is not ours any more: taken over, dropped or finished
    """
    return _set_if_held(row, lease_until=current.now() + lease)


def finish(
    row: LeasedRow,
    state: WorkState = WorkState.DONE,
    reason: str | None = None,
    *,
    then: Callable[[], None] | None = None,
) -> bool:
    """Record the outcome of a claimed row.

    then      what is written in the same unit of work, if the outcome is recorded
    returns   False, and nothing is recorded, when the row is not ours any more
    """
    return _set_if_held(
        row,
        then,
        state=state,
        reason=reason[:_REASON_LENGTH] if reason else None,
        lease_until=None,
        lease_token=None,
        finished_at=current.now(),
    )


def retry(
    row: LeasedRow, reason: str, *, until: datetime | None = None, then: Callable[[], None] | None = None
) -> WorkState | None:
    """Give a claimed row back after a failed try: due again after a pause, dead after the last try.

    until     drop the row instead when the next try would be at or after this instant
    then      what is written in the same unit of work when the row is given up
    returns   the state that was recorded; None when the row is not ours any more
    """
    due_at = current.now() + pause(row.tries)
    if until is not None and due_at >= until:
        state = WorkState.DROPPED
    elif row.tries >= row.MOST_TRIES:
        state = WorkState.DEAD
    else:
        given_back = _set_if_held(
            row, due_at=due_at, reason=reason[:_REASON_LENGTH], lease_until=None, lease_token=None
        )
        return WorkState.READY if given_back else None
    return state if finish(row, state, reason, then=then) else None


def put_off(row: LeasedRow, until: datetime) -> bool:
    """Give a claimed row back untried: due again at `until`. returns False when the row is not ours any more"""
    return _set_if_held(row, due_at=until, tries=row.tries - 1, lease_until=None, lease_token=None)


def revive(model: type[LeasedRow], row_id: str) -> bool:
    """Make a dead row ready again with all its tries. Inside the caller's unit of work. returns whether it was dead"""
    statement = (
        sa.update(model)
        .where(model.id == row_id, model.state == WorkState.DEAD)
        .values(state=WorkState.READY, tries=0, due_at=current.now(), finished_at=None)
        .execution_options(synchronize_session=False)
    )
    return bool(_count(statement))


def pause(tries: int) -> timedelta:
    """How long to wait after the nth failed try: 10 s doubling to one hour, each drawn from its upper half.

    The draw keeps rows that failed together from coming back together.
    """
    longest = min(_FIRST_PAUSE_S * 2 ** max(tries - 1, 0), _LONGEST_PAUSE_S)
    return timedelta(seconds=_random.uniform(longest / 2, longest))


def _claimable(model: type[LeasedRow]) -> tuple[sa.ColumnElement[bool], ...]:
    now = current.now()
    return (
        # Written out, since a bound value would not let the database see that the partial index holds every such row.
        model.state == sa.literal_column("'ready'"),
        model.due_at <= now,
        sa.or_(model.lease_until.is_(None), model.lease_until <= now),
    )


def _bury(model: type[LeasedRow]) -> None:
    statement = (
        sa.update(model)
        .where(*_claimable(model), model.tries >= model.MOST_TRIES)
        .values(
            state=WorkState.DEAD, reason="worker_lost", finished_at=current.now(), lease_until=None, lease_token=None
        )
        .execution_options(synchronize_session=False)
    )
    buried = _count(statement)
    if buried:
        _log.error("work given up after its workers died", extra={"table": model.__tablename__, "rows": buried})


def _set_if_held(row: LeasedRow, then: Callable[[], None] | None = None, **values: Any) -> bool:
    model = type(row)
    statement = (
        sa.update(model)
        .where(model.id == row.id, model.state == WorkState.READY, model.lease_token == row.lease_token)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    with unit_of_work():
        held = bool(_count(statement))
        if held and then is not None:
            then()
        return held


def _count(statement: sa.Update) -> int:
    result = session().execute(statement)
    return int(getattr(result, "rowcount", 0))
