"""Importing the register: 3,000 and 30,000 units, new, and again without a change."""

import time

from backend.access.actor import SYSTEM
from backend.badges.register_import import Imported, import_register
from backend.infrastructure.database import db
from benchmarks.installation import Installation, installation, sample_file


def measure(database: str) -> None:
    """Print seconds and units a second; growth is how much longer ten times as many take."""
    print(
        f"\nimport, {database}: every unit checked and stored with merchant, station, certificate, plate, card and audit"
    )
    first: dict[int, float] = {}
    for times in (1, 10):
        with installation(database) as made:
            fresh, took = _imported(made, times)
            again, took_again = _imported(made, times)
            if fresh.new != fresh.total or again.same != again.total:
                raise RuntimeError(f"{fresh}; {again}")
        first[times] = took
        print(
            f"{fresh.total} units: new {took:.1f} s ({fresh.total / took:.0f} a second), again unchanged {took_again:.1f} s"
        )
    print(f"ten times as many take {first[10] / first[1]:.1f} times as long")


def _imported(made: Installation, times: int) -> tuple[Imported, float]:
    path = sample_file(made.folder, times)
    with made.app.app_context():
        began = time.monotonic()
        done = import_register(SYSTEM, path)
        took = time.monotonic() - began
        db.session.remove()
    return done, took
