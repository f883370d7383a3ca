"""Lifecycles as data: rows of a table, one step, and the invariants that every table must satisfy.

Who may act is not in a table; that is the policy's. A clock's guard is written "<code> expired".
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .errors import NotPossibleNow


@dataclass(frozen=True)
class Row:
    """One allowed step. `source` None opens the case.

    starts, stops, holds, resumes   codes of clocks
    ends      codes of clocks that stop here unless they stopped before
    guard     "<clock> expired", or a plain Chinese condition that the feature answers
    article   the rule of law that the step rests on
    system    the step is taken by the sweep, not by a person
    """

    action: str
    source: str | None
    target: str
    starts: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    resumes: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    guard: str | None = None
    article: str | None = None
    system: bool = False


@dataclass(frozen=True)
class Table:
    """A lifecycle.

    states     state → its Chinese name, in the order people read them
    closed     states without an exit
    withdraw   the action by which the consumer leaves; every open state must allow it
    alerts     clock → what happens when it runs out, where no row answers its expiry
    """

    name: str
    zh: str
    states: Mapping[str, str]
    rows: tuple[Row, ...]
    closed: frozenset[str]
    withdraw: str | None = None
    alerts: Mapping[str, str] = field(default_factory=dict)

    @property
    def open(self) -> tuple[str, ...]:
        """States with an exit, in the order people read them."""
        return tuple(state for state in self.states if state not in self.closed)

    @property
    def actions(self) -> frozenset[str]:
        """Every action that some row takes."""
        return frozenset(row.action for row in self.rows)


def step(table: Table, state: str | None, action: str) -> Row:
    """The row that this action takes from this state.

    raises   NotPossibleNow with the state and what it allows
    """
    for row in table.rows:
        if row.source == state and row.action == action:
            return row
    allowed = [row.action for row in table.rows if row.source == state]
    now = table.states.get(state, "") if state else "还没有开始"
    raise NotPossibleNow("not_possible_now", f"{table.zh}现在是“{now}”，不能这样做。", state=state, allowed=allowed)


def violations(table: Table) -> list[str]:
    """Every invariant that the table breaks, in English for its developer; empty when it is sound."""
    return [
        *_repeated(table),
        *_unreached(table),
        *_exits_from_closed(table),
        *_dead_ends(table),
        *_withdrawal(table),
        *_clocks(table),
        *_expiries(table),
    ]


def _repeated(table: Table) -> Iterator[str]:
    seen = set()
    for row in table.rows:
        if (row.source, row.action) in seen:
            yield f"two rows for {row.action} from {row.source}"
        seen.add((row.source, row.action))


def _unreached(table: Table) -> Iterator[str]:
    named = {state for row in table.rows for state in (row.source, row.target) if state is not None}
    yield from (f"state {state} is not declared" for state in sorted(named - set(table.states)))
    reached = _closure(table, {row.target for row in table.rows if row.source is None})
    yield from (f"state {state} is never reached" for state in table.states if state not in reached)


def _exits_from_closed(table: Table) -> Iterator[str]:
    yield from (
        f"closed state {row.source} has an exit by {row.action}" for row in table.rows if row.source in table.closed
    )


def _dead_ends(table: Table) -> Iterator[str]:
    for state in table.states:
        if state not in table.closed and not _closure(table, {state}) & table.closed:
            yield f"open state {state} can never close"


def _withdrawal(table: Table) -> Iterator[str]:
    if table.withdraw is None:
        return
    leaving = {row.source for row in table.rows if row.action == table.withdraw}
    yield from (
        f"open state {state} cannot be left by {table.withdraw}"
        for state in table.states
        if state not in table.closed and state not in leaving
    )


def _clocks(table: Table) -> Iterator[str]:
    """Walk every reachable configuration (state, running clocks, held clocks)."""
    start: tuple[str | None, frozenset[str], frozenset[str]] = (None, frozenset(), frozenset())
    todo, seen, found = [start], {start}, set()
    while todo:
        state, running, held = todo.pop()
        for row in (row for row in table.rows if row.source == state):
            where = f"{row.action} from {row.source}"
            after, after_held = set(running), set(held)
            for code in row.stops:
                if code not in after | after_held:
                    found.add(f"{where} stops {code}, which is not running")
                after.discard(code)
                after_held.discard(code)
            after.difference_update(row.ends)
            after_held.difference_update(row.ends)
            for code in row.holds:
                if code not in after:
                    found.add(f"{where} holds {code}, which is not running")
                after.discard(code)
                after_held.add(code)
            for code in row.resumes:
                if code not in after_held:
                    found.add(f"{where} resumes {code}, which is not held")
                after_held.discard(code)
                after.add(code)
            for code in row.starts:
                if code in after | after_held:
                    found.add(f"{where} starts {code}, which is running already")
                after.add(code)
            if row.target in table.closed and after | after_held:
                found.add(f"{where} closes while {sorted(after | after_held)} run")
            if row.target not in table.closed and not after | after_held:
                found.add(f"open state {row.target} has no clock after {where}")
            following = (row.target, frozenset(after), frozenset(after_held))
            if following not in seen:
                seen.add(following)
                todo.append(following)
    yield from sorted(found)


def _expiries(table: Table) -> Iterator[str]:
    for code in sorted({code for row in table.rows for code in row.starts}):
        answered = any(row.guard == f"{code} expired" for row in table.rows) or code in table.alerts
        if not answered:
            yield f"nothing answers the expiry of {code}"


def _closure(table: Table, states: set[str]) -> set[str]:
    reached = set(states)
    while True:
        more = {row.target for row in table.rows if row.source in reached} - reached
        if not more:
            return reached
        reached |= more
