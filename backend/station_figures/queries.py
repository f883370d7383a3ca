"""Reads of figures: a station's own, counted now; the categories' medians, as they were counted last night."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.complaints.model import Settlement
from backend.complaints.rules import Nature
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.infrastructure.scoping import visible
from backend.merchants.model import Unit
from backend.merchants.rules import Category

from .model import CategoryMedian
from .rules import MOST_CAUSES, Counts, percent

_WAITS = sa.or_(
    sa.and_(Settlement.state == "awaiting_answer", Settlement.unanswered.is_(sa.false())), Settlement.state == "offered"
)
_PERFORMED = sa.and_(Settlement.state == "performed", Settlement.reopened_at.is_(None))
_SETTLED = sa.or_(Settlement.state == "agreed", _PERFORMED)
#: Of a unit, or of a category.
Key = InstrumentedAttribute[Any]


@dataclass(frozen=True)
class Cause:
    """What people complain of, and how much of all that is."""

    nature: Nature
    count: int
    percent: float | None


@dataclass(frozen=True)
class CategoryFigures:
    """What the actor's stations did for their units of one category, beside the category's median.

    units      how many units of the category they answer for
    median     None before the first night
    """

    category: Category
    units: int
    counts: Counts
    answer_minutes: float | None
    causes: Sequence[Cause]
    median: CategoryMedian | None


def figures(actor: Actor, days: int) -> list[CategoryFigures]:
    """Figures of the actor's stations over the last days, by category of their units."""
    mine = visible(Unit, actor, Action.FIGURES_READ)
    units = dict(_rows(sa.select(Unit.category, sa.func.count()).where(mine).group_by(Unit.category)))
    asked = sa.and_(visible(Settlement, actor, Action.FIGURES_READ), counted(since(days)))
    counts, minutes, causes = counts_by(Unit.category, asked), answer_minutes_by(Unit.category, asked), _causes(asked)
    medians = {one.category: one for one in session().scalars(sa.select(CategoryMedian).filter_by(days=days))}
    return [
        CategoryFigures(
            category,
            units[category],
            counts.get(category, Counts(0, 0, 0, 0, 0)),
            minutes.get(category),
            causes.get(category, []),
            medians.get(category),
        )
        for category in Category
        if category in units
    ]


def since(days: int) -> datetime:
    """The beginning of a period that ends now."""
    return current.now() - timedelta(days=days)


def counted(beginning: datetime) -> sa.ColumnElement[bool]:
    """The condition that a request counts in a period."""
    return sa.and_(Settlement.opened_at >= beginning, Settlement.state != "withdrawn")


def counts_by(key: Key, asked: sa.ColumnElement[bool]) -> dict[Any, Counts]:
    """Counts of the requests that are asked for, by their unit or by its category."""
    found = _rows(
        sa.select(
            key,
            sa.func.count(),
            _sum(sa.and_(Settlement.unanswered.is_(sa.true()))),
            _sum(sa.not_(_WAITS)),
            _sum(_SETTLED),
            _sum(_PERFORMED),
        )
        .join(Unit, Unit.id == Settlement.unit_id)
        .where(asked)
        .group_by(key)
    )
    return {row[0]: Counts(*(int(value) for value in row[1:])) for row in found}


def answer_minutes_by(key: Key, asked: sa.ColumnElement[bool]) -> dict[Any, float]:
    """Median minutes from a request to the first answer, by unit or category; those without any answer are absent."""
    minutes = Settlement.answered_in_min
    answered = (
        sa.select(
            key.label("key"),
            minutes.label("minutes"),
            sa.func.row_number().over(partition_by=key, order_by=minutes).label("position"),
            sa.func.count().over(partition_by=key).label("number"),
        )
        .join(Unit, Unit.id == Settlement.unit_id)
        .where(asked, minutes.is_not(None))
        .subquery()
    )
    middle = sa.and_(answered.c.position * 2 >= answered.c.number, answered.c.position * 2 <= answered.c.number + 2)
    found = _rows(sa.select(answered.c.key, sa.func.avg(answered.c.minutes)).where(middle).group_by(answered.c.key))
    return {row[0]: round(float(row[1]), 1) for row in found}


def _causes(asked: sa.ColumnElement[bool]) -> dict[Category, list[Cause]]:
    number = sa.func.count()
    found = _rows(
        sa.select(Unit.category, Settlement.nature, number)
        .join(Unit, Unit.id == Settlement.unit_id)
        .where(asked)
        .group_by(Unit.category, Settlement.nature)
        .order_by(number.desc(), Settlement.nature)
    )
    whole: dict[Category, int] = {}
    for category, _, count in found:
        whole[category] = whole.get(category, 0) + count
    causes: dict[Category, list[Cause]] = {}
    for category, nature, count in found:
        listed = causes.setdefault(category, [])
        if len(listed) < MOST_CAUSES:
            listed.append(Cause(nature, count, percent(count, whole[category])))
    return causes


def _sum(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.sum(sa.case((condition, 1), else_=0))


def _rows(statement: sa.Executable) -> Sequence[Any]:
    return session().execute(statement).all()
