"""Real worker processes that are killed, ended and set beside each other."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.app import create_app
from backend.infrastructure.database import db, session, unit_of_work
from backend.infrastructure.jobs import Job, enqueue
from backend.infrastructure.leasing import WorkState
from backend.infrastructure.settings import load_settings
from tests.environment import environment as environment_of
from tests.worker.subject import LEASE

JOBS = 12
PATIENCE_S = 40.0
Start = Callable[[], "subprocess.Popen[bytes]"]


@pytest.fixture
def environment(database_url: str, tmp_path: Path) -> dict[str, str]:
    return environment_of(database_url, tmp_path / "data")


@pytest.fixture
def running(environment: dict[str, str]) -> Iterator[Flask]:
    """The application with the machine's clock, as the worker processes have it."""
    app = create_app(load_settings(environment))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def start(environment: dict[str, str], tmp_path: Path) -> Iterator[Start]:
    """Starts worker processes; whatever still runs at the end is killed."""
    started: list[subprocess.Popen[bytes]] = []

    def begin() -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "tests.worker.subject", str(tmp_path)]
        started.append(subprocess.Popen(command, env={**os.environ, **environment}, stderr=subprocess.DEVNULL))
        return started[-1]

    yield begin
    for process in started:
        process.kill()
        process.wait()


def _wait_until(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < until, "waited too long"
        time.sleep(0.03)


def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


def _open_jobs() -> int:
    ours = sa.select(sa.func.count()).where(Job.name.in_(["note", "hang"]), Job.state != WorkState.DONE)
    with unit_of_work(read_only=True):
        return session().scalar(ours) or 0


def test_a_killed_worker_s_job_is_done_by_another_and_none_is_lost(
    running: Flask, start: Start, tmp_path: Path
) -> None:
    with unit_of_work():
        enqueue("hang", {"number": 0})
        for number in range(1, JOBS):
            enqueue("note", {"number": number})
    first = start()
    _wait_until(lambda: len(_lines(tmp_path / "started")) == 1)
    first.kill()
    first.wait()
    killed_at = time.monotonic()
    assert _open_jobs() == JOBS
    (tmp_path / "go").touch()
    start()
    _wait_until(lambda: _open_jobs() == 0)
    assert time.monotonic() - killed_at < LEASE.total_seconds() + 10
    assert Counter(_lines(tmp_path / "done")) == Counter(str(number) for number in range(JOBS))
    assert len(_lines(tmp_path / "started")) == 2
    with unit_of_work(read_only=True):
        assert session().scalar(sa.select(Job.tries).where(Job.name == "hang")) == 2


def test_sigterm_ends_after_the_job_in_hand(running: Flask, start: Start, tmp_path: Path) -> None:
    with unit_of_work():
        enqueue("hang", {"number": 0})
        enqueue("note", {"number": 1})
    worker = start()
    _wait_until(lambda: len(_lines(tmp_path / "started")) == 1)
    worker.send_signal(signal.SIGTERM)
    (tmp_path / "go").touch()
    assert worker.wait(PATIENCE_S) == 0
    assert _lines(tmp_path / "done") == ["0"]
    assert _open_jobs() == 1


def test_two_workers_keep_a_long_job_to_one_and_run_each_slot_once(
    running: Flask, start: Start, tmp_path: Path
) -> None:
    """The job outlasts three leases; its heartbeat keeps it. The free worker meanwhile runs the slots, each once."""
    with unit_of_work():
        enqueue("hang", {"number": 0})
    start()
    start()
    _wait_until(lambda: len(_lines(tmp_path / "started")) == 1)
    began = time.monotonic()
    _wait_until(lambda: time.monotonic() - began > 3 * LEASE.total_seconds() and len(_lines(tmp_path / "ticks")) >= 3)
    assert len(_lines(tmp_path / "started")) == 1
    (tmp_path / "go").touch()
    _wait_until(lambda: _open_jobs() == 0)
    with unit_of_work(read_only=True):
        slots = list(session().scalars(sa.select(Job.dedupe).where(Job.name == "periodic:tick")))
        tries = set(
            session().scalars(sa.select(Job.tries).where(Job.name == "periodic:tick", Job.state == WorkState.DONE))
        )
    assert len(slots) == len(set(slots))
    assert tries == {1}
    assert len(_lines(tmp_path / "ticks")) <= len(slots)
