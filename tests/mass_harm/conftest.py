"""A town with a shop, many people who complain, and officers."""

from tests.scene import callers, notices, office, settings, shop, town, work

__all__ = ["callers", "notices", "office", "settings", "shop", "town", "work"]
