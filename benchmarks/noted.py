"""Loading noted scans as the worker does, and counting them."""

import time
from dataclasses import dataclass

import sqlalchemy as sa

from backend.badges import scan_log
from backend.badges.model import Scan
from backend.infrastructure.database import db, session, unit_of_work
from benchmarks.installation import Installation
from benchmarks.processes import tree_cpu_s


@dataclass(frozen=True)
class Loaded:
    """What a loading did, counted in the table; processor microseconds for each scan, of it the database's."""

    count: int
    cpu_us: float
    behind_us: float


def load_scans(made: Installation) -> Loaded:
    """Bring everything noted so far into the database."""
    with made.app.app_context():
        before = _count()
        began, behind = time.process_time(), sum(map(tree_cpu_s, made.behind))
        scan_log.load_noted()
        used, of_it = time.process_time() - began, sum(map(tree_cpu_s, made.behind)) - behind
        count = _count() - before
        db.session.remove()
    each = max(count, 1)
    return Loaded(count, (used + of_it) / each * 1e6, of_it / each * 1e6)


def _count() -> int:
    with unit_of_work(read_only=True):
        return session().scalar(sa.select(sa.func.count()).select_from(Scan)) or 0
