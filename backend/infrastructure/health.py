"""/healthz: the process lives. /readyz: it can serve: database, migrations, and whatever the application adds."""

from collections.abc import Callable

import sqlalchemy as sa
from flask import Flask, Response, jsonify

from . import current
from .database import session, unit_of_work
from .rate_limit import limiter

Check = Callable[[], str | None]


def init_health(app: Flask) -> None:
    """Serve both addresses; neither says more than a word per part."""

    @app.get("/healthz")
    @limiter.exempt
    def healthz() -> Response:
        return jsonify(status="ok")

    @app.get("/readyz")
    @limiter.exempt
    def readyz() -> tuple[Response, int]:
        faults = {name: fault for name, check in _checks().items() if (fault := _fault(check)) is not None}
        return jsonify(status="ready" if not faults else "not ready", faults=faults), 503 if faults else 200


def _checks() -> dict[str, Check]:
    return {"database": _database, **current.runtime().health_checks}


def _fault(check: Check) -> str | None:
    try:
        return check()
    except Exception:  # noqa: BLE001 - whatever stops a check stops the service
        return "unreachable"


def _database() -> None:
    with unit_of_work(read_only=True):
        session().execute(sa.text("SELECT 1"))
