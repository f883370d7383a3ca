"""Two real web processes under load: a revocation is in every answer that was asked for after it, and a killed process loses no scan."""

import http.client
import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import sqlalchemy as sa

from backend.access.actor import SYSTEM
from backend.app import create_app
from backend.badges import scan_log
from backend.badges import service as badges
from backend.badges.model import Scan
from backend.certification import queries as certificates
from backend.certification import service as certification
from backend.certification.rules import Ground
from backend.infrastructure.database import db, session, unit_of_work
from backend.infrastructure.settings import load_settings
from tests.databases import Databases
from tests.environment import environment
from tests.faults.serving import serve
from tests.pages.town import Shop, Town
from wechat_double.server import Double


@dataclass
class Phones:
    """Scans without a pause, each on a connection of its own, until told to stop."""

    port: int
    path: str
    answered: int = 0
    wrong: list[str] = field(default_factory=list)
    expected: str = "VALID"
    _stop: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __enter__(self) -> "Phones":
        self._threads = [threading.Thread(target=self._scan) for _ in range(6)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def wait_for(self, more: int) -> None:
        """So many further answers."""
        goal = self.answered + more
        while self.answered < goal:
            self._stop.wait(0.01)

    def _scan(self) -> None:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            self._scan_over(connection)

    def _scan_over(self, connection: http.client.HTTPConnection) -> None:
        while not self._stop.is_set():
            expected = self.expected  # read before asking: what holds now must be in the answer
            try:
                connection.request("GET", self.path)
                body = connection.getresponse().read().decode()
            except (OSError, http.client.HTTPException):
                connection.close()  # its process was killed; a phone tries again
                continue
            with self._lock:
                self.answered += 1
                if expected == "REVOKED" and '"standing":"REVOKED"' not in body:
                    self.wrong.append(body[:80])


@dataclass(frozen=True)
class Served:
    """A running installation with one shop."""

    port: int
    master: int
    town: Town
    shop: Shop


@pytest.fixture
def served(databases: Databases, database_kind: str, tmp_path: Path) -> Iterator[Served]:
    with databases.fresh(database_kind, tmp_path) as url, Double() as double:
        variables = {**environment(url, tmp_path / "data", double.base_url), "FANGXIN_WEB_WORKERS": "2"}
        app = create_app(load_settings(variables))
        town = Town(app, double)
        shop = town.shop("瓯越电器")
        pid_file = tmp_path / "pid"
        with serve(
            tmp_path / "log", f"--pid={pid_file}", app="backend.asgi:app", health="/healthz", environment=variables
        ) as port:
            yield Served(port, int(pid_file.read_text()), town, shop)
        app.extensions["fangxin_scan_log"].close()
        with app.app_context():
            db.engine.dispose()


def _workers(master: int) -> list[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(master)], capture_output=True, text=True, check=True)
    return [int(pid) for pid in found.stdout.split()]


def _revoke(served: Served) -> None:
    def act() -> None:
        certificate = certificates.by_number(served.shop.certificate_no)
        certification.revoke(SYSTEM, certificate, Ground.G05_FALSE_MATERIAL)
        badges.announce_standing(certificate)

    served.town.act(act)


def test_revocation_and_death_under_load(served: Served) -> None:
    with Phones(served.port, f"/api/v1/badges/{served.shop.token}") as phones:
        phones.expected = "REVOKED"
        phones.wait_for(300)
        assert len(phones.wrong) > 200, "the control: what still stands would be noticed"
        phones.wrong.clear()
        phones.expected = "VALID"
        phones.wait_for(50)
        phones.wrong.clear()
        _revoke(served)
        phones.expected = "REVOKED"
        phones.wait_for(300)
        killed, other = _workers(served.master)
        os.kill(killed, signal.SIGKILL)
        phones.wait_for(300)
        assert killed not in _workers(served.master)
        assert other in _workers(served.master)
    assert phones.wrong == []
    with served.town.app.app_context():
        scan_log.load_noted()
        with unit_of_work(read_only=True):
            loaded = session().scalar(sa.select(sa.func.count()).select_from(Scan)) or 0
    assert phones.answered <= loaded <= phones.answered + 6, "what was under way when its process died may be noted"
