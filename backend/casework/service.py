"""Moves cases: the one place that changes a state, writes events and turns clocks."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.infrastructure import audit, current
from backend.infrastructure.database import new_id, session
from backend.infrastructure.insertion import insert_later
from backend.kernel.clock import end_of_local_day, local_date, span
from backend.kernel.errors import NotPossibleNow
from backend.kernel.regulation import due
from backend.kernel.transitions import Row, step

from . import calendar
from .model import Case, CaseEvent, Deadline, DeadlineState

#: In place of a calendar's version, for last days that people agreed on: no calendar moves them.
_AGREED = "agreed"


class Started(NamedTuple):
    """A clock as a step started it; reads like the `Deadline` that it is."""

    clock: str
    rule_set: str
    due_at: datetime
    provisional: bool
    state: DeadlineState = DeadlineState.RUNNING
    breached_at: datetime | None = None


class Taken(NamedTuple):
    """What a step wrote: its event by column, and the clocks that it started."""

    event: Mapping[str, Any]
    started: Sequence[Started]


def apply(
    case: Case,
    action: str,
    actor: Actor,
    *,
    ground: str | None = None,
    details: Mapping[str, Any] | None = None,
    facts: Mapping[str, bool] | None = None,
    due_on: Mapping[str, date] | None = None,
) -> Taken:
    """Take one step of a case's lifecycle: state, event, clocks and audit, or nothing.

    ground    reason code or article, noted with the event
    details   ids and numbers noted with the event; never personal values
    facts     answers to the guards of this lifecycle other than expired clocks, e.g. {"decider is not proposer": True}
    due_on    clock code → last day, for clocks whose length was agreed or decided for this case
    raises    NotPossibleNow with the state, what is allowed, and how long is left where a clock must run out first
    """
    table = case.__lifecycle__
    row = step(table, case.state, action)
    _check_guard(case, row, facts or {})
    before, now = case.state, current.now()
    if row.target != before:  # a step from a state to itself does not begin it again
        case.state, case.state_since = row.target, now
    if before is None:
        case.opened_at = now
    for code in row.stops:
        _stop(case, code)
    for code in row.ends:
        _stop_if_open(case, code)
    for code in row.holds:
        _hold(case, code)
    for code in row.resumes:
        _resume(case, code)
    started = [_start(case, code, (due_on or {}).get(code)) for code in row.starts]
    event = {
        "case_type": case.__tablename__,
        "case_id": case.id,
        "action": action,
        "from_state": before,
        "to_state": row.target,
        "actor_id": actor.account_id,
        "actor_kind": actor.kind,
        "at": now,
        "ground": ground,
        "details": dict(details) if details else None,
    }
    insert_later(CaseEvent, event)
    audit.record(
        actor,
        f"{case.__tablename__}.{action}",
        case.__tablename__,
        case.id,
        chain=case.county_code,
        ground=ground,
        before={"state": before},
        after={"state": row.target},
    )
    return Taken(event, started)


def allowed(case: Case) -> list[str]:
    """Actions that the case's state allows, whether or not their guards hold, in the order of the table."""
    return [row.action for row in case.__lifecycle__.rows if row.source == case.state]


def expired(case: Case, clock: str) -> bool:
    """Whether this clock of the case runs and its last moment has passed."""
    deadline = _running(case, clock)
    return deadline is not None and deadline.due_at < current.now()


def mark_breaches(case_type: str, clocks: tuple[str, ...], limit: int = 500) -> list[tuple[str, str]]:
    """Note every running deadline of these clocks that has passed and is not yet marked; late stays late.

    returns   pairs (case id, clock code) newly marked, the oldest first
    """
    found = session().scalars(
        sa.select(Deadline)
        .where(
            Deadline.case_type == case_type,
            Deadline.clock.in_(clocks),
            Deadline.state == DeadlineState.RUNNING,
            Deadline.due_at < current.now(),
            Deadline.breached_at.is_(None),
        )
        .order_by(Deadline.due_at)
        .limit(limit)
    )
    marked = []
    for deadline in found:
        deadline.breached_at = current.now()
        marked.append((deadline.case_id, deadline.clock))
    return marked


def publish_year(actor: Actor, notice: calendar.Notice, source: str) -> int:
    """Load the State Council's notice for a year and count what stood on the year before it was known.

    source    the notice's number, kept with the year
    returns   how many open deadlines have another last moment now
    """
    calendar.publish(actor, notice, source)
    return _recount()


def _recount() -> int:
    """Count every open deadline again that another state of the calendar gave; a breach that is marked stays where it is."""
    working = calendar.load()
    kinds = {kind.__tablename__: kind for kind in Case.__subclasses__()}
    outdated = sa.select(Deadline).where(
        Deadline.state != DeadlineState.STOPPED, Deadline.calendar_version.not_in((working.version, _AGREED))
    )
    moved = 0
    for deadline in session().scalars(outdated).all():
        rule = kinds[deadline.case_type].__clocks__[deadline.rule_set][deadline.clock]
        counted = due(rule, deadline.started_at, working, held_days=deadline.held_days)
        deadline.provisional, deadline.calendar_version = counted.provisional, working.version
        if deadline.breached_at is None and deadline.due_at != counted.at:
            deadline.due_at = counted.at
            moved += 1
    return moved


def move_due(case: Case, clock: str, last_day: date) -> None:
    """Set the last day of an open clock whose length is decided case by case; a breach that is marked stays."""
    deadline = _open(case, clock)
    if deadline.breached_at is None:
        deadline.due_at, deadline.provisional = end_of_local_day(last_day), False
        deadline.calendar_version = _AGREED


def _check_guard(case: Case, row: Row, facts: Mapping[str, bool]) -> None:
    if row.guard is None:
        return
    clock, _, word = row.guard.partition(" ")
    if word == "expired":
        deadline = _open(case, clock)
        reached = deadline.held_at or current.now()
        if deadline.due_at >= reached:
            left = span(deadline.due_at - reached)
            raise NotPossibleNow(
                "deadline_not_reached",
                f"还没有到可以这样做的时间，还剩 {left}。",
                state=case.state,
                allowed=[name for name in allowed(case) if name != row.action],
                article=row.article,
            )
    elif not facts[row.guard]:
        raise NotPossibleNow(
            "guard_not_met",
            f"现在不能这样做：{row.guard}。",
            state=case.state,
            allowed=allowed(case),
            article=row.article,
        )


def _start(case: Case, code: str, last_day: date | None) -> Started:
    now = current.now()
    if last_day is None:
        working = calendar.load()
        counted = due(case.__clocks__[case.rule_set][code], now, working)
        due_at, provisional, version = counted.at, counted.provisional, working.version
    else:
        due_at, provisional, version = end_of_local_day(last_day), False, _AGREED
    deadline = {
        "id": new_id(),
        "case_type": case.__tablename__,
        "case_id": case.id,
        "clock": code,
        "rule_set": case.rule_set,
        "state": DeadlineState.RUNNING,
        "started_at": now,
        "due_at": due_at,
        "provisional": provisional,
        "calendar_version": version,
        "held_days": 0,
    }
    insert_later(Deadline, deadline)
    return Started(code, case.rule_set, due_at, provisional)


def _stop(case: Case, code: str) -> None:
    _end(case, _open(case, code))


def _stop_if_open(case: Case, code: str) -> None:
    session().flush()
    deadline = _find(case, code, Deadline.state != DeadlineState.STOPPED)
    if deadline is not None:
        _end(case, deadline)


def _end(case: Case, deadline: Deadline) -> None:
    _mark_if_late(case, deadline)
    deadline.state, deadline.stopped_at = DeadlineState.STOPPED, current.now()


def _hold(case: Case, code: str) -> None:
    deadline = _open(case, code)
    _mark_if_late(case, deadline)
    deadline.state, deadline.held_at = DeadlineState.HELD, current.now()


def _mark_if_late(case: Case, deadline: Deadline) -> None:
    """Before a step moves the last moment or ends the clock: the sweep may not have been there yet."""
    if case.__clocks__[deadline.rule_set][deadline.clock].window:
        return
    now = current.now()
    if deadline.state is DeadlineState.RUNNING and deadline.due_at < now and deadline.breached_at is None:
        deadline.breached_at = now


def _resume(case: Case, code: str) -> None:
    deadline = _open(case, code)
    if deadline.held_at is None:
        raise RuntimeError(f"clock {code} is not held")
    held = (current.today() - local_date(deadline.held_at)).days
    rule = case.__clocks__[deadline.rule_set][code]
    deadline.held_days += held
    working = calendar.load()
    counted = due(rule, deadline.started_at, working, held_days=deadline.held_days)
    deadline.state, deadline.held_at = DeadlineState.RUNNING, None
    if deadline.breached_at is None:
        deadline.due_at, deadline.provisional = counted.at, counted.provisional
        deadline.calendar_version = working.version


def _open(case: Case, code: str) -> Deadline:
    session().flush()
    found = _find(case, code, Deadline.state != DeadlineState.STOPPED)
    if found is None:
        raise RuntimeError(f"{case.__tablename__} has no open clock {code}")
    return found


def _running(case: Case, code: str) -> Deadline | None:
    return _find(case, code, Deadline.state == DeadlineState.RUNNING)


def _find(case: Case, code: str, condition: sa.ColumnElement[bool]) -> Deadline | None:
    return (
        session()
        .scalars(
            sa.select(Deadline).where(
                Deadline.case_type == case.__tablename__, Deadline.case_id == case.id, Deadline.clock == code, condition
            )
        )
        .one_or_none()
    )
