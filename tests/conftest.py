"""The application on a fresh real database for each test, on SQLite and on PostgreSQL, with the WeChat double beside it."""

import atexit
import gc
import logging
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from backend.accounts.service import credentials
from backend.infrastructure.settings import Settings, load_settings
from backend.kernel.clock import FixedClock
from tests.databases import Databases
from tests.environment import environment
from tests.lending import Applications
from tests.scratch import scratch_folder
from wechat_double.server import Double

#: Monday 2026-11-23, 10:00 in Wenzhou: the tests' present.
PRESENT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=["sqlite", "postgresql", "both"], default="both")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Tests' own folders lie where commits need not wait for a disk, unless `--basetemp` names a place to keep them."""
    if config.option.basetemp is None:
        folder = scratch_folder("fangxin-tests-")
        config.option.basetemp = str(folder)
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_kind" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--database")
        kinds = ["sqlite", "postgresql"] if chosen == "both" else [chosen]
        alike = metafunc.definition.get_closest_marker("databases_alike")
        metafunc.parametrize("database_kind", kinds[:1] if alike else kinds, scope="function")


def pytest_collection_finish() -> None:
    """What stands once everything is collected stays to the end: looking through it again and again is a tenth of all work."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_unconfigure() -> None:
    """At the end everything may go: zxing-cpp complains on the way out of what pytest keeps of it."""
    gc.unfreeze()
    atexit.unregister(gc.freeze)


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[None]:
    """Passwords are hashed at the least price: at the full one the hashing of the tests' staff is a fifth of all work."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(credentials, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


class _Compiled(BytecodeCache):
    """Templates as any application of this process compiled them, by what they say."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        held = self._kept.get((bucket.key, bucket.checksum))
        if held is not None:
            bucket.bytecode_from_string(held)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


@pytest.fixture(scope="session", autouse=True)
def templates_compiled_once() -> Iterator[None]:
    """Each of the applications that tests build would compile every template anew."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "jinja_options", {**Flask.jinja_options, "bytecode_cache": _Compiled()})
        yield


@pytest.fixture(scope="session", autouse=True)
def quiet_resets() -> Iterator[None]:
    """That limits were reset is no news: tests do it before every call, and each line is formatted three times."""
    logger = logging.getLogger("flask-limiter")
    logger.setLevel(logging.WARNING)
    yield
    logger.setLevel(logging.NOTSET)


@pytest.fixture
def costly_passwords(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Passwords are hashed as outside the tests."""
    monkeypatch.setattr(credentials, "_hasher", PasswordHasher.from_parameters(credentials.PRICE))
    credentials.decoy.cache_clear()
    yield
    credentials.decoy.cache_clear()


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Templates that every test's database is copied from."""
    made = Databases(tmp_path_factory.mktemp("databases"))
    yield made
    made.close()


@pytest.fixture(scope="session")
def applications() -> Applications:
    return Applications()


@pytest.fixture(scope="session")
def double_server() -> Iterator[Double]:
    with Double() as running:
        yield running


@pytest.fixture
def double(double_server: Double) -> Double:
    """WeChat's stand-in, which remembers nothing."""
    double_server.forget()
    return double_server


@pytest.fixture(scope="session")
def premises() -> Iterator[Path]:
    """Where the tests' databases and files lie, one after the other."""
    folder = scratch_folder("fangxin-premises-")
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def data_dir(premises: Path) -> Path:
    """An empty folder for the application's files, at the same place for every test."""
    folder = premises / "data"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


@pytest.fixture
def database_url(database_kind: str, databases: Databases, premises: Path) -> Iterator[str]:
    """A fresh, migrated, empty database, at the same place for every test."""
    with databases.fresh(database_kind, premises) as url:
        yield url


@pytest.fixture
def settings(database_url: str, data_dir: Path) -> Settings:
    return load_settings(environment(database_url, data_dir))


@pytest.fixture
def clock() -> FixedClock:
    """Stands still at PRESENT until a test moves it."""
    return FixedClock(PRESENT)


@pytest.fixture
def app(applications: Applications, settings: Settings, clock: FixedClock) -> Iterator[Flask]:
    """The whole application on a fresh database."""
    with applications.lent(settings, clock) as app:
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
