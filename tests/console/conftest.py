"""The console with its CSRF protection on, beside a WeChat double."""

import pytest

from backend.access.actor import Role
from tests.console.office import Office
from tests.pages.town import Browser, Town
from tests.scene import office, settings, shop, town

__all__ = ["office", "settings", "shop", "town"]


@pytest.fixture
def consumer(town: Town) -> Browser:
    return town.person("gu-ke")


@pytest.fixture
def officer(office: Office) -> Browser:
    """Of the shop's county."""
    return office.at_desk(Role.COUNTY_OFFICER)
