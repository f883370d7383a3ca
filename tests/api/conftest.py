"""The API as its callers meet it: a token for every role, and every operation that the document names."""

import pytest
from flask import Flask

from backend.kernel.clock import FixedClock
from tests.api.callers import Callers
from tests.console.office import Office
from tests.pages.town import Shop, Town
from tests.scene import office, settings, shop, town

__all__ = ["callers", "office", "settings", "shop", "town"]


@pytest.fixture
def callers(app: Flask, town: Town, office: Office, shop: Shop, clock: FixedClock) -> Callers:
    return Callers(app, town, office, shop)
