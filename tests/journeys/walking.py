"""Walks every row of a lifecycle over HTTP: to the row's state by the shortest way, then the row itself."""

from collections import deque
from collections.abc import Callable, Mapping

import sqlalchemy as sa
from flask import Flask

from backend.casework.model import CaseEvent
from backend.infrastructure.database import session, unit_of_work
from backend.kernel.transitions import Row, Table

#: What a step does to a case: the same words as in `casework.model.CaseEvent`.
Step = tuple[str, str | None, str]


def step_of(row: Row) -> Step:
    """The row as its event tells it."""
    return row.action, row.source, row.target


def way_to(table: Table, state: str | None) -> list[Row]:
    """The shortest chain of rows from nothing to a state, by what people do."""
    ways: dict[str | None, list[Row]] = {None: []}
    waiting: deque[str | None] = deque([None])
    while state not in ways:
        here = waiting.popleft()
        for row in table.rows:
            if row.source == here and row.target not in ways and not row.system:
                ways[row.target] = [*ways[here], row]
                waiting.append(row.target)
    return ways[state]


def walk(
    table: Table, new_case: Callable[[], Mapping[str, Callable[[], object]]], seen: Callable[[], set[Step]]
) -> None:
    """Walk every row that was not seen yet: each with a case of its own, and what changes no state on the way of another.

    new_case   returns what each action does, for a fresh case
    seen       the steps that events tell of so far
    """
    for row in sorted(table.rows, key=lambda one: one.source == one.target):
        if step_of(row) in seen():
            continue
        acts = new_case()
        for step in (*way_to(table, row.source), row):
            acts[step.action]()
            for staying in table.rows:
                if staying.source == staying.target == step.target and step_of(staying) not in seen():
                    acts[staying.action]()


def events_of(app: Flask, table: Table) -> set[Step]:
    """The steps of all cases of a kind so far."""
    statement = sa.select(CaseEvent.action, CaseEvent.from_state, CaseEvent.to_state).filter_by(case_type=table.name)
    with app.app_context(), unit_of_work(read_only=True):
        return {(action, source, target) for action, source, target in session().execute(statement.distinct())}
