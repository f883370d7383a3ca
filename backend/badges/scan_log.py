"""Scans are appended to a file by whoever serves them and loaded into the database in batches by the worker.

One `write` per scan to a file opened for appending survives a killed process; a database commit per scan would not keep up.
A line is a plate's id and a second, nothing about who scanned.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from backend.infrastructure import current
from backend.infrastructure.database import session, unit_of_work

from .model import Scan

_BATCH = 2000


def note(plate_id: str) -> None:
    """Note that a plate was scanned now."""
    line = f"{plate_id} {int(current.now().timestamp())}\n".encode()
    handle = os.open(_folder() / "scans.log", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, line)
    finally:
        os.close(handle)


def load_noted() -> int:
    """Move what was noted into the database; opens its own units of work.

    returns   how many scans were loaded
    """
    folder = _folder()
    loading = folder / "loading.log"
    if not loading.exists():
        try:
            (folder / "scans.log").rename(loading)
        except FileNotFoundError:
            return 0
    rows = [row for row in map(_parsed, loading.read_text().splitlines()) if row is not None]
    with unit_of_work():
        for start in range(0, len(rows), _BATCH):
            session().execute(sa.insert(Scan), rows[start : start + _BATCH])
    loading.unlink()
    return len(rows)


def _parsed(line: str) -> dict[str, object] | None:
    plate_id, _, second = line.partition(" ")
    if len(plate_id) != 36 or not second.isdigit():
        return None
    return {"plate_id": plate_id, "at": datetime.fromtimestamp(int(second), UTC)}


def _folder() -> Path:
    folder = current.runtime().settings.data_dir / "scans"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
