"""Through the API and the pages, beside a WeChat double."""

from tests.scene import callers, do_jobs, notices, office, settings, shop, town

__all__ = ["callers", "do_jobs", "notices", "office", "settings", "shop", "town"]
