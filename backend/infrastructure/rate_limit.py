"""Rate limits per person or address. Redis when configured, in process otherwise; losing Redis falls back to the local count."""

import itertools
import threading

from flask import Flask, request
from flask_limiter import Limiter
from limits.storage import MemoryStorage

from . import current
from .settings import Settings


def caller() -> str:
    """Who is counted: the bearer of a session, else the client's address."""
    token = request.headers.get("Authorization", "")
    if token:
        return current.runtime().keyring.index("rate", token).hex()
    return request.remote_addr or "unknown"


limiter = Limiter(key_func=caller)


class InProcess(MemoryStorage):
    """The library's counts in memory, without its thread for every hit: each thousandth hit forgets what is over."""

    STORAGE_SCHEME = ["in-process"]

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **options: str) -> None:
        super().__init__(uri, wrap_exceptions, **options)
        self.timer.cancel()
        self.timer = _Never()
        self._hits = itertools.count(1)

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """As the library's. returns the count after this hit"""
        if next(self._hits) % _FORGET_EVERY == 0:
            for known in list(self.expirations):
                self.get(known)
        return super().incr(key, expiry, amount)


class _Never(threading.Timer):
    """A timer that is never due and seems to run, so that no other is started."""

    def __init__(self) -> None:
        super().__init__(0, lambda: None)

    def is_alive(self) -> bool:
        """As if it ran."""
        return True


_FORGET_EVERY = 1000


def init_rate_limit(app: Flask, settings: Settings) -> None:
    """Bind the limiter. A Redis that is silent costs the first request of a process 0.1 s, then one request 50 ms after 1, 2, 4 … 32 s.

    In between it is not asked, and the limits are counted in the process (flask-limiter's own breaker).
    """
    if settings.redis_url:
        app.config["RATELIMIT_STORAGE_URI"] = settings.redis_url
        app.config["RATELIMIT_STORAGE_OPTIONS"] = {"socket_timeout": 0.05, "socket_connect_timeout": 0.05}
        app.config["RATELIMIT_IN_MEMORY_FALLBACK_ENABLED"] = True
    else:
        app.config["RATELIMIT_STORAGE_URI"] = "in-process://"
    # In process a moving window walks over every caller a hundred times a second; two counters a caller do not.
    app.config["RATELIMIT_STRATEGY"] = "sliding-window-counter"
    app.config["RATELIMIT_DEFAULT"] = "1200/minute"
    app.config["RATELIMIT_SWALLOW_ERRORS"] = True
    limiter.init_app(app)
