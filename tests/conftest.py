"""The application on a fresh real database for each test, on SQLite and on PostgreSQL, with the WeChat double beside it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from backend.app import create_app
from backend.infrastructure.database import db
from backend.infrastructure.settings import Settings, load_settings
from backend.kernel.clock import FixedClock
from tests.databases import Databases
from tests.environment import environment

#: Monday 2026-11-23, 10:00 in Wenzhou: the tests' present.
PRESENT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=["sqlite", "postgresql", "both"], default="both")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_kind" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--database")
        metafunc.parametrize(
            "database_kind", ["sqlite", "postgresql"] if chosen == "both" else [chosen], scope="function"
        )


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Templates that every test's database is copied from."""
    made = Databases(tmp_path_factory.mktemp("databases"))
    yield made
    made.close()


@pytest.fixture
def database_url(database_kind: str, databases: Databases, tmp_path: Path) -> Iterator[str]:
    """A fresh, migrated, empty database."""
    with databases.fresh(database_kind, tmp_path) as url:
        yield url


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return load_settings(environment(database_url, tmp_path / "data"))


@pytest.fixture
def clock() -> FixedClock:
    """Stands still at PRESENT until a test moves it."""
    return FixedClock(PRESENT)


@pytest.fixture
def app(settings: Settings, clock: FixedClock) -> Iterator[Flask]:
    """The whole application on a fresh database."""
    built = create_app(settings, clock=clock)
    built.testing = False
    yield built
    with built.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
