"""3,000 plates drawn, decoded and stored: a second, and a second and core."""

import os
import time

from backend.badges.drawing import draw_waiting
from backend.infrastructure.database import db
from benchmarks.installation import fill, installation


def measure(database: str) -> None:
    """Print the rate with one process and with one for each core."""
    cores = os.cpu_count() or 1
    print(f"\nbadges, {database}: A5 at 300 dpi, each decoded from its finished bytes before it is stored")
    for processes in sorted({1, cores}):
        with installation(database) as made:
            fill(made)
            with made.app.app_context():
                before, began = os.times(), time.monotonic()
                drawn = draw_waiting(3000, processes=processes)
                took, after = time.monotonic() - began, os.times()
                db.session.remove()
            used = sum(after[:4]) - sum(before[:4])
            if drawn.refused:
                raise RuntimeError(f"{len(drawn.refused)} plates were refused")
            print(
                f"{processes} process{'es' if processes > 1 else ''}: {drawn.count} plates in {took:.1f} s, {drawn.count / took:.0f} a second, "
                f"{drawn.count / used:.0f} a second of one core's processor time"
            )
