"""A town whose people call the API."""

from tests.scene import callers, notices, office, settings, shop, town, work

__all__ = ["callers", "notices", "office", "settings", "shop", "town", "work"]
