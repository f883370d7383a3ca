"""Issues an order's plates again and again in processes that die: `python -m tests.badges.dying ORDER_ID`, settings from the environment.

The n-th process is killed (SIGKILL) before its n-th statement, or before its commit; the first that lives to its end is the last. After
each, a line of JSON: whether it was killed, before what, and what stands in the database.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from itertools import count
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event

from backend.app import create_app
from backend.badges import orders
from backend.badges.model import Plate, PlateEvent, PlateOrder
from backend.infrastructure.database import db, session, unit_of_work
from backend.infrastructure.settings import load_settings


def main() -> None:
    """Print one line for each process."""
    app, order_id = create_app(load_settings(os.environ)), sys.argv[1]
    with app.app_context():
        db.engine.dispose()  # no connection is inherited by a fork
    for moment in count(1):
        how = _in_child(lambda moment=moment: _issue(app, order_id, moment))  # type: ignore[misc]
        _in_child(lambda how=how: _tell(app, order_id, how))  # type: ignore[misc]
        if how != signal.SIGKILL:
            return


def _issue(app: Flask, order_id: str, moment: int) -> None:
    moments = count(1)

    def die(*_call: Any) -> None:
        if next(moments) == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", die)
        event.listen(db.engine, "commit", die)
        orders.issue({"order_id": order_id})


def _tell(app: Flask, order_id: str, how: int) -> None:
    with app.app_context(), unit_of_work(read_only=True):
        order = session().get_one(PlateOrder, order_id)
        plates = sa.select(Plate.id).where(Plate.order_id == order_id)
        counted = sa.select(sa.func.count(), sa.func.count(sa.distinct(Plate.serial))).where(Plate.order_id == order_id)
        standing, serials = session().execute(counted).one()
        deeds = session().scalar(
            sa.select(sa.func.count()).select_from(PlateEvent).where(PlateEvent.plate_id.in_(plates))
        )
        told = {"issued": order.issued, "plates": standing, "serials": serials, "deeds": deeds}
    print(json.dumps({"killed": how == signal.SIGKILL, **told}), flush=True)


def _in_child(act: Callable[[], None]) -> int:
    """Do something in a process of its own. returns the signal that ended it, or 0"""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            act()
            sys.stdout.flush()
            status = 0
        finally:
            os._exit(status)
    status = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(status):
        return os.WTERMSIG(status)
    if status:
        sys.exit("a process failed by itself")
    return 0


if __name__ == "__main__":
    main()
