"""The pages with their CSRF protection on, beside a WeChat double."""

from tests.scene import settings, town

__all__ = ["settings", "town"]
