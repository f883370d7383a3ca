"""The command line with an environment of its own, and the application that it speaks of."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from backend.app import create_app
from backend.cli import main
from backend.infrastructure.database import db
from backend.infrastructure.settings import load_settings
from tests.environment import environment as environment_of

Run = Callable[..., Result]


@pytest.fixture
def environment(database_url: str, tmp_path: Path) -> dict[str, str]:
    return environment_of(database_url, tmp_path / "data")


@pytest.fixture
def run(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def begin(*arguments: str) -> Result:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return CliRunner().invoke(main, list(arguments))

    return begin


@pytest.fixture
def running(environment: dict[str, str]) -> Iterator[Flask]:
    app = create_app(load_settings(environment))
    yield app
    with app.app_context():
        db.engine.dispose()
