"""Orders and losses told by several people at the same moment: no unit gets a plate twice, and a plate is voided and replaced once."""

import json
import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event

from backend.access.actor import SYSTEM
from backend.badges import orders
from backend.badges.model import PlateOrder, PlateOrderLine
from backend.badges.rules import Placement
from backend.infrastructure.database import db, session, unit_of_work
from backend.infrastructure.settings import Settings
from backend.kernel.errors import DomainError
from tests.calling import Api
from tests.environment import environment
from tests.pages.town import Shop, Town
from tests.scene import Callers, work

__all__ = ["work"]

TOGETHER, SHOPS = 8, 6


@pytest.fixture
def shops(town: Town) -> list[Shop]:
    return [town.shop(f"第{number}家店") for number in range(SHOPS)]


def _at_once(deeds: list[Callable[[], Any]]) -> list[Any]:
    """Each in a thread of its own, begun together."""
    ready = threading.Barrier(len(deeds), timeout=30)

    def run(deed: Callable[[], Any]) -> Any:
        ready.wait()
        return deed()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def _missing(app: Flask, before_the_end: Callable[[], object] = lambda: None) -> str:
    """Order a counter plate for every unit that has none. returns the refusal's code, or 'ordered'"""
    with app.app_context():
        try:
            with unit_of_work():
                orders.order_for_many(SYSTEM, placement=Placement.COUNTER)
                before_the_end()
        except DomainError as error:
            return error.code
        return "ordered"


def _promised(app: Flask) -> set[int]:
    """Lines that a unit has, over all units that have any; {1} when nobody gets two."""
    with app.app_context(), unit_of_work(read_only=True):
        counted = sa.select(sa.func.count()).select_from(PlateOrderLine).group_by(PlateOrderLine.unit_id)
        return set(session().scalars(counted))


@contextmanager
def _without_turns(app: Flask) -> Iterator[None]:
    """PostgreSQL does not make orders wait for each other."""

    def let_through(_connection: object, _cursor: object, statement: str, parameters: Any, *_rest: object) -> Any:
        if "advisory" in statement and parameters["name"].startswith("plate-order"):
            statement = "SELECT %(name)s"
        return statement, parameters

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", let_through, retval=True)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", let_through)


def test_of_many_that_order_what_is_missing_one_does(app: Flask, shops: list[Shop]) -> None:
    outcomes = _at_once([lambda: _missing(app)] * TOGETHER)
    assert Counter(outcomes) == {"ordered": 1, "plate_order_empty": TOGETHER - 1}
    assert _promised(app) == {1}


def test_control_without_turns_only_the_single_writer_keeps_them_apart(
    app: Flask, shops: list[Shop], database_kind: str
) -> None:
    both_wrote = threading.Barrier(2, timeout=30)
    wait = both_wrote.wait if database_kind == "postgresql" else lambda: None
    with _without_turns(app):
        outcomes = _at_once([lambda: _missing(app, wait)] * 2)
    doubled = outcomes.count("ordered") == 2
    assert doubled == (database_kind == "postgresql")
    assert _promised(app) == ({2} if doubled else {1})


def test_units_ordered_for_singly_meanwhile_are_not_missing(
    app: Flask, callers: Callers, shops: list[Shop], work: Callable[[], None]
) -> None:
    member = callers.member(shops[0])

    def order_singly(shop: Shop) -> Callable[[], Any]:
        body = {"certificate_no": shop.certificate_no, "placement": "counter", "count": 1}
        return lambda: Api(app.test_client())("POST", "/plate-orders", member.token, body).status_code

    outcomes = _at_once([*(order_singly(shop) for shop in shops), lambda: _missing(app)])
    assert outcomes[:-1] == [201] * SHOPS
    work()
    with app.app_context(), unit_of_work(read_only=True):
        many = session().scalars(sa.select(PlateOrder).where(PlateOrder.unit_id.is_(None))).one_or_none()
        after = 0
        if many is not None:  # whoever ordered singly after it wanted a second one
            assert many.finished_at is not None
            assert many.issued == many.units
            later = sa.select(sa.func.count()).where(PlateOrder.unit_id.is_not(None), PlateOrder.id > many.id)
            after = session().scalar(later) or 0
        doubled = (sum(order.units for order in session().scalars(sa.select(PlateOrder)))) - SHOPS
    assert doubled <= after


def test_a_loss_told_by_many_at_once_is_one_loss(app: Flask, callers: Callers, shops: list[Shop]) -> None:
    member = callers.member(shops[0])
    serial = f"{shops[0].certificate_no}-01"
    body = {"reason": "lost", "replace": True}
    answers = _at_once(
        [lambda: Api(app.test_client())("POST", f"/plates/{serial}/loss", member.token, body)] * TOGETHER
    )
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.get_json()["replacement"]["number"] for answer in answers}) == 1
    deeds = [told["deed"] for told in member.get(f"/plates/{serial}/history")["items"]]
    assert deeds == ["issued", "reported_lost", "voided"]


def test_an_order_survives_a_process_killed_before_any_of_its_statements(
    app: Flask, settings: Settings, town: Town, data_dir: Path
) -> None:
    for number in range(5):
        town.shop(f"第{number}家店")
    order_id = town.act(lambda: orders.order_for_many(SYSTEM, placement=Placement.TABLE, per_unit=50).id)
    surroundings = {**os.environ, **environment(settings.database_url, data_dir)}
    command = [sys.executable, "-m", "tests.badges.dying", order_id]
    ran = subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=120, check=True)
    told = [json.loads(line) for line in ran.stdout.splitlines()]
    assert len(told) > 8, "the control: it died at many places"
    assert [one.pop("killed") for one in told] == [True] * (len(told) - 1) + [False]
    nothing = {"issued": 0, "plates": 0, "serials": 0, "deeds": 0}
    assert told == [nothing] * (len(told) - 1) + [{"issued": 200, "plates": 200, "serials": 200, "deeds": 400}]
    with app.app_context():
        orders.issue({"order_id": order_id})
    assert _promised(app) == {1}
    with app.app_context(), unit_of_work(read_only=True) as opened:
        assert opened.get_one(PlateOrder, order_id).issued == 250
