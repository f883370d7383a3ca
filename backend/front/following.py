"""A thread that asks the version row for changes made on other machines, or by a process that died after its commit."""

import logging
import threading
import time
from datetime import timedelta

import sqlalchemy as sa

from backend.badges.freshness import Stamps, follow

#: A change anywhere is known here after this at most, and the time of one question.
EVERY = timedelta(milliseconds=200)
#: Answers are given for so long without word from the database, as while it is handed over; then nothing is claimed any more.
TRUSTED = timedelta(seconds=30)
_log = logging.getLogger(__name__)


class Follower:
    """Keeps the stamps of this machine in step with the database."""

    def __init__(self, stamps: Stamps, reading: sa.Engine) -> None:
        """reading   where the version row is read; see `database.reading_engine`"""
        self._stamps, self._reading = stamps, reading
        self._seen: int | None = None
        #: `time.monotonic` until which the stamps speak for the database.
        self.trusted_until = float("-inf")
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="follower", daemon=True)

    def start(self) -> None:
        """Begin to ask."""
        self._thread.start()

    def stop(self) -> None:
        """Ask no more."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(5)

    def trusts(self) -> bool:
        """Whether the stamps speak for the database."""
        return time.monotonic() < self.trusted_until

    def ask(self) -> None:
        """One question to the database."""
        began = time.monotonic()
        with self._reading.connect() as connection:
            self._seen = follow(self._stamps, connection, self._seen)
        self.trusted_until = began + TRUSTED.total_seconds()

    def _run(self) -> None:
        silent = False
        while not self._stop.is_set():
            try:
                self.ask()
                silent = False
            except Exception:  # noqa: BLE001 - whatever it is, the next question may be answered
                if not silent:
                    _log.exception("the version row cannot be read")
                silent = True
            self._stop.wait(EVERY.total_seconds())
