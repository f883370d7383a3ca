"""A town whose people call the API, beside a WeChat double."""

import pytest

from backend.access.actor import Role
from tests.console.office import Office
from tests.pages.town import Browser
from tests.scene import callers, consumer, member, notices, office, settings, shop, town, work

__all__ = ["callers", "consumer", "member", "notices", "office", "settings", "shop", "town", "work"]


@pytest.fixture
def officer(office: Office) -> Browser:
    """Of the shop's county, at the console."""
    return office.at_desk(Role.COUNTY_OFFICER)
