"""The pages with their CSRF protection on, beside a WeChat double."""

from tests.scene import double, settings, town

__all__ = ["double", "settings", "town"]
