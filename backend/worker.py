"""The worker: plans periodic work, does jobs, sends notices; any number may run beside each other, on one host or several.

SIGTERM and SIGINT end it after the job in hand. Killed, it loses nothing: its leases run out and another worker does the rest.
"""

import logging
import os
import select
import signal
import socket
import threading
import time
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Mapped, mapped_column

from backend.infrastructure import current, jobs
from backend.infrastructure.database import RowBase, UtcDateTime, session, unit_of_work
from backend.infrastructure.insertion import insert_once
from backend.infrastructure.lease_keeper import LeaseKeeper
from backend.infrastructure.leasing import LEASE

#: How old the youngest sign of life may be before /readyz complains.
STALE_AFTER = timedelta(seconds=60)
_BEAT_EVERY_S = 10.0
_POLL_S = 1.0
_log = logging.getLogger(__name__)


class WorkerHeartbeat(RowBase):
    """The last sign of life of one host's workers."""

    name: Mapped[str] = mapped_column(sa.String(120), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime())


class Bell:
    """Wakes a sleeper; may be rung from a thread and, unlike `threading.Event`, from a signal handler."""

    def __init__(self) -> None:
        self._read, self._write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)

    def ring(self) -> None:
        """Wake the sleeper, now or at its next sleep."""
        try:
            os.write(self._write, b"!")
        except BlockingIOError:  # rung many times already
            return

    def sleep(self, longest_s: float) -> None:
        """Sleep until the bell rings, or so many seconds."""
        if select.select([self._read], [], [], longest_s)[0]:
            os.read(self._read, 4096)

    def close(self) -> None:
        """Give the pipe back."""
        os.close(self._read)
        os.close(self._write)


class Worker:
    """One worker of an application. `run` returns after `stop`, or when nothing is due and `once` was asked for."""

    def __init__(self, app: Flask, *, name: str | None = None, lease: timedelta = LEASE) -> None:
        """name   in the table of heartbeats; the host's name by default"""
        self._app = app
        self._name = name or socket.gethostname()
        self._keeper = LeaseKeeper(app, lease=lease, on_beat=self._beat)
        self._bell = Bell()
        self._stopping = False
        self._last_beat_s: float | None = None
        self._planned: dict[str, int] = {}

    def stop(self) -> None:
        """Ask the worker to end after the job in hand. Safe in a signal handler."""
        self._stopping = True
        self._bell.ring()

    def run(self, *, once: bool = False) -> None:
        """Work until stopped. A fault of the database is noted and waited out."""
        try:
            with self._keeper:
                while not self._stopping:
                    worked = self._turn_guarded(once=once)
                    if not worked and once:
                        return
                    if not worked and not self._stopping:
                        self._bell.sleep(_POLL_S)
        finally:
            self._bell.close()

    def _turn_guarded(self, *, once: bool) -> bool:
        try:
            return self._turn()
        except Exception:  # the database is away or busy: this worker must outlive it
            if once:
                raise
            _log.exception("worker could not reach its work")
            return False

    def _turn(self) -> bool:
        with self._app.app_context():
            self._beat()
            self._plan()
            table = jobs.work().table
            worked = jobs.run_next(table, self._keeper)
        if self._stopping:
            return worked
        with self._app.app_context():
            return jobs.work().deliver() > 0 or worked

    def _plan(self) -> None:
        now = current.now()
        new = [one for name, one in jobs.work().table.periodics.items() if self._planned.get(name) != one.slot(now)]
        if new:
            self._planned |= jobs.plan(*new)

    def _beat(self) -> None:
        """Leave a sign of life, at most one in ten seconds."""
        if self._last_beat_s is not None and time.monotonic() - self._last_beat_s < _BEAT_EVERY_S:
            return
        self._last_beat_s = time.monotonic()
        values = {"name": self._name, "at": current.now()}
        with unit_of_work() as opened:
            if not insert_once(WorkerHeartbeat, values):
                opened.execute(sa.update(WorkerHeartbeat).filter_by(name=self._name).values(at=values["at"]))


def run_worker(app: Flask, *, once: bool = False) -> None:
    """Run a worker in this process until SIGTERM or SIGINT.

    once   return as soon as nothing is due; database errors are raised instead of waited out
    """
    worker = Worker(app)
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda _number, _frame: worker.stop())
    _log.info("worker started")
    worker.run(once=once)
    _log.info("worker ended")


def check_worker() -> str | None:
    """Readiness: what is wrong with the workers, or None when one gave a sign of life in the last minute."""
    with unit_of_work(read_only=True):
        last: datetime | None = session().scalar(sa.select(sa.func.max(WorkerHeartbeat.at)))
    if last is None:
        return "no worker has started"
    return None if current.now() - last < STALE_AFTER else "no worker is alive"


def main() -> None:
    """Entry of `python -m backend.worker`."""
    from backend.app import create_app

    run_worker(create_app())


if __name__ == "__main__":
    main()
