"""JSON logs, one line per request, with a request id. No query strings, bodies or headers: nothing personal enters a log."""

import logging
import re
import sys
import time

from flask import Flask, Response, g, request
from pythonjsonlogger.json import JsonFormatter

from .database import new_id

_log = logging.getLogger("fangxin.request")
_REQUEST_ID = re.compile(r"[A-Za-z0-9\-]{8,64}")


class _WithRequestId(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        try:
            record.request_id = g.get("request_id", "")
        except RuntimeError:
            record.request_id = ""
        return True


def init_logs(app: Flask) -> None:
    """Send the root logger to stderr as JSON lines, and note every request by route, never by full address."""
    configure_logging()

    @app.before_request
    def begin() -> None:
        given = request.headers.get("X-Request-Id", "")
        g.request_id = given if _REQUEST_ID.fullmatch(given) else new_id()
        g.started = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        response.headers["X-Request-Id"] = g.get("request_id", "")
        rule = request.url_rule.rule if request.url_rule else "(none)"
        took_ms = round((time.perf_counter() - g.get("started", time.perf_counter())) * 1000, 1)
        _log.info(
            "request",
            extra={"method": request.method, "route": rule, "status": response.status_code, "took_ms": took_ms},
        )
        return response


def configure_logging() -> None:
    """Idempotent: one JSON handler on the root logger."""
    root = logging.getLogger()
    if any(getattr(handler, "fangxin", False) for handler in root.handlers):
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.fangxin = True  # type: ignore[attr-defined]
    handler.setFormatter(
        JsonFormatter(
            "%(asctime)s %(levelname)s %(name)s %(message)s %(request_id)s",
            rename_fields={"asctime": "at", "levelname": "level", "name": "logger"},
            # Escaped, so that no line separator or terminal command of any alphabet stands in a log as itself.
            json_ensure_ascii=True,
        )
    )
    handler.addFilter(_WithRequestId())
    root.addHandler(handler)
    root.setLevel(logging.INFO)
