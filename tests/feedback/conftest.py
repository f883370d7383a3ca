"""Through the API and the pages, beside a WeChat double."""

from tests.scene import callers, notices, office, settings, town, work

__all__ = ["callers", "notices", "office", "settings", "town", "work"]
