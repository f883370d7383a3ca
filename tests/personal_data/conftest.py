"""A consumer who has left traces everywhere, and a look into every cell of the database."""

from tests.scene import callers, notices, office, settings, shop, town, work

__all__ = ["callers", "notices", "office", "settings", "shop", "town", "work"]
