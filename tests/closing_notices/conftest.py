"""Through the API, beside a WeChat double."""

from tests.scene import callers, notices, office, settings, shop, town, work

__all__ = ["callers", "notices", "office", "settings", "shop", "town", "work"]
