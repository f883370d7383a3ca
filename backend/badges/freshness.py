"""How every process learns at once that what a scan shows has changed.

On one machine: a stamp per unit in memory that its processes share. Whoever commits a change renews the unit's stamp after the
commit; whoever keeps an answer keeps the stamp that stood before its rows were read, and trusts the answer while it still stands.
Between machines, and for a process that died between commit and stamp: the version row. Every change of a card takes the next
version in its transaction, and each process asks a few times a second for what has a later one (`follow`).
"""

import mmap
import os
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import cast

import sqlalchemy as sa
from flask import Flask, current_app
from sqlalchemy import event
from sqlalchemy.orm import Session

from backend.infrastructure.database import session

from .model import Card, CardVersion

_STAMP = 8
_SLOTS = 1 << 16
_ANY = _SLOTS
_SIZE = (_SLOTS + 1) * _STAMP
#: More changed units than this at once, as by an import, renew every stamp.
_MANY = 5000
_VERSION = sa.select(CardVersion.value)


class Stamps:
    """Random stamps in a file that all processes of this machine map. Units may share a slot; that costs an answer, no more.

    Random, not counted: of two processes that count at once, one would be lost, or bring an old number back.

    now   the stamps that stand, by slot; the slot `_ANY` is renewed by every change
    """

    def __init__(self, path: Path) -> None:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if os.fstat(handle).st_size < _SIZE:
                os.ftruncate(handle, _SIZE)
            self.now = memoryview(mmap.mmap(handle, _SIZE)).cast("Q")
        finally:
            os.close(handle)

    @staticmethod
    def slot(unit_id: str) -> int:
        """Where the unit's stamp lies."""
        return zlib.crc32(unit_id.encode()) % _SLOTS

    def read(self, slot: int = _ANY) -> int:
        """The stamp that stands now; without a slot, the one that every change renews."""
        return self.now[slot]

    def renew(self, unit_ids: Iterable[str]) -> None:
        """Take back every answer about these units."""
        for unit_id in unit_ids:
            self.now[self.slot(unit_id)] = _fresh()
        self.now[_ANY] = _fresh()

    def renew_all(self) -> None:
        """Take back every answer."""
        self.now[:] = memoryview(os.urandom(_SIZE)).cast("Q")


def _fresh() -> int:
    return int.from_bytes(os.urandom(_STAMP))


def init_freshness(app: Flask, data_dir: Path) -> None:
    """Give the application the stamps of its machine."""
    app.extensions["fangxin_stamps"] = Stamps(data_dir / "stamps")


def stamps() -> Stamps:
    """The stamps of this machine."""
    return cast("Stamps", current_app.extensions["fangxin_stamps"])


def touch(unit_id: str) -> None:
    """Say that what a scan of this unit's plates shows changes with the present transaction."""
    session().info.setdefault("touched_units", set()).add(unit_id)


def follow(stamps: Stamps, connection: sa.Connection, seen: int | None) -> int:
    """Renew the stamps of units that changed after version `seen`, wherever that was.

    seen      what the last call gave; None at the first: who has kept nothing yet has nothing to take back
    returns   the version up to which these stamps are right
    """
    version = connection.scalar(_VERSION) or 0
    if seen is None or seen == version:
        return version
    if seen > version:  # the database was put back to an earlier day
        stamps.renew_all()
        return version
    units = connection.scalars(sa.select(Card.unit_id).where(Card.version > seen).limit(_MANY + 1)).all()
    if len(units) > _MANY:
        stamps.renew_all()
    else:
        stamps.renew(units)
    return version


@event.listens_for(Session, "before_commit")
def _take_version(opened: Session) -> None:
    """Last of all, so that the version row, which keeps versions in the order of commits, is held for a moment only."""
    units = sorted(opened.info.get("touched_units", ()))
    if not units:
        return
    connection = opened.connection()
    table = CardVersion.__table__
    version = connection.execute(
        sa.update(CardVersion).values(value=table.c.value + 1).returning(table.c.value)
    ).scalar_one()
    for begin in range(0, len(units), 500):
        changed = Card.unit_id.in_(units[begin : begin + 500])
        connection.execute(sa.update(Card).where(changed).values(version=version))


@event.listens_for(Session, "after_commit")
def _renew_stamps(opened: Session) -> None:
    units = opened.info.get("touched_units")
    if units:
        stamps().renew(units)
