"""A town with a shop, people who scan, and officers."""

from tests.scene import callers, notices, office, settings, shop, town

__all__ = ["callers", "notices", "office", "settings", "shop", "town"]
