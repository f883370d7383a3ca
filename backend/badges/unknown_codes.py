"""How often codes that are not ours are scanned, by day and kind. No code, no person, no place is kept.

They are noted in the scans' file, where a plate's id would stand, and counted when the file is loaded: exactly once, and not by
the request, so that whoever tries codes by the million writes no more than a line for each.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from backend.infrastructure.database import session
from backend.infrastructure.insertion import insert_once
from backend.kernel.clock import local_date

from .model import UnknownCodes
from .rules import Unknown

#: Kind → what stands in the file in the place of a plate's id; no UUIDv7 is like these.
MARKS: Mapping[Unknown, str] = {kind: f"00000000-0000-0000-0000-{n:012}" for n, kind in enumerate(Unknown, start=1)}
_KINDS = {mark: kind for kind, mark in MARKS.items()}


def without_marks(read: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines that are scans of plates; the others are added to the counts. Part of the caller's transaction.

    read   plate_id (or mark) and at
    """
    marked = [row for row in read if row["plate_id"] in _KINDS]
    _count(Counter((local_date(row["at"]), _KINDS[row["plate_id"]]) for row in marked))
    return [row for row in read if row["plate_id"] not in _KINDS]


def by_day(since: date) -> dict[date, dict[Unknown, int]]:
    """Day → kind → how often, from that day on, the newest first; days without any are left out."""
    statement = sa.select(UnknownCodes.day, UnknownCodes.kind, UnknownCodes.times).where(UnknownCodes.day >= since)
    found: dict[date, dict[Unknown, int]] = {}
    for day, kind, times in session().execute(statement.order_by(UnknownCodes.day.desc())):
        found.setdefault(day, dict.fromkeys(Unknown, 0))[kind] = times
    return found


def _count(seen: Mapping[tuple[date, Unknown], int]) -> None:
    for (day, kind), times in sorted(seen.items()):
        key = {"day": day, "kind": kind}
        insert_once(UnknownCodes, {**key, "times": 0})
        add = sa.update(UnknownCodes).filter_by(**key).values(times=UnknownCodes.times + times)
        session().execute(add.execution_options(synchronize_session=False))
