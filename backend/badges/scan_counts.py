"""Scans counted by plate and hour, for who looks for copies. Rows of scans name no person, so neither do these counts."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from backend.infrastructure.database import session
from backend.merchants.model import Unit
from backend.merchants.rules import Category

from .model import Plate, Scan


def in_period(plate_id: str, since: datetime, until: datetime) -> int:
    """Scans of a plate after `since`, up to and with `until`."""
    statement = sa.select(sa.func.count()).where(Scan.plate_id == plate_id, Scan.at > since, Scan.at <= until)
    return session().scalar(statement) or 0


def by_hour(
    plate_ids: Sequence[str], since: datetime, until: datetime, *, least: int = 1
) -> Mapping[tuple[str, datetime], int]:
    """(plate, hour) → scans, for hours with at least so many.

    since, until   at most 24 hours apart, so that an hour of the day comes once
    plate_ids      empty: all plates
    """
    hour = sa.extract("hour", Scan.at)
    statement = (
        sa.select(Scan.plate_id, sa.func.min(Scan.at), sa.func.count())
        .where(Scan.at >= since, Scan.at < until)
        .group_by(Scan.plate_id, hour)
        .having(sa.func.count() >= least)
    )
    if plate_ids:
        statement = statement.where(Scan.plate_id.in_(plate_ids))
    return {
        (plate_id, first.replace(minute=0, second=0, microsecond=0)): count
        for plate_id, first, count in session().execute(statement)
    }


def hourly_mean_of_category(category: Category, since: datetime, until: datetime) -> float:
    """Scans an hour and plate, over the plates in use of the units of one kind."""
    of_kind = sa.select(Plate.id).join(Unit, Unit.id == Plate.unit_id).where(Unit.category == category)
    plates = session().scalar(sa.select(sa.func.count()).select_from(of_kind.subquery())) or 0
    scans = sa.select(sa.func.count()).where(Scan.plate_id.in_(of_kind), Scan.at > since, Scan.at <= until)
    hours = (until - since).total_seconds() / 3600
    return (session().scalar(scans) or 0) / (plates * hours) if plates and hours else 0.0
