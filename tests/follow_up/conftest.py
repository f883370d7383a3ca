"""Consumers whose disputes were closed."""

from tests.scene import callers, consumer, member, notices, office, settings, shop, town, work

__all__ = ["callers", "consumer", "member", "notices", "office", "settings", "shop", "town", "work"]
