"""Callers through the API."""

from tests.scene import callers, office, settings, shop, town

__all__ = ["callers", "office", "settings", "shop", "town"]
