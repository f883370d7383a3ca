"""Who takes part in a story of a dispute."""

from dataclasses import dataclass
from datetime import timedelta

from backend.access.actor import Actor
from backend.merchants.rules import Category

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Shop:
    """A unit that takes part."""

    unit_id: str
    station_id: str
    certificate_no: str
    token: str
    category: Category


@dataclass(frozen=True)
class Cast:
    """The people around one unit.

    officer     of the unit's county, who handles its complaints
    """

    consumer: Actor
    member: Actor
    officer: Actor
    shop: Shop
