"""Leases on both databases: one holder at a time, outcomes only from the holder, pauses, dead letters."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.infrastructure import leasing
from backend.infrastructure.database import session, unit_of_work
from backend.infrastructure.jobs import Job, enqueue
from backend.infrastructure.leasing import LEASE, WorkState
from backend.kernel.clock import FixedClock

WORKERS = 8
ROWS = 500


def _enqueue(count: int) -> None:
    with unit_of_work():
        for number in range(count):
            enqueue("count", {"number": number})


def _stored(job: Job) -> Job:
    with unit_of_work(read_only=True) as opened:
        found = opened.scalars(sa.select(Job).where(Job.id == job.id).execution_options(populate_existing=True)).one()
        opened.expunge(found)
    return found


def _in_parallel(app: Flask, work: Callable[[], list[str]]) -> Counter[str]:
    """Run in eight threads, each with its own application context. returns how often each row was taken"""
    taken: Counter[str] = Counter()
    faults: list[BaseException] = []

    def run() -> None:
        try:
            with app.app_context():
                taken.update(work())
        except BaseException as error:
            faults.append(error)
            raise

    threads = [threading.Thread(target=run) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not faults
    return taken


def test_eight_workers_share_the_rows_without_duplicates(app: Flask) -> None:
    with app.app_context():
        _enqueue(ROWS)
    start = threading.Barrier(WORKERS)

    def work() -> list[str]:
        start.wait(30)
        taken: list[str] = []
        while rows := leasing.claim(Job, 7):
            taken += [row.id for row in rows]
        return taken

    taken = _in_parallel(app, work)
    assert len(taken) == ROWS
    assert set(taken.values()) == {1}


def test_control_reading_and_then_marking_duplicates(app: Flask) -> None:
    """What `claim` avoids: the same test finds duplicates when rows are read first and marked afterwards."""
    with app.app_context():
        _enqueue(ROWS)
    read = threading.Barrier(WORKERS)

    def work() -> list[str]:
        with unit_of_work(read_only=True):
            found = list(session().scalars(sa.select(Job.id).where(Job.state == WorkState.READY).limit(7)))
        read.wait(30)
        with unit_of_work():
            session().execute(sa.update(Job).where(Job.id.in_(found)).values(state=WorkState.DONE))
        return found

    assert max(_in_parallel(app, work).values()) > 1


def test_a_claim_takes_no_more_than_asked_and_the_longest_due_first(app: Flask, clock: FixedClock) -> None:
    with app.app_context():
        for number in range(5):
            with unit_of_work():
                enqueue("count", {"number": number})
            clock.advance(seconds=1)
        assert [row.payload["number"] for row in leasing.claim(Job, 3)] == [0, 1, 2]
        assert [row.payload["number"] for row in leasing.claim(Job, 3)] == [3, 4]
        assert not leasing.claim(Job, 3)


def test_work_is_not_claimed_before_it_is_due(app: Flask, clock: FixedClock) -> None:
    with app.app_context():
        with unit_of_work():
            enqueue("later", due_at=clock.now() + timedelta(minutes=5))
        assert not leasing.claim(Job, 1)
        clock.advance(minutes=5)
        assert len(leasing.claim(Job, 1)) == 1


def test_a_lapsed_lease_is_taken_over_and_its_old_holder_can_record_nothing(app: Flask, clock: FixedClock) -> None:
    with app.app_context():
        _enqueue(1)
        (first,) = leasing.claim(Job, 1)
        assert not leasing.claim(Job, 1)
        clock.advance(seconds=LEASE.total_seconds())
        (second,) = leasing.claim(Job, 1)
        assert (second.id, second.tries) == (first.id, 2)
        assert not leasing.extend(first)
        assert not leasing.finish(first)
        assert leasing.retry(first, "late") is None
        assert _stored(second).state is WorkState.READY
        assert leasing.finish(second)
        assert _stored(second).state is WorkState.DONE


def test_an_extended_lease_is_not_taken_over(app: Flask, clock: FixedClock) -> None:
    with app.app_context():
        _enqueue(1)
        (row,) = leasing.claim(Job, 1)
        clock.advance(seconds=40)
        assert leasing.extend(row)
        clock.advance(seconds=40)
        assert not leasing.claim(Job, 1)
        clock.advance(seconds=20)
        assert leasing.claim(Job, 1)


def test_what_is_finished_cannot_be_finished_again(app: Flask) -> None:
    with app.app_context():
        _enqueue(1)
        (row,) = leasing.claim(Job, 1)
        assert leasing.finish(row)
        assert not leasing.finish(row, WorkState.DEAD)
        assert _stored(row).state is WorkState.DONE


def test_a_failed_try_pauses_longer_each_time_and_ends_dead(app: Flask, clock: FixedClock) -> None:
    with app.app_context():
        _enqueue(1)
        states = []
        for _ in range(Job.MOST_TRIES):
            (row,) = leasing.claim(Job, 1)
            states.append(leasing.retry(row, "TimeoutError"))
            if states[-1] is WorkState.READY:
                waits = _stored(row).due_at - clock.now()
                assert leasing.pause(row.tries) / 2 <= waits <= timedelta(hours=1)
                assert not leasing.claim(Job, 1)
            clock.advance(hours=1)
        assert states == [WorkState.READY] * (Job.MOST_TRIES - 1) + [WorkState.DEAD]
        assert not leasing.claim(Job, 1)
        stored = _stored(row)
        assert (stored.state, stored.tries, stored.reason) == (WorkState.DEAD, Job.MOST_TRIES, "TimeoutError")


@pytest.mark.parametrize(("tries", "least_s", "most_s"), [(1, 5, 10), (2, 10, 20), (5, 80, 160), (30, 1800, 3600)])
def test_pauses_double_up_to_an_hour_and_are_spread(tries: int, least_s: float, most_s: float) -> None:
    drawn = [leasing.pause(tries).total_seconds() for _ in range(50)]
    assert least_s <= min(drawn) <= max(drawn) <= most_s
    assert len(set(drawn)) > 40


def test_work_that_kills_its_workers_is_buried(app: Flask, clock: FixedClock) -> None:
    with app.app_context():
        _enqueue(1)
        for _ in range(Job.MOST_TRIES):
            (row,) = leasing.claim(Job, 1)
            clock.advance(seconds=LEASE.total_seconds())
        assert not leasing.claim(Job, 1)
        stored = _stored(row)
        assert (stored.state, stored.reason) == (WorkState.DEAD, "worker_lost")


def test_a_dead_row_can_be_revived_and_only_a_dead_one(app: Flask, clock: FixedClock) -> None:
    with app.app_context():
        _enqueue(1)
        (row,) = leasing.claim(Job, 1)
        with unit_of_work():
            assert not leasing.revive(Job, row.id)
        leasing.finish(row, WorkState.DEAD)
        with unit_of_work():
            assert leasing.revive(Job, row.id)
        (again,) = leasing.claim(Job, 1)
        assert again.tries == 1
