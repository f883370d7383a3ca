"""Jobs: promised with the transaction, done after it; periodic work once per slot."""

import threading
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.infrastructure import jobs, leasing
from backend.infrastructure.database import session, unit_of_work
from backend.infrastructure.jobs import Job, JobTable, Periodic, PeriodicRun, enqueue
from backend.infrastructure.lease_keeper import LeaseKeeper
from backend.infrastructure.leasing import LEASE, WorkState
from backend.kernel.clock import FixedClock


def _states() -> list[tuple[str, WorkState]]:
    with unit_of_work(read_only=True):
        return [(row.name, row.state) for row in session().execute(sa.select(Job.name, Job.state).order_by(Job.id))]


def _run_all(app: Flask, table: JobTable) -> int:
    """Do what is due. returns how many jobs were taken"""
    count = 0
    with LeaseKeeper(app) as keeper:
        while jobs.run_next(table, keeper):
            count += 1
    return count


def test_a_job_is_done_with_its_payload_and_no_transaction_open(app: Flask) -> None:
    seen: list[Any] = []

    def handler(payload: Mapping[str, Any]) -> None:
        with unit_of_work(read_only=True):
            seen.append(payload)

    with app.app_context():
        with unit_of_work():
            enqueue("greet", {"unit_id": "0192-abc", "year": 2026})
        assert _run_all(app, JobTable({"greet": handler})) == 1
        assert seen == [{"unit_id": "0192-abc", "year": 2026}]
        assert _states() == [("greet", WorkState.DONE)]


def test_a_job_of_a_failed_transaction_does_not_exist(app: Flask) -> None:
    with app.app_context():
        with pytest.raises(RuntimeError, match="rolled back"), unit_of_work():  # noqa: PT012
            enqueue("greet")
            raise RuntimeError("rolled back")
        assert _states() == []


def test_a_dedupe_key_admits_one_job(app: Flask) -> None:
    with app.app_context():
        with unit_of_work():
            enqueue("recount", dedupe="recount:2027")
            enqueue("recount", dedupe="recount:2027")
        assert len(_states()) == 1
        with unit_of_work():
            enqueue("recount", dedupe="recount:2027")
            enqueue("recount", dedupe="recount:2028")
        assert len(_states()) == 2


def test_two_transactions_that_race_for_a_dedupe_key_make_one_job(app: Flask) -> None:
    start = threading.Barrier(6)
    finished: list[bool] = []

    def race() -> None:
        with app.app_context():
            start.wait(30)
            with unit_of_work():
                enqueue("recount", dedupe="recount:2027")
            finished.append(True)

    threads = [threading.Thread(target=race) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert finished == [True] * 6
    with app.app_context():
        assert len(_states()) == 1


@pytest.mark.parametrize("value", ["张三", "call 138 0000 0000", "", "x" * 81])
def test_a_payload_holds_ids_alone(app: Flask, value: str) -> None:
    with app.app_context(), unit_of_work(), pytest.raises(ValueError, match="ids alone"):
        enqueue("greet", {"who": value})


def test_a_failed_job_comes_back_and_its_error_text_is_not_kept(app: Flask, clock: FixedClock) -> None:
    def handler(payload: Mapping[str, Any]) -> None:
        if clock.now() < ready_at:
            raise ConnectionError("13800000000 did not answer")

    ready_at = clock.now() + timedelta(seconds=10)
    table = JobTable({"call": handler})
    with app.app_context():
        with unit_of_work():
            enqueue("call")
        assert _run_all(app, table) == 1
        with unit_of_work(read_only=True):
            assert session().scalar(sa.select(Job.reason)) == "ConnectionError"
        clock.advance(seconds=10)
        assert _run_all(app, table) == 1
        assert _states() == [("call", WorkState.DONE)]


def test_a_job_of_another_version_waits_for_it(app: Flask) -> None:
    with app.app_context():
        with unit_of_work():
            enqueue("from-the-future")
        _run_all(app, JobTable({}))
        assert _states() == [("from-the-future", WorkState.READY)]


def test_a_handler_that_outlasts_its_lease_keeps_it(app: Flask, clock: FixedClock) -> None:
    """The heartbeat extends the lease while the handler runs; without a keeper another worker takes the job over."""
    lease = timedelta(milliseconds=150)
    beats = threading.Semaphore(0)
    rivals: list[object] = []

    def handler(payload: Mapping[str, Any]) -> None:
        for _ in range(3):
            clock.advance(milliseconds=140)
            while beats.acquire(blocking=False):
                pass
            assert beats.acquire(timeout=10)
        rivals.extend(leasing.claim(Job, 1, lease))

    with app.app_context():
        with unit_of_work():
            enqueue("long")
        with LeaseKeeper(app, lease=lease, on_beat=beats.release) as keeper:
            assert jobs.run_next(JobTable({"long": handler}), keeper)
        assert rivals == []
        assert _states() == [("long", WorkState.DONE)]

        with unit_of_work():
            enqueue("control")
        (held,) = leasing.claim(Job, 1, lease)
        clock.advance(milliseconds=160)
        (taken,) = leasing.claim(Job, 1, lease)
        assert taken.id == held.id


def test_a_slot_is_planned_once_by_many_workers(app: Flask, clock: FixedClock) -> None:
    periodic = Periodic("tick", timedelta(seconds=10), lambda: None)
    start = threading.Barrier(4)

    def race() -> None:
        with app.app_context():
            start.wait(30)
            jobs.plan(periodic)

    for _ in range(3):
        threads = [threading.Thread(target=race) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        with app.app_context():
            assert _run_all(app, JobTable({}, [periodic])) == 1
        clock.advance(seconds=10)
    with app.app_context():
        assert _states() == [("periodic:tick", WorkState.DONE)] * 3


def test_a_slot_whose_earlier_run_is_unfinished_adds_none(app: Flask, clock: FixedClock) -> None:
    periodic = Periodic("tick", timedelta(seconds=10), lambda: None)
    with app.app_context():
        jobs.plan(periodic)
        clock.advance(seconds=10)
        jobs.plan(periodic)
        assert _states() == [("periodic:tick", WorkState.READY)]


def test_a_failed_periodic_run_leaves_the_next_slot_free(app: Flask, clock: FixedClock) -> None:
    def fail() -> None:
        raise ValueError

    periodic = Periodic("tick", timedelta(seconds=2), fail)
    table = JobTable({}, [periodic])
    with app.app_context():
        jobs.plan(periodic)
        _run_all(app, table)
        assert _states() == [("periodic:tick", WorkState.DROPPED)]
        clock.advance(seconds=2)
        jobs.plan(periodic)
        assert _states() == [("periodic:tick", WorkState.DROPPED), ("periodic:tick", WorkState.READY)]


def test_a_failed_daily_run_is_tried_again_within_its_day(app: Flask, clock: FixedClock) -> None:
    outcomes = [RuntimeError(), None]

    def handler() -> None:
        outcome = outcomes.pop(0)
        if outcome is not None:
            raise outcome

    periodic = Periodic("daily", timedelta(days=1), handler)
    table = JobTable({}, [periodic])
    with app.app_context():
        jobs.plan(periodic)
        _run_all(app, table)
        clock.advance(seconds=10)
        _run_all(app, table)
        assert _states() == [("periodic:daily", WorkState.DONE)]


def test_a_planned_run_whose_worker_died_is_not_lost(app: Flask, clock: FixedClock) -> None:
    ran: list[int] = []
    periodic = Periodic("daily", timedelta(days=1), lambda: ran.append(1))
    with app.app_context():
        jobs.plan(periodic)
        assert leasing.claim(Job, 1)  # and this worker is never heard of again
        clock.advance(seconds=LEASE.total_seconds())
        assert _run_all(app, JobTable({}, [periodic])) == 1
        assert ran == [1]


@pytest.mark.parametrize("every", [timedelta(0), timedelta(days=8)])
def test_slots_have_sensible_lengths(every: timedelta) -> None:
    with pytest.raises(ValueError, match="slot"):
        Periodic("tick", every, lambda: None)


def test_purge_keeps_what_is_young_dead_or_a_used_key(app: Flask, clock: FixedClock) -> None:
    table = JobTable({"done": lambda payload: None})
    with app.app_context():
        jobs.plan(Periodic("done", timedelta(days=1), lambda: None))
        with unit_of_work():
            enqueue("done")
            enqueue("done", dedupe="kept")
            enqueue("done", dedupe=f"{jobs.SLOT}done:7")
        _run_all(app, JobTable({"done": lambda payload: None}, [Periodic("done", timedelta(days=1), lambda: None)]))
        with unit_of_work():
            enqueue("dead")
        (dead,) = leasing.claim(Job, 1)
        leasing.finish(dead, WorkState.DEAD)
        assert jobs.purge() == 0
        clock.advance(days=31)
        with unit_of_work():
            enqueue("done")
        _run_all(app, table)
        assert jobs.purge() == 4
        assert _states() == [("done", WorkState.DONE), ("dead", WorkState.DEAD), ("done", WorkState.DONE)]
        with unit_of_work(read_only=True):
            assert session().scalar(sa.select(sa.func.count()).select_from(PeriodicRun)) == 0
            assert session().scalar(sa.select(Job.dedupe).where(Job.dedupe.is_not(None))) == "kept"
