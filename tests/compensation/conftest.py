"""A town whose people call the API."""

from tests.scene import callers, consumer, member, notices, office, settings, shop, town, work

__all__ = ["callers", "consumer", "member", "notices", "office", "settings", "shop", "town", "work"]
