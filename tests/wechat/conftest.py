"""The application beside a WeChat double."""

from tests.scene import settings

__all__ = ["settings"]
