"""Through the API, beside a WeChat double."""

from tests.scene import callers, office, settings, shop, town, work

__all__ = ["callers", "office", "settings", "shop", "town", "work"]
