"""Kills worker processes again and again while they work, and counts: `python -m tests.worker.kill_storm --kills 1000 --database-url URL`.

A job's effect is a line in a file, written before the worker can record that it is done. At the end every job must have its effect, at
least once; the second line of a job is a redelivery, which handlers answer by being idempotent.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask

from backend.app import create_app
from backend.infrastructure.database import session, unit_of_work
from backend.infrastructure.jobs import Job, JobTable, Work, enqueue, init_work
from backend.infrastructure.leasing import WorkState
from backend.infrastructure.settings import Settings, load_settings
from backend.worker import Worker
from tests.databases import build_schema
from tests.environment import environment as environment_of
from tests.worker.subject import append

LEASE = timedelta(milliseconds=300)
BESIDE_EACH_OTHER = 2
_PER_KILL = 12
_DRAIN_S = 120.0


@dataclass(frozen=True)
class Result:
    """What a storm did.

    interrupted   jobs whose worker was killed between claim and record: without any, the storm has shown nothing
    lost          jobs without effect
    repeated      jobs with more than one effect; `most` is the greatest number for one job
    buried        jobs given up
    """

    jobs: int
    kills: int
    interrupted: int
    lost: int
    repeated: int
    most: int
    buried: int


def storm(settings: Settings, kills: int, folder: Path, seed: int = 1) -> Result:
    """Run the storm on an empty database of the newest schema. Forks; call it from a process without threads."""
    drawn = random.Random(seed)  # noqa: S311  (repeatable moments of death, no secret)
    effects, jobs = folder / "effects", kills * _PER_KILL
    _in_child(lambda: _fill(settings, jobs))
    workers = [_fork(settings, effects) for _ in range(BESIDE_EACH_OTHER)]
    try:
        for number in range(kills):
            time.sleep(drawn.uniform(0.02, 0.15))
            _end(workers.pop(0), signal.SIGKILL)
            workers.append(_fork(settings, effects))
            if number % 100 == 99:
                print(f"{number + 1} kills", file=sys.stderr, flush=True)
        counts = folder / "states"
        _in_child(lambda: _drain(settings, counts))
    finally:
        for worker in workers:
            _end(worker, signal.SIGTERM)
    interrupted, buried = map(int, counts.read_text().split())
    done = Counter(effects.read_text().splitlines())
    repeated = sum(1 for times in done.values() if times > 1)
    return Result(jobs, kills, interrupted, jobs - len(done), repeated, max(done.values()), buried)


def _application(settings: Settings, effects: Path | None = None) -> Flask:
    def work(payload: Mapping[str, Any]) -> None:
        if effects is not None:
            append(effects, str(payload["number"]))

    app = create_app(settings)
    init_work(app, Work(JobTable({"work": work}), deliver=lambda: 0))
    return app


def _fill(settings: Settings, jobs: int) -> None:
    with _application(settings).app_context(), unit_of_work():
        for number in range(jobs):
            enqueue("work", {"number": number})


def _drain(settings: Settings, counts: Path) -> None:
    """Wait until nothing is ready, then note how many jobs were interrupted and buried."""
    unfinished = sa.select(sa.func.count()).where(Job.name == "work", Job.state == WorkState.READY)
    buried = sa.select(sa.func.count()).where(Job.name == "work", Job.state == WorkState.DEAD)
    interrupted = sa.select(sa.func.count()).where(Job.name == "work", Job.tries > 1)
    until = time.monotonic() + _DRAIN_S
    with _application(settings).app_context():
        while time.monotonic() < until:
            with unit_of_work(read_only=True):
                if not session().scalar(unfinished):
                    counts.write_text(f"{session().scalar(interrupted)} {session().scalar(buried)}")
                    return
            time.sleep(0.1)
    raise SystemExit("jobs were left over")


def _fork(settings: Settings, effects: Path) -> int:
    child = os.fork()
    if child:
        return child
    worker = Worker(_application(settings, effects), lease=LEASE)
    signal.signal(signal.SIGTERM, lambda _number, _frame: worker.stop())
    worker.run()
    os._exit(0)


def _end(worker: int, how: signal.Signals) -> None:
    os.kill(worker, how)
    os.waitpid(worker, 0)


def _in_child(act: Any) -> None:
    """Do something with a database connection in a process of its own, so that no connection is inherited by a fork."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            act()
            status = 0
        finally:
            os._exit(status)
    if os.waitpid(child, 0)[1]:
        raise SystemExit("a step of the storm failed")


def main() -> None:
    """Print the result as one line; status 1 when a job was lost."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--database-url", help="empty database; a new SQLite file when absent")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = arguments.database_url or f"sqlite:///{folder / 'storm.sqlite3'}"
        _in_child(lambda: build_schema(url, folder / "data"))
        result = storm(load_settings(environment_of(url, folder / "data")), arguments.kills, folder)
    print(result)
    sys.exit(bool(result.lost or result.buried or not result.interrupted))


if __name__ == "__main__":
    main()
