"""Questions to the database that are known to come are asked together: on PostgreSQL one statement instead of one each.

A feature gives its question (`Asked`) beside the function that needs the answer. Whoever knows what will be needed calls `ask` with
several; the function then finds its answer waiting, once, and asks by itself where nobody did (decision 0025).
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from .database import connection, session
from .prepared import Prepared

_WAITING = "answers that wait"


class Asked(NamedTuple):
    """A statement and what it is told. Names of values differ from those of whatever is asked together with it."""

    statement: Prepared
    told: Mapping[str, Any]


def ask(*questions: Asked) -> None:
    """Have the answers wait for `answered`, within this unit of work. They are as of now: ask only what nothing will change before."""
    found = connection()
    if found.dialect.name != "postgresql":
        return  # a statement to the embedded database costs no journey
    told: dict[str, Any] = {}
    for question in questions:
        told |= question.told
    if len(told) < sum(len(question.told) for question in questions):
        raise TypeError("two questions tell a value by the same name")
    [answers] = _together(tuple(question.statement for question in questions)).rows(found, told)
    waiting = session().info.setdefault(_WAITING, {})
    for question, answer in zip(questions, answers, strict=True):
        waiting[_named(question)] = question.statement.rows_of_json(answer)


def answered(question: Asked) -> list[Any]:
    """The rows that answer a question: those that wait, else those of now."""
    waiting: dict[Any, list[Any]] = session().info.get(_WAITING, {})
    rows = waiting.pop(_named(question), None)
    return question.statement.rows(connection(), question.told) if rows is None else rows


def _named(question: Asked) -> tuple[Prepared, frozenset[tuple[str, Any]]]:
    return question.statement, frozenset(question.told.items())


@cache
def _together(statements: tuple[Prepared, ...]) -> Prepared:
    return Prepared(sa.select(*(one.as_json().label(f"answer_{number}") for number, one in enumerate(statements))))
