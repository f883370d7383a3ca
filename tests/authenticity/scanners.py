"""People who scan a plate and tell about it, each from a phone and an address of the net of their own."""

import itertools
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from backend.badges import queries as badges
from backend.badges.model import Scan
from backend.infrastructure import current
from backend.infrastructure.database import new_id, session, unit_of_work
from backend.infrastructure.rate_limit import limiter

_count = itertools.count(1)


def tell(
    app: Flask,
    token: str,
    body: Mapping[str, Any],
    *,
    address: str | None = None,
    agent: str = "MicroMessenger",
    path: str = "not-this-shop",
) -> TestResponse:
    """One person tells something; from an address nobody else has, unless one is given."""
    limiter.reset()
    number = next(_count)
    return app.test_client().post(
        f"/api/v1/badges/{token}/{path}",
        json=body,
        headers={"Idempotency-Key": new_id(), "User-Agent": agent},
        environ_base={"REMOTE_ADDR": address or f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"},
    )


def wrong(app: Flask, token: str, **how: Any) -> None:
    """One person says that this is another shop."""
    assert tell(app, token, {"what": "other_shop"}, **how).status_code == 201


def scan(app: Flask, token: str, times: int, *, minutes_ago: int = 30) -> None:
    """The plate was scanned so many times, half an hour ago unless told otherwise."""
    with app.app_context(), unit_of_work():
        plate = badges.by_token(token).plate
        at = current.now() - timedelta(minutes=minutes_ago)
        session().add_all(Scan(plate_id=plate.id, at=at) for _ in range(times))
