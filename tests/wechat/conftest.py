"""The application beside a WeChat double."""

from tests.scene import double, settings

__all__ = ["double", "settings"]
