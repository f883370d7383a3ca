"""Tables of the calendar, the deadlines and the events, and what every case has in common."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from backend.infrastructure.database import AppendOnly, Json, Model, RowBase, UtcDateTime, enum_column
from backend.kernel.regulation import ClockRule
from backend.kernel.transitions import Table


class CalendarYear(RowBase):
    """Whether the State Council's holiday notice for a year is known. `version` changes with every loading."""

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    published: Mapped[bool]
    source: Mapped[str] = mapped_column(sa.String(200))
    version: Mapped[int] = mapped_column(default=1)


class CalendarDay(RowBase):
    """A day that differs from its weekday: a day off, or a make-up working day (调休)."""

    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    name: Mapped[str] = mapped_column(sa.String(40))


class DeadlineState(StrEnum):
    """A deadline runs, is held (its time does not count), or has stopped."""

    RUNNING = "running"
    HELD = "held"
    STOPPED = "stopped"


class Deadline(Model):
    """One clock of one case. Late stays late: a trigger forbids moving the start, a stop, or a breach once marked.

    calendar_version   the calendar by which `due_at` was counted; `provisional` until its last year is published
    held_days          natural days that did not count, already part of `due_at`
    """

    __table_args__ = (
        sa.Index(None, "case_type", "case_id"),
        sa.Index(None, "state", "due_at"),
        sa.Index(
            "uq_deadline_open",
            "case_id",
            "clock",
            unique=True,
            sqlite_where=sa.text("state <> 'stopped'"),
            postgresql_where=sa.text("state <> 'stopped'"),
        ),
    )

    case_type: Mapped[str] = mapped_column(sa.String(40))
    case_id: Mapped[str] = mapped_column(sa.Uuid(as_uuid=False))
    clock: Mapped[str] = mapped_column(sa.String(10))
    rule_set: Mapped[str] = mapped_column(sa.String(40))
    state: Mapped[DeadlineState] = mapped_column(enum_column(DeadlineState), default=DeadlineState.RUNNING)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime())
    due_at: Mapped[datetime] = mapped_column(UtcDateTime())
    provisional: Mapped[bool] = mapped_column(default=False)
    calendar_version: Mapped[str] = mapped_column(sa.String(80))
    held_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    held_days: Mapped[int] = mapped_column(default=0)
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    breached_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class CaseEvent(AppendOnly):
    """One step of one case: what happened, by whom, from which state to which. No personal values."""

    __table_args__ = (sa.Index(None, "case_type", "case_id"),)

    case_type: Mapped[str] = mapped_column(sa.String(40))
    case_id: Mapped[str] = mapped_column(sa.Uuid(as_uuid=False))
    action: Mapped[str] = mapped_column(sa.String(60))
    from_state: Mapped[str | None] = mapped_column(sa.String(40))
    to_state: Mapped[str] = mapped_column(sa.String(40))
    actor_id: Mapped[str | None] = mapped_column(sa.Uuid(as_uuid=False))
    actor_kind: Mapped[str] = mapped_column(sa.String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime())
    ground: Mapped[str | None] = mapped_column(sa.String(120))
    details: Mapped[Any] = mapped_column(Json, nullable=True)


class Case(Model):
    """Base of every row that has a lifecycle.

    __lifecycle__   its table of transitions
    __clocks__      the clock rules by rule-set code, each by clock code
    """

    __abstract__ = True
    __lifecycle__: ClassVar[Table]
    __clocks__: ClassVar[dict[str, dict[str, ClockRule]]]

    state: Mapped[str | None] = mapped_column(sa.String(40))
    rule_set: Mapped[str] = mapped_column(sa.String(40))
    county_code: Mapped[str] = mapped_column(sa.String(6), index=True)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime())
    state_since: Mapped[datetime] = mapped_column(UtcDateTime())
    version: Mapped[int]

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805  (a declared attribute's receiver is the class)
        return {"version_id_col": cls.version}
