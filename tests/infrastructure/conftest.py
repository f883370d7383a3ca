"""Callers and a WeChat double, for what is tested through the door."""

from tests.api.conftest import callers, office, shop, town
from tests.scene import double

__all__ = ["callers", "double", "office", "shop", "town"]
