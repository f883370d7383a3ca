"""Fresh databases for tests: a migrated template of each kind, copied for every test or made as new after it."""

import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from backend.app import create_app
from backend.infrastructure.database import db
from backend.infrastructure.settings import load_settings
from backend.schema import bring_up_to_date
from tests.environment import environment
from tests.postgres import PostgresNotInstalled, PostgresServer
from tests.refilling import Refilled


class Databases:
    """Makes databases from templates; one per test process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sqlite: Path | None = None
        self._server: PostgresServer | None = None
        self._used: Refilled | None = None

    @contextmanager
    def fresh(self, kind: str, folder: Path) -> Generator[str]:
        """An empty database at the newest schema; gone afterwards.

        kind   'sqlite' or 'postgresql'; where the machine has no PostgreSQL the test is skipped, and says so
        """
        if kind == "sqlite":
            path = folder / "test.sqlite3"
            for old in folder.glob(f"{path.name}*"):
                old.unlink()
            shutil.copyfile(self._sqlite_template(), path)
            yield f"sqlite:///{path}"
            return
        server = self._postgresql()
        if self._used is None or not self._used.as_new():
            self._copy_again(server)
        yield server.url("test")

    def _copy_again(self, server: PostgresServer) -> None:
        if self._used is not None:
            self._used.close()
        server.drop_database("test")
        server.create_database("test", template="fangxin_template")
        self._used = Refilled.of(server.dsn("test"))

    def close(self) -> None:
        """Stop what was started."""
        if self._used is not None:
            self._used.close()
        if self._server is not None:
            self._server.__exit__(None, None, None)

    def _sqlite_template(self) -> Path:
        if self._sqlite is None:
            path = self._folder / "template.sqlite3"
            build_schema(f"sqlite:///{path}", self._folder / "data")
            self._sqlite = path
        return self._sqlite

    def _postgresql(self) -> PostgresServer:
        if self._server is None:
            try:
                self._server = PostgresServer().__enter__()
            except PostgresNotInstalled as missing:
                pytest.skip(str(missing))
            self._server.create_database("fangxin_template")
            build_schema(self._server.url("fangxin_template"), self._folder / "data")
        return self._server


def build_schema(url: str, folder: Path) -> None:
    """Lay the newest schema into an empty database, by the migrations, with the calendar that they bring."""
    app = create_app(load_settings(environment(url, folder)))
    with app.app_context():
        bring_up_to_date()
        db.session.remove()
        db.engine.dispose()
