"""A town with a shop, people in danger, and officers."""

from tests.scene import callers, notices, office, settings, shop, town, work

__all__ = ["callers", "notices", "office", "settings", "shop", "town", "work"]
