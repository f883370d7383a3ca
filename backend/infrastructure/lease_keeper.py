"""A thread that extends the leases of what this process is working on, and tells that the process lives."""

import logging
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from types import TracebackType
from typing import Self

from flask import Flask

from .leasing import LEASE, LeasedRow, extend

#: Work that takes longer than this is taken for hung: its lease is left to run out, and the sign of life stops.
LONGEST_RUN = timedelta(minutes=15)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Kept:
    row: LeasedRow
    until: float


class LeaseKeeper:
    """Used as `with LeaseKeeper(app) as keeper, keeper.keep(row): …`."""

    def __init__(
        self,
        app: Flask,
        *,
        lease: timedelta = LEASE,
        longest_run: timedelta = LONGEST_RUN,
        on_beat: Callable[[], None] = lambda: None,
    ) -> None:
        """on_beat   called in an application context while kept work is within `longest_run`, three times in each lease"""
        self._app, self.lease, self._longest_run, self._on_beat = app, lease, longest_run, on_beat
        self._kept: _Kept | None = None
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="lease-keeper", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopped.set()
        self._thread.join()

    @contextmanager
    def keep(self, row: LeasedRow) -> Generator[None]:
        """Keep this row's lease while the block runs."""
        self._kept = _Kept(row, time.monotonic() + self._longest_run.total_seconds())
        try:
            yield
        finally:
            self._kept = None

    def _run(self) -> None:
        while not self._stopped.wait(self.lease.total_seconds() / 3):
            kept = self._kept
            if kept is None:
                continue
            if time.monotonic() > kept.until:
                _log.error("work hangs; its lease is left to run out", extra={"row": kept.row.id})
                continue
            self._beat(kept)

    def _beat(self, kept: _Kept) -> None:
        try:
            with self._app.app_context():
                if not extend(kept.row, self.lease) and self._kept is kept:
                    _log.warning("lease lost", extra={"row": kept.row.id})
                self._on_beat()
        except Exception:  # noqa: BLE001  (a busy database must not end the thread; the next beat tries again)
            _log.warning("lease not extended", extra={"row": kept.row.id}, exc_info=True)
