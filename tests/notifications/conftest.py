"""The application with the notices' API, beside a WeChat double."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from backend.access.actor import Actor, Grant, Role
from backend.app import create_app
from backend.infrastructure.database import db, new_id
from backend.infrastructure.settings import load_settings
from backend.kernel.clock import FixedClock
from tests.environment import environment as environment_of
from wechat_double.server import Double

KEYS = ("CASE", "DEADLINE", "STANDING", "RATING", "VISIT")


@pytest.fixture
def double() -> Iterator[Double]:
    with Double() as running:
        yield running


@pytest.fixture
def app(database_url: str, tmp_path: Path, clock: FixedClock, double: Double) -> Iterator[Flask]:
    environment = environment_of(database_url, tmp_path / "data", double.base_url)
    environment |= {f"FANGXIN_WECHAT_TEMPLATE_{key}": f"tmpl-{key.lower()}" for key in KEYS}
    app = create_app(load_settings(environment), clock=clock)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def consumer() -> Actor:
    return Actor(new_id(), (Grant(Role.CONSUMER),))


@pytest.fixture
def stranger() -> Actor:
    return Actor(new_id(), (Grant(Role.CONSUMER),))


@pytest.fixture
def operator() -> Actor:
    return Actor(new_id(), (Grant(Role.OPERATOR),))
