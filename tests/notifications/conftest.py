"""The application with the notices' API, beside a WeChat double."""

from pathlib import Path

import pytest

from backend.access.actor import Actor, Grant, Role
from backend.infrastructure.database import new_id
from backend.infrastructure.settings import Settings, load_settings
from tests.environment import environment as environment_of
from wechat_double.server import Double

KEYS = ("CASE", "DEADLINE", "STANDING", "RATING", "VISIT")


@pytest.fixture
def settings(database_url: str, data_dir: Path, double: Double) -> Settings:
    environment = environment_of(database_url, data_dir, double.base_url)
    return load_settings(environment | {f"FANGXIN_WECHAT_TEMPLATE_{key}": f"tmpl-{key.lower()}" for key in KEYS})


@pytest.fixture
def consumer() -> Actor:
    return Actor(new_id(), (Grant(Role.CONSUMER),))


@pytest.fixture
def stranger() -> Actor:
    return Actor(new_id(), (Grant(Role.CONSUMER),))


@pytest.fixture
def operator() -> Actor:
    return Actor(new_id(), (Grant(Role.OPERATOR),))
