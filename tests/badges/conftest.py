"""A town with shops, their stations and people, beside a WeChat double."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from backend.infrastructure.settings import Settings, load_settings
from tests.environment import environment
from tests.pages.town import Town
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
