"""A town with a shop, somebody who complained of it and is paid back for it, and officers."""

from tests.scene import callers, consumer, member, notices, office, settings, shop, town, work

__all__ = ["callers", "consumer", "member", "notices", "office", "settings", "shop", "town", "work"]
