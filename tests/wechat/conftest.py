"""The application beside a WeChat double."""

from tests.pages.conftest import double, settings

__all__ = ["double", "settings"]
