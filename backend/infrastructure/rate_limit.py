"""Rate limits per person or address. Redis when configured, in process otherwise; losing Redis falls back to the local count."""

from flask import Flask, request
from flask_limiter import Limiter

from . import current
from .settings import Settings


def caller() -> str:
    """Who is counted: the bearer of a session, else the client's address."""
    token = request.headers.get("Authorization", "")
    if token:
        return current.runtime().keyring.index("rate", token).hex()
    return request.remote_addr or "unknown"


limiter = Limiter(key_func=caller)


def init_rate_limit(app: Flask, settings: Settings) -> None:
    """Bind the limiter; a frozen Redis costs at most 50 ms and never a request."""
    if settings.redis_url:
        app.config["RATELIMIT_STORAGE_URI"] = settings.redis_url
        app.config["RATELIMIT_STORAGE_OPTIONS"] = {"socket_timeout": 0.05, "socket_connect_timeout": 0.05}
        app.config["RATELIMIT_IN_MEMORY_FALLBACK_ENABLED"] = True
    else:
        app.config["RATELIMIT_STORAGE_URI"] = "memory://"
    # In process a moving window walks over every caller a hundred times a second; two counters a caller do not.
    app.config["RATELIMIT_STRATEGY"] = "sliding-window-counter"
    app.config["RATELIMIT_DEFAULT"] = "1200/minute"
    app.config["RATELIMIT_SWALLOW_ERRORS"] = True
    limiter.init_app(app)
