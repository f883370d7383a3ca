"""The five journeys: through the JSON API and the real worker, beside a WeChat double."""

from tests.scene import callers, consumer, member, notices, office, settings, shop, town, work

__all__ = ["callers", "consumer", "member", "notices", "office", "settings", "shop", "town", "work"]
