"""The worker within one process: a turn of everything, signs of life, faults that it outlives."""

import os
import threading
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.infrastructure.database import session, unit_of_work
from backend.infrastructure.jobs import Job, JobTable, Periodic, Work, enqueue, init_work
from backend.infrastructure.leasing import WorkState
from backend.kernel.clock import FixedClock
from backend.worker import Bell, Worker, WorkerHeartbeat, check_worker, run_worker


def _give(
    app: Flask,
    handlers: Mapping[str, Callable[[Mapping[str, Any]], object]],
    *,
    periodics: tuple[Periodic, ...] = (),
    deliver: Callable[[], int] = lambda: 0,
) -> None:
    init_work(app, Work(JobTable(handlers, periodics), deliver=deliver))


def test_one_call_does_everything_that_is_due(app: Flask) -> None:
    done: list[str] = []
    outbox = ["second", "first"]

    def first(payload: Mapping[str, Any]) -> None:
        done.append("first job")
        with unit_of_work():
            enqueue("second")

    def deliver() -> int:
        if not outbox:
            return 0
        done.append(f"{outbox.pop()} notice")
        return 1

    _give(
        app,
        {"first": first, "second": lambda payload: done.append("second job")},
        periodics=(Periodic("tick", timedelta(minutes=1), lambda: done.append("tick")),),
        deliver=deliver,
    )
    with app.app_context(), unit_of_work():
        enqueue("first")
    run_worker(app, once=True)
    assert sorted(done) == ["first job", "first notice", "second job", "second notice", "tick"]
    run_worker(app, once=True)
    assert len(done) == 5


def test_a_failing_job_does_not_keep_the_others_from_running(app: Flask) -> None:
    done: list[int] = []

    def fail(payload: Mapping[str, Any]) -> None:
        with unit_of_work():
            enqueue("good", {"number": -1})
            raise RuntimeError

    _give(app, {"bad": fail, "good": lambda payload: done.append(payload["number"])})
    with app.app_context(), unit_of_work():
        enqueue("bad")
        enqueue("good", {"number": 2})
    run_worker(app, once=True)
    assert done == [2]


def test_readiness_knows_whether_a_worker_lives(app: Flask, clock: FixedClock) -> None:
    _give(app, {})
    with app.app_context():
        assert check_worker() == "no worker has started"
    run_worker(app, once=True)
    with app.app_context():
        assert check_worker() is None
        clock.advance(seconds=59)
        assert check_worker() is None
        clock.advance(seconds=1)
        assert check_worker() == "no worker is alive"
    run_worker(app, once=True)
    with app.app_context():
        assert check_worker() is None
        with unit_of_work(read_only=True):
            assert session().scalar(sa.select(sa.func.count()).select_from(WorkerHeartbeat)) == 1


def test_a_fault_of_the_database_is_outlived(app: Flask) -> None:
    """The first turn fails as if the database were away; the worker goes on and does the job."""
    calls: list[int] = []
    worker = Worker(app)

    def deliver() -> int:
        calls.append(1)
        if len(calls) == 1:
            raise sa.exc.OperationalError("SELECT 1", {}, Exception("server closed the connection"))
        return 0

    def last(payload: Mapping[str, Any]) -> None:
        worker.stop()

    _give(app, {"last": last}, deliver=deliver)
    with app.app_context(), unit_of_work():
        enqueue("last", due_at=app.extensions["fangxin"].clock.now() + timedelta(seconds=1))

    def later() -> None:
        while len(calls) < 1:
            time.sleep(0.01)
        app.extensions["fangxin"].clock.advance(seconds=1)

    helper = threading.Thread(target=later)
    helper.start()
    worker.run()
    helper.join()
    with app.app_context(), unit_of_work(read_only=True):
        assert session().scalar(sa.select(Job.state).where(Job.name == "last")) is WorkState.DONE


def test_control_a_fault_is_raised_when_run_once(app: Flask) -> None:
    def deliver() -> int:
        raise sa.exc.OperationalError("SELECT 1", {}, Exception("server closed the connection"))

    _give(app, {}, deliver=deliver)
    with pytest.raises(sa.exc.OperationalError):
        run_worker(app, once=True)


def test_an_idle_worker_rests(app: Flask) -> None:
    """Polling at most about once a second, without a busy loop, and awake at once when asked to stop."""
    turns: list[int] = []

    def deliver() -> int:
        turns.append(1)
        return 0

    _give(app, {}, deliver=deliver)
    worker = Worker(app)
    thread = threading.Thread(target=worker.run)
    thread.start()
    while not turns:
        time.sleep(0.01)
    time.sleep(0.3)
    began = time.monotonic()
    worker.stop()
    thread.join(10)
    assert time.monotonic() - began < 0.5
    assert len(turns) <= 3


def test_a_bell_rung_before_sleep_is_not_missed_and_never_blocks() -> None:
    bell = Bell()
    for _ in range(100_000):
        bell.ring()
    began = time.monotonic()
    while time.monotonic() - began < 0.2:
        before = time.monotonic()
        bell.sleep(5)
        if time.monotonic() - before > 0.05:
            pytest.fail("slept although the bell had rung")
        bell.ring()
    bell.close()
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.read(bell._read, 1)
