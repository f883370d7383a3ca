"""Through the API, beside a WeChat double: a shop whose certificate ends soon, and everybody who has to do with it."""

from datetime import date

import pytest

from backend.kernel.clock import FixedClock
from tests.applications.desk import USCC, Desk
from tests.console.office import Office
from tests.journeys.people import People
from tests.pages.town import Shop, Town
from tests.scene import Callers, callers, notices, office, settings, town, work

__all__ = ["callers", "notices", "office", "settings", "town", "work"]


@pytest.fixture
def shop(town: Town) -> Shop:
    """Valid for thirty days more."""
    return town.shop("瓯越电器", uscc=USCC, valid_until=date(2026, 12, 23))


@pytest.fixture
def desk(callers: Callers, office: Office, shop: Shop, clock: FixedClock) -> Desk:
    return Desk(People(callers, office, shop, clock), shop)
