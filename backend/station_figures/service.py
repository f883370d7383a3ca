"""Counting the categories' medians, once a night."""

import sqlalchemy as sa

from backend.complaints.model import Settlement
from backend.infrastructure import current
from backend.infrastructure.database import session, unit_of_work
from backend.merchants import queries as merchants
from backend.merchants.rules import Category

from . import queries
from .model import CategoryMedian
from .rules import PERIODS, median_of_units


def count_medians() -> None:
    """Count the medians of every category over every period anew; opens its own unit of work."""
    with unit_of_work():
        session().execute(sa.delete(CategoryMedian))
        for days in PERIODS:
            _count(days)


def _count(days: int) -> None:
    asked = queries.counted(queries.since(days))
    counts = queries.counts_by(Settlement.unit_id, asked)
    minutes = queries.answer_minutes_by(Settlement.unit_id, asked)
    categories = merchants.categories(list(counts))
    for category in Category:
        units = [unit_id for unit_id in counts if categories[unit_id] is category]
        session().add(
            CategoryMedian(
                category=category,
                days=days,
                answer_minutes=median_of_units([minutes.get(unit_id) for unit_id in units]),
                settled_percent=median_of_units([counts[unit_id].settled_percent for unit_id in units]),
                performed_percent=median_of_units([counts[unit_id].performed_percent for unit_id in units]),
                counted_at=current.now(),
            )
        )
