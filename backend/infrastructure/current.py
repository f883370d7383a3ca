"""What the running application offers to the code below the door: settings, clock, session, WeChat, storage."""

from datetime import date, datetime
from typing import TYPE_CHECKING, cast

from flask import current_app

from backend.kernel.clock import Clock, local_date

if TYPE_CHECKING:
    from .runtime import Runtime


def runtime() -> "Runtime":
    """The parts that the application was built with."""
    return cast("Runtime", current_app.extensions["fangxin"])


def clock() -> Clock:
    """The application's clock; a fixed one in tests and demonstrations."""
    return runtime().clock


def now() -> datetime:
    """The present instant, aware UTC."""
    return clock().now()


def today() -> date:
    """The present day in Asia/Shanghai."""
    return local_date(now())
