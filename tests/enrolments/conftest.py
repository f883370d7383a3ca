"""Through the API, beside a WeChat double."""

import pytest

from tests.calling import Caller
from tests.scene import Callers, callers, notices, office, settings, shop, town, work

__all__ = ["callers", "notices", "office", "settings", "shop", "town", "work"]


@pytest.fixture
def owner(callers: Callers) -> Caller:
    """Who has a shop that the register does not know."""
    return callers.person("dian-zhu")
