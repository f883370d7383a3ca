"""Callers through the API."""

from tests.scene import callers, double, office, settings, shop, town

__all__ = ["callers", "double", "office", "settings", "shop", "town"]
