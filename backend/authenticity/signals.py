"""What speaks for a copy of a plate: what people told within a day, and hours in which it was scanned too often."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.badges import scan_counts
from backend.badges.model import Plate
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.infrastructure.scoping import visible
from backend.merchants.model import Unit

from . import rules
from .lifecycle import CLONE_CASE
from .model import CloneCase, PlaceReport
from .rules import Bucket, Evidence, Told, What

_HISTORY = timedelta(days=28)
_DAY = timedelta(hours=24)
_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Hour:
    """One hour of a plate."""

    at: datetime
    scans: int
    misplaced: int
    far: int


@dataclass
class Watched:
    """A plate about which something was told within a day, or whose scans stand out, and that has no open case."""

    serial: str
    unit_name: str
    county_code: str
    told: Mapping[What, int]
    far: int
    unusual: list[tuple[datetime, int]] = field(default_factory=list)


def evidence(plate: Plate) -> Evidence:
    """What the present window holds of a plate; what was told before its last case was decided counts no more."""
    now = current.now()
    since = now - rules.WINDOW
    unit = session().get_one(Unit, plate.unit_id)
    decided: datetime | None = session().scalar(
        sa.select(sa.func.max(CloneCase.state_since)).where(
            CloneCase.plate_id == plate.id, CloneCase.state.in_(CLONE_CASE.closed)
        )
    )
    counted = sa.select(PlaceReport).where(
        PlaceReport.plate_id == plate.id,
        PlaceReport.at > max(since, decided or since),
        PlaceReport.repeated.is_(False),
    )
    told = [Told(row.what, row.bucket, row.new_address) for row in session().scalars(counted)]
    dismissed = sa.select(sa.func.count()).where(
        CloneCase.plate_id == plate.id,
        CloneCase.state == "dismissed",
        CloneCase.state_since > now - rules.REMEMBERED,
    )
    return rules.weigh(
        told,
        scans=scan_counts.in_period(plate.id, since, now),
        dismissed=session().scalar(dismissed) or 0,
        measured=rules.measurable(unit.category),
    )


def hours(plate_id: str, until: datetime) -> Sequence[Hour]:
    """The 24 whole or begun hours of a plate that end at or after `until`, the earliest first."""
    last = until.replace(minute=0, second=0, microsecond=0)
    first = last - 23 * _HOUR
    scans = scan_counts.by_hour([plate_id], first, last + _HOUR)
    rows = session().scalars(
        sa.select(PlaceReport).where(
            PlaceReport.plate_id == plate_id, PlaceReport.at >= first, PlaceReport.at < last + _HOUR
        )
    )
    wrong: dict[datetime, int] = {}
    far: dict[datetime, int] = {}
    for row in rows:
        at = row.at.replace(minute=0, second=0, microsecond=0)
        wrong[at] = wrong.get(at, 0) + (row.what in {What.OTHER_SHOP, What.OTHER_ADDRESS, What.COVERED})
        far[at] = far.get(at, 0) + (row.bucket is Bucket.FAR)
    return [
        Hour(at, scans.get((plate_id, at), 0), wrong.get(at, 0), far.get(at, 0))
        for at in (first + number * _HOUR for number in range(24))
    ]


def watched(actor: Actor) -> list[Watched]:
    """Plates of the actor's reach with a signal within a day and without an open case, by serial."""
    now = current.now()
    open_cases = sa.select(CloneCase.plate_id).where(CloneCase.state.not_in(CLONE_CASE.closed))
    reports = session().scalars(
        sa.select(PlaceReport).where(
            visible(PlaceReport, actor, Action.CLONE_CASE_READ),
            PlaceReport.at > now - rules.WINDOW,
            PlaceReport.repeated.is_(False),
            PlaceReport.plate_id.not_in(open_cases),
        )
    )
    told: dict[str, list[PlaceReport]] = {}
    for row in reports:
        told.setdefault(row.plate_id, []).append(row)
    busy = _unusual_hours(now)
    plates = session().execute(
        sa.select(Plate, Unit.name)
        .join(Unit, Unit.id == Plate.unit_id)
        .where(
            Plate.id.in_({*told, *busy}),
            Plate.id.not_in(open_cases),
            visible(Plate, actor, Action.CLONE_CASE_READ),
        )
        .order_by(Plate.serial)
    )
    return [
        Watched(
            plate.serial,
            name,
            plate.county_code,
            {what: sum(row.what is what for row in told.get(plate.id, [])) for what in What},
            sum(row.bucket is Bucket.FAR for row in told.get(plate.id, [])),
            busy.get(plate.id, []),
        )
        for plate, name in plates
    ]


def _unusual_hours(now: datetime) -> dict[str, list[tuple[datetime, int]]]:
    """Plate → its hours of the last day that stand out, with their scans. Few plates reach the floor at all."""
    last = now.replace(minute=0, second=0, microsecond=0) + _HOUR
    full = scan_counts.by_hour([], last - _DAY, last, least=rules.UNUSUAL_SCANS)
    of_kind: dict[str, float] = {}
    found: dict[str, list[tuple[datetime, int]]] = {}
    for (plate_id, at), scans in sorted(full.items()):
        plate = session().get(Plate, plate_id)
        if plate is None:
            continue
        since = max(at - _HISTORY, plate.issued_at)
        own_hours = max((at - since) / _HOUR, 1.0)
        own = scan_counts.in_period(plate_id, since, at) / own_hours
        category = session().get_one(Unit, plate.unit_id).category
        if category not in of_kind:
            of_kind[category] = scan_counts.hourly_mean_of_category(category, now - _HISTORY, now)
        if rules.unusual(scans, own, of_kind[category]):
            found.setdefault(plate_id, []).append((at, scans))
    return found
