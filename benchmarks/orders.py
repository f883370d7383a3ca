"""Orders of plates for the plan's 3,000 units: ordering, issuing, a printer's first and last part; three plates a unit, and thirty-three."""

import resource
import time
from collections.abc import Callable
from typing import TypeVar

from backend.access.actor import SYSTEM
from backend.badges import orders, print_files
from backend.badges.model import PlateOrder
from backend.badges.rules import Placement
from backend.infrastructure.database import db, session, unit_of_work
from benchmarks.installation import Installation, fill, installation

T = TypeVar("T")
_PER_UNIT = (3, 33)


def measure(database: str) -> None:
    """Print seconds, plates a second and the growth from the small order to the one of some 100,000 plates."""
    print(f"\norders of plates, {database}: for 3,000 units; growth is per plate, 1 is none")
    print(
        f"{'plates':>8} {'order s':>8} {'issue s':>8} {'plates/s':>9} {'part 1 ms':>10} {'last part ms':>13} {'peak MB':>8}"
    )
    with installation(database) as made:
        fill(made)
        pace = [_one(made, per_unit) for per_unit in _PER_UNIT]
    print(f"a plate of the large order takes {pace[0] / pace[1]:.2f} times as long to issue as one of the small")


def _one(made: Installation, per_unit: int) -> float:
    with made.app.app_context():
        order_id, ordering = _timed(lambda: _ordered(per_unit))
        _, issuing = _timed(lambda: _issued(order_id))
        (issued, parts), first = _timed(lambda: _part(order_id, 1))
        _, last = _timed(lambda: _part(order_id, parts))
        db.session.remove()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    pace = issued / issuing
    print(
        f"{issued:8,} {ordering:8.2f} {issuing:8.1f} {pace:9,.0f} {first * 1000:10.0f} {last * 1000:13.0f} {peak:8.0f}"
    )
    return pace


def _ordered(per_unit: int) -> str:
    with unit_of_work():
        return orders.order_for_many(SYSTEM, placement=Placement.TABLE, per_unit=per_unit, only_missing=False).id


def _issued(order_id: str) -> None:
    finished = False
    while not finished:
        with unit_of_work():
            finished = orders.issue_piece(order_id).finished_at is not None


def _part(order_id: str, part: int) -> tuple[int, int]:
    """Read a part's list. returns the order's plates and parts"""
    with unit_of_work(read_only=True):
        order = session().get_one(PlateOrder, order_id)
        if not print_files.of_part(order, part).undrawn:
            raise RuntimeError("a part without plates")
        return order.issued, print_files.parts(order)


def _timed(act: Callable[[], T]) -> tuple[T, float]:
    began = time.monotonic()
    return act(), time.monotonic() - began
