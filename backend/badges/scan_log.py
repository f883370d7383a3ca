"""Scans are appended to a file by whoever serves them and loaded into the database in batches by the worker.

One `write` per scan to a file opened for appending survives a killed process; a database commit per scan would not keep up.
Every process writes a file of its own and holds a lock on it for as long as it lives; the loader reads behind the writer and
removes a file once its writer is gone. A line is a plate's id and a second, nothing about who scanned; for a code that is not ours, a mark of its kind instead. Each line is loaded
exactly once: how far a file was loaded is kept in the database, in the transaction that loads it.
"""

import fcntl
import logging
import os
import re
import threading
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, cast

import sqlalchemy as sa
from flask import Flask, current_app

from backend.infrastructure import current, metrics
from backend.infrastructure.database import new_id, session, unit_of_work

from . import unknown_codes
from .model import Scan, ScanFile

_BATCH = 2000
_LINE = re.compile(rb"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) (\d{10})\n")
#: A writer begins a new file after so many bytes, so that loaded ones can be removed.
_LARGEST_FILE = 4 * 1024 * 1024
#: How long a loaded file is remembered, in case it could not be deleted.
_REMEMBERED = timedelta(days=30)
_log = logging.getLogger(__name__)


class ScanLog:
    """This process's own file of noted scans; opened at the first one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._handle: int | None = None
        self._left = 0
        self._process = 0

    def note(self, plate_id: str, second: int) -> None:
        """Note that a plate was scanned. A scan that cannot be noted is counted; its card is shown all the same."""
        try:
            self._append(b"%s %d\n" % (plate_id.encode(), second))
        except OSError:
            metrics.EVENTS.labels("scan_not_noted").inc()
            _log.exception("a scan could not be noted")

    def close(self) -> None:
        """Let go of the file, as a process that ends does."""
        with self._lock:
            self._drop()

    def _append(self, line: bytes) -> None:
        with self._lock:
            if self._left <= 0 or self._process != os.getpid():
                self._begin()
            handle = cast("int", self._handle)
            # A line cut off by a full disk must not run into the next: that one begins a new file.
            left, self._left = self._left, 0
            if os.write(handle, line) < len(line):
                raise OSError("a line was cut off")
            self._left = left - len(line)

    def _begin(self) -> None:
        self._drop()
        self.folder.mkdir(parents=True, exist_ok=True)
        name = new_id()
        fresh = self.folder / f"{name}.fresh"
        self._handle = os.open(fresh, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL, 0o600)
        # Locked before it is seen: an unlocked file is one whose writer is gone.
        fcntl.flock(self._handle, fcntl.LOCK_SH)
        fresh.rename(self.folder / f"{name}.log")
        self._left, self._process = _LARGEST_FILE, os.getpid()

    def _drop(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
        self._handle, self._left = None, 0


def init_scan_log(app: Flask, data_dir: Path) -> None:
    """Give the application its log of scans."""
    app.extensions["fangxin_scan_log"] = ScanLog(data_dir / "scans")


def scan_log() -> ScanLog:
    """The application's log of scans."""
    return cast("ScanLog", current_app.extensions["fangxin_scan_log"])


def note(plate_id: str) -> None:
    """Note that a plate was scanned now."""
    scan_log().note(plate_id, int(current.now().timestamp()))


def load_noted() -> int:
    """Move what was noted into the database; opens its own units of work.

    returns   how many scans were loaded
    """
    folder = scan_log().folder
    folder.mkdir(parents=True, exist_ok=True)
    with _only_loader(folder) as alone:
        if not alone:
            return 0
        return sum(map(_load, sorted(folder.glob("*.log"))))


def _load(path: Path) -> int:
    with path.open("rb") as noted:
        # Asked before reading: what a writer that is gone wrote last is then read too.
        left = _is_left(noted)
        count = 0
        if not _is_loaded(path):
            more = True
            while more:
                with unit_of_work():
                    lines, rows = _load_batch(noted, path.name, left=left)
                count, more = count + rows, lines == _BATCH
    if left:
        path.unlink()
    return count


def _is_loaded(path: Path) -> bool:
    """Whether all of a file is known to be loaded, and was so lately: what is remembered must outlive the file."""
    with unit_of_work(read_only=True):
        found = session().get(ScanFile, path.name)
        lately = current.now() - _REMEMBERED / 2
        return found is not None and found.bytes == path.stat().st_size and found.at > lately


def _load_batch(noted: BinaryIO, name: str, *, left: bool) -> tuple[int, int]:
    """How many lines were read, and how many of them were scans."""
    loaded = _loaded(name)
    noted.seek(loaded.bytes)
    lines = list(islice(noted, _BATCH))
    if lines and not lines[-1].endswith(b"\n") and not left:
        lines.pop()  # it is being written
    read = [row for row in map(_parsed, lines) if row is not None]
    rows = unknown_codes.without_marks(read)
    if rows:
        session().execute(sa.insert(Scan), rows)
    loaded.bytes, loaded.at = loaded.bytes + sum(map(len, lines)), current.now()
    return len(lines), len(rows)


def _is_left(noted: BinaryIO) -> bool:
    """Whether nobody writes this file any more."""
    try:
        fcntl.flock(noted, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _loaded(name: str) -> ScanFile:
    found = session().get(ScanFile, name)
    if found is None:
        session().execute(sa.delete(ScanFile).where(ScanFile.at < current.now() - _REMEMBERED))
        found = ScanFile(name=name, bytes=0, at=current.now())
        session().add(found)
    return found


def _parsed(line: bytes) -> dict[str, Any] | None:
    """None for a line that was cut off, as by a full disk."""
    matched = _LINE.fullmatch(line)
    if matched is None:
        return None
    return {"plate_id": matched[1].decode(), "at": datetime.fromtimestamp(int(matched[2]), UTC)}


@contextmanager
def _only_loader(folder: Path) -> Generator[bool]:
    """Whether nobody else on this machine loads now."""
    with (folder / "loading.lock").open("ab") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
