"""Reads of consumer warnings. What has not begun yet, the council alone sees."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.infrastructure.paging import newest_first
from backend.kernel.errors import NotFound
from backend.merchants.rules import Category

from .model import ConsumerWarning
from .rules import Stage

_MOST_AT_ONCE = 3


@dataclass(frozen=True)
class Shown:
    """A warning as it stands today."""

    warning: ConsumerWarning
    stage: Stage


@dataclass(frozen=True)
class Found:
    """A page of warnings. `next` is the `before` of the following page; `etag` changes when anything on the page does."""

    warnings: Sequence[Shown]
    next: str | None
    etag: str


def published(
    *,
    county: str | None = None,
    category: Category | None = None,
    only_now: bool = False,
    before: object = None,
    limit: int = 20,
) -> Found:
    """Published warnings, the newest first.

    county, category   only those that are for it, among others or for all
    only_now           only those that hold today
    """
    today = current.today()
    statement = sa.select(ConsumerWarning).where(_public(today), *_for(county, category))
    if only_now:
        statement = statement.where(ConsumerWarning.until_on >= today, ConsumerWarning.withdrawn_on.is_(None))
    page = newest_first(statement, ConsumerWarning, before, limit)
    shown = [Shown(row, row.stage_on(today)) for row in page.items]
    seen = ";".join([f"{one.warning.id}:{one.stage}" for one in shown] + [page.next or ""])
    return Found(shown, page.next, hashlib.sha256(seen.encode()).hexdigest()[:32])


def holding(county: str | None = None, category: Category | None = None) -> Sequence[ConsumerWarning]:
    """The newest warnings that hold today, at most three."""
    found = published(county=county, category=category, only_now=True, limit=_MOST_AT_ONCE)
    return [one.warning for one in found.warnings]


def published_one(number: str) -> Shown:
    """raises NotFound, for what has not begun too"""
    warning, today = get(number), current.today()
    if min(today, warning.withdrawn_on or today) < warning.from_on:
        raise _missing()
    return Shown(warning, warning.stage_on(today))


def every() -> Sequence[Shown]:
    """Every warning, those to come too, the newest first, for the council."""
    today = current.today()
    rows = session().scalars(sa.select(ConsumerWarning).order_by(ConsumerWarning.id.desc()).limit(200))
    return [Shown(row, row.stage_on(today)) for row in rows]


def get(number: str) -> ConsumerWarning:
    """raises NotFound"""
    # PostgreSQL refuses to compare a NUL, SQLite does not find it.
    asked = sa.select(ConsumerWarning).filter_by(number=number)
    if session().info.get("unit_of_work") == "write":
        asked = asked.with_for_update()
    found = session().scalars(asked).one_or_none() if "\0" not in number else None
    if found is None:
        raise _missing()
    return found


def _public(today: date) -> sa.ColumnElement[bool]:
    begun = ConsumerWarning.from_on <= today
    stayed = sa.or_(ConsumerWarning.withdrawn_on.is_(None), ConsumerWarning.withdrawn_on >= ConsumerWarning.from_on)
    return sa.and_(begun, stayed)


def _for(county: str | None, category: Category | None) -> list[sa.ColumnElement[bool]]:
    asked = [(ConsumerWarning.counties_packed, county), (ConsumerWarning.categories_packed, category)]
    return [sa.or_(column == "", column.contains(f",{code},")) for column, code in asked if code]


def _missing() -> NotFound:
    return NotFound("consumer_warning_not_found", "没有这条消费警示，请核对编号。")
