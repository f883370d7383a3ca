"""A fresh installation for a measurement: database, sample units, WeChat double; and a server before it."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Generator, Sequence
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

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Installation:
    """An application with its database, and the environment that describes it."""

    app: Flask
    environment: dict[str, str]
    folder: Path
    double: Double


@contextmanager
def installation(database: str) -> Generator[Installation]:
    """A migrated, empty database of this kind; gone afterwards."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fangxin-bench-")))
        double = stack.enter_context(Double())
        url = f"sqlite:///{folder / 'fangxin.sqlite3'}"
        if database == "postgresql":
            server = stack.enter_context(PostgresServer(durable=True))
            server.create_database("fangxin")
            url = server.url("fangxin")
        environment = {**environment_of(url, folder / "data", double.base_url), "FANGXIN_TRUSTED_PROXIES": "1"}
        app = create_app(load_settings(environment))
        with app.app_context():
            bring_up_to_date()
        yield Installation(app, environment, folder, double)
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


@dataclass(frozen=True)
class Server:
    """A running gunicorn with one worker."""

    port: int
    master: int

    def cpu_s(self) -> float:
        """Processor seconds of the worker so far."""
        return sum(map(_cpu_s, _children(self.master)))


@contextmanager
def serving(target: str, environment: dict[str, str]) -> Generator[Server]:
    """gunicorn with the real settings and one worker before an application such as 'backend.asgi:app'."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    settings = {**environment, "PATH": os.environ["PATH"], "PORT": str(port), "FANGXIN_WEB_WORKERS": "1"}
    command: Sequence[str] = (sys.executable, "-m", "gunicorn", "--config", str(ROOT / "gunicorn.conf.py"), target)
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=log, stderr=log)
        try:
            _wait(process, f"http://127.0.0.1:{port}/")
            yield Server(port, process.pid)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def _wait(process: "subprocess.Popen[bytes]", url: str) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"{url} does not answer") from None
            time.sleep(0.1)


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
