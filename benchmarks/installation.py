"""A fresh installation for a measurement: database, sample units, WeChat double."""

import tempfile
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from backend.access.actor import SYSTEM
from backend.app import create_app
from backend.badges.register_import import import_register
from backend.infrastructure.database import db
from backend.infrastructure.settings import load_settings
from backend.kernel.clock import SystemClock, local_date
from backend.merchants.rules import PLAN_TARGETS
from backend.merchants.sample_units import sample_rows, write_sample
from backend.schema import bring_up_to_date
from tests.environment import environment as environment_of
from tests.postgres import PostgresServer
from wechat_double.server import Double

_NAME = "fangxin"
#: What a server of a town would be given; and no checkpoint in the middle of a slot.
_ROOM = {"shared_buffers": "512MB", "max_wal_size": "8GB", "checkpoint_timeout": "1h"}


@dataclass(frozen=True)
class Installation:
    """An application with its database, and the environment that describes it."""

    app: Flask
    environment: dict[str, str]
    folder: Path
    double: Double
    postgresql: PostgresServer | None = None

    @property
    def postgresql_url(self) -> str | None:
        """libpq's address of the database, where it is PostgreSQL."""
        return self.postgresql.url(_NAME).replace("+psycopg", "") if self.postgresql else None

    @property
    def behind(self) -> tuple[int, ...]:
        """The database's process, where it has one."""
        return (self.postgresql.pid,) if self.postgresql else ()


@contextmanager
def installation(database: str) -> Generator[Installation]:
    """A migrated, empty database of this kind; gone afterwards."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fangxin-bench-")))
        double = stack.enter_context(Double())
        server = None
        url = f"sqlite:///{folder / 'fangxin.sqlite3'}"
        if database == "postgresql":
            server = stack.enter_context(PostgresServer(durable=True, **_ROOM))
            server.create_database(_NAME)
            url = server.url(_NAME)
        environment = {**environment_of(url, folder / "data", double.base_url), "FANGXIN_TRUSTED_PROXIES": "1"}
        app = create_app(load_settings(environment))
        with app.app_context():
            bring_up_to_date()
        yield Installation(app, environment, folder, double, server)
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def sample_file(folder: Path, times: int = 1) -> Path:
    """The plan's 3,000 units, `times` over, as an Excel file."""
    path = folder / f"units-{times}.xlsx"
    rows = sample_rows(local_date(SystemClock().now()), times=times)
    write_sample(path, rows, sum(PLAN_TARGETS.values()) * times, lambda _done, _total: None)
    return path


def fill(made: Installation) -> None:
    """Import the plan's 3,000 units, each with its plate and card."""
    with made.app.app_context():
        import_register(SYSTEM, sample_file(made.folder))
        db.session.remove()
