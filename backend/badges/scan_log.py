"""Scans are appended to a file by whoever serves them and loaded into the database in batches by the worker.

One `write` per scan to a file opened for appending survives a killed process; a database commit per scan would not keep up.
A line is a plate's id and a second, nothing about who scanned. Each line is loaded exactly once: how far a file was loaded
is kept in the database, in the transaction that loads it.
"""

import fcntl
import logging
import os
import re
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import sqlalchemy as sa

from backend.infrastructure import current, metrics
from backend.infrastructure.database import new_id, session, unit_of_work

from .model import Scan, ScanFile

_BATCH = 2000
_LINE = re.compile(rb"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) (\d{10})\n")
#: How long a loaded file is remembered, in case it could not be deleted.
_REMEMBERED = timedelta(days=30)
_log = logging.getLogger(__name__)


def note(plate_id: str) -> None:
    """Note that a plate was scanned now. A scan that cannot be noted is counted; its card is shown all the same."""
    try:
        _append(f"{plate_id} {int(current.now().timestamp())}\n".encode())
    except OSError:
        metrics.EVENTS.labels("scan_not_noted").inc()
        _log.exception("a scan could not be noted")


def load_noted() -> int:
    """Move what was noted into the database; opens its own units of work.

    returns   how many scans were loaded
    """
    folder = _folder()
    with _only_loader(folder) as alone:
        if not alone:
            return 0
        _take_away(folder)
        return sum(_load(path) for path in sorted(folder.glob("loading-*.log")))


def _append(line: bytes) -> None:
    path = _folder() / "scans.log"
    written = False
    while not written:
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_SH)
            # Taken away between opening and locking: what is written there now might not be read any more.
            if _is_named(handle, path):
                os.write(handle, line)
                written = True
        finally:
            os.close(handle)


def _is_named(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _take_away(folder: Path) -> None:
    try:
        (folder / "scans.log").rename(folder / f"loading-{new_id()}.log")
    except FileNotFoundError:
        return


def _load(path: Path) -> int:
    count = 0
    with path.open("rb") as noted:
        fcntl.flock(
            noted, fcntl.LOCK_EX
        )  # waits for whoever is writing; whoever comes later sees that it was taken away
        more = True
        while more:
            with unit_of_work():
                loaded = _loaded(path.name)
                noted.seek(loaded.bytes)
                lines = list(islice(noted, _BATCH))
                rows = [row for row in map(_parsed, lines) if row is not None]
                if rows:
                    session().execute(sa.insert(Scan), rows)
                loaded.bytes = noted.tell()
            count, more = count + len(rows), len(lines) == _BATCH
    path.unlink()
    return count


def _loaded(name: str) -> ScanFile:
    found = session().get(ScanFile, name)
    if found is None:
        session().execute(sa.delete(ScanFile).where(ScanFile.at < current.now() - _REMEMBERED))
        found = ScanFile(name=name, bytes=0, at=current.now())
        session().add(found)
    return found


def _parsed(line: bytes) -> dict[str, object] | None:
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


def _folder() -> Path:
    folder = current.runtime().settings.data_dir / "scans"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
