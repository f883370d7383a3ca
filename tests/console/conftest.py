"""The console with its CSRF protection on, beside a WeChat double."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from backend.access.actor import Role
from backend.infrastructure.settings import Settings, load_settings
from backend.kernel.clock import FixedClock
from tests.console.office import Office
from tests.environment import environment
from tests.pages.town import Browser, Shop, Town
from wechat_double.server import Double


@pytest.fixture
def double() -> Iterator[Double]:
    with Double() as running:
        yield running


@pytest.fixture
def settings(database_url: str, tmp_path: Path, double: Double) -> Settings:
    return load_settings(environment(database_url, tmp_path / "data", double.base_url))


@pytest.fixture
def town(app: Flask, double: Double) -> Town:
    return Town(app, double)


@pytest.fixture
def office(town: Town, clock: FixedClock) -> Office:
    return Office(town, clock)


@pytest.fixture
def shop(town: Town) -> Shop:
    return town.shop("瓯越电器")


@pytest.fixture
def consumer(town: Town) -> Browser:
    return town.person("gu-ke")


@pytest.fixture
def officer(office: Office) -> Browser:
    """Of the shop's county."""
    return office.at_desk(Role.COUNTY_OFFICER)
