"""Callers and a WeChat double, for what is tested through the door."""

from tests.api.conftest import callers, office, shop, town

__all__ = ["callers", "office", "shop", "town"]
