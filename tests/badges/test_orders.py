"""Plates are ordered, issued in pieces, lost, voided and replaced; whoever is stopped on the way goes on without doubling any."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from backend.access.actor import SYSTEM, Role
from backend.app import create_app
from backend.badges import orders, print_files, service
from backend.badges.model import Plate, PlateOrder
from backend.badges.rules import MOST_OF_A_UNIT, Placement, VoidReason
from backend.certification.rules import Ground
from backend.infrastructure import jobs
from backend.infrastructure.database import db, unit_of_work
from backend.infrastructure.lease_keeper import LeaseKeeper
from backend.infrastructure.leasing import LEASE
from backend.infrastructure.settings import Settings
from backend.kernel.clock import FixedClock
from backend.kernel.errors import NotPossibleNow
from backend.supervision import service as supervision
from tests.pages.town import Shop, Town
from tests.scene import Caller, Callers, work

__all__ = ["work"]


def _order(caller: Caller, shop: Shop, status: int = 201, **changed: Any) -> Any:
    body = {"certificate_no": shop.certificate_no, "placement": "table", "count": 2, **changed}
    return caller.post("/plate-orders", body, status)


def _serials(caller: Caller, shop: Shop) -> list[str]:
    return [plate["serial"] for plate in caller.get(f"/units/{shop.certificate_no}/plates")["items"]]


def _deeds(caller: Caller, serial: str) -> list[str]:
    return [told["deed"] for told in caller.get(f"/plates/{serial}/history")["items"]]


def test_a_station_orders_named_plates_and_sees_their_history(
    callers: Callers, shop: Shop, work: Callable[[], None]
) -> None:
    member = callers.member(shop)
    order = _order(member, shop, labels=["8号桌", "9号桌"])
    assert (order["plates"], order["issued"], order["finished_at"]) == (2, 0, None)
    work()
    found = member.get(f"/plate-orders/{order['number']}")
    assert (found["issued"], found["drawn"], found["left_out"]) == (2, 2, 0)
    plates = member.get(f"/units/{shop.certificate_no}/plates")["items"]
    assert [(plate["serial"][-2:], plate["placement"], plate["label"]) for plate in plates] == [
        ("03", "table", "9号桌"),
        ("02", "table", "8号桌"),
        ("01", "door", None),
    ]
    past = member.get(f"/plates/{plates[1]['serial']}/history")["items"]
    assert [told["deed"] for told in past] == ["ordered", "issued", "drawn"]
    assert past[0]["text"] == f"订制：{order['number']}"
    assert past[0]["by"].startswith("维权联络站人员（消费者·")
    assert past[1]["by"] == "系统"
    assert [one["number"] for one in member.get("/plate-orders")["items"]] == [order["number"]]


def test_a_page_of_plates_and_of_history_leads_to_the_next(
    callers: Callers, shop: Shop, work: Callable[[], None]
) -> None:
    member = callers.member(shop)
    _order(member, shop, count=4)
    work()
    path, seen, cursor = f"/units/{shop.certificate_no}/plates?limit=2", [], ""
    while cursor is not None:
        page = member.get(path + (f"&before={cursor}" if cursor else ""))
        seen += [plate["serial"][-2:] for plate in page["items"]]
        cursor = page["next"]
    assert seen == ["05", "04", "03", "02", "01"]
    serial = f"{shop.certificate_no}-02"
    first = member.get(f"/plates/{serial}/history?limit=2")
    rest = member.get(f"/plates/{serial}/history?limit=2&after={first['next']}")
    assert [told["deed"] for told in [*first["items"], *rest["items"]]] == ["ordered", "issued", "drawn"]
    assert rest["next"] is None


def test_what_an_order_may_hold_is_said(callers: Callers, shop: Shop) -> None:
    member = callers.member(shop)
    path, body = "/plate-orders", {"certificate_no": shop.certificate_no, "placement": "table", "count": 2}
    assert member.refused(path, {**body, "count": MOST_OF_A_UNIT + 1}, 422) == "invalid_input"
    assert member.refused(path, {**body, "labels": ["8号桌"]}, 422) == "plate_labels_do_not_match"
    assert member.refused(path, {**body, "labels": ["8号桌", "8号桌"]}, 422) == "plate_labels_repeat"
    for _ in range(5):
        _order(member, shop, count=MOST_OF_A_UNIT)
    assert member.refused(path, {**body, "count": MOST_OF_A_UNIT}) == "plates_in_use_limit"
    _order(member, shop, count=MOST_OF_A_UNIT - 1)  # the control: with the first plate these are all


def test_who_may_order(callers: Callers, town: Town, shop: Shop) -> None:
    other = town.shop("信河街茶楼", station="信河街维权联络站")
    body = {"certificate_no": shop.certificate_no, "placement": "door", "count": 1}
    for caller, status in (
        (callers.nobody(), 401),
        (callers.person("gu-ke"), 403),
        (callers.staff(Role.COUNCIL), 403),
        (callers.staff(), 403),
        (callers.member(other, "zhan-li"), 404),
    ):
        caller.post("/plate-orders", body, status)
    member = callers.member(shop)
    for caller in (member, callers.staff(Role.JOINT_OFFICE)):
        caller.post("/plate-orders", body, 201)
    many = {"placement": "counter"}
    assert member.refused("/plate-orders/batch", many, 403) == "action_not_permitted"
    order = callers.staff(Role.JOINT_OFFICE).post("/plate-orders/batch", many, 201)
    assert (order["units"], order["plates"]) == (2, 2)
    callers.staff().get(f"/plate-orders/{order['number']}", 404)  # about more than the county
    callers.staff(Role.CITY_OFFICER).get(f"/plate-orders/{order['number']}")


def test_only_units_without_such_a_plate_and_with_a_standing_certificate(
    callers: Callers, town: Town, shop: Shop, work: Callable[[], None]
) -> None:
    shops = [shop, *(town.shop(name) for name in ("江心海鲜", "信河街茶楼"))]
    office = callers.staff(Role.JOINT_OFFICE)
    assert office.refused("/plate-orders/batch", {"placement": "door"}, 422) == "plate_order_empty"
    _order(office, shops[1], placement="counter", count=1)  # on its way
    officer = callers.staff(Role.CITY_OFFICER)
    town.act(supervision.suspend, town.staff(Role.CITY_OFFICER), shops[2].certificate_no, ground=Ground.G01_PENALTY)
    assert officer.get(f"/units/{shops[2].certificate_no}/plates")["items"]
    order = office.post("/plate-orders/batch", {"placement": "counter", "county_code": "330302"}, 201)
    assert order["units"] == 1
    work()
    assert [len(_serials(office, one)) for one in shops] == [2, 2, 1]
    again = office.post("/plate-orders/batch", {"placement": "counter", "only_missing": False, "per_unit": 3}, 201)
    assert (again["units"], again["plates"]) == (2, 6)
    town.act(supervision.suspend, town.staff(Role.CITY_OFFICER), shop.certificate_no, ground=Ground.G01_PENALTY)
    work()
    found = office.get(f"/plate-orders/{again['number']}")
    assert (found["issued"], found["left_out"]) == (3, 3), "the certificate fell between order and issue"
    assert found["finished_at"] is not None


@pytest.fixture
def large(town: Town) -> str:
    """An order of 400 plates for eight units: two pieces. returns its id"""
    for number in range(8):
        town.shop(f"第{number}家店")
    order = town.act(orders.order_for_many, SYSTEM, placement=Placement.TABLE, per_unit=50)
    assert (order.units, order.plates) == (8, 400)
    return str(order.id)


def _state(app: Flask, order_id: str) -> tuple[int, int, int]:
    """What the order says, how many plates there are for it, and how many serials."""
    with app.app_context(), unit_of_work(read_only=True) as opened:
        order = opened.get_one(PlateOrder, order_id)
        plates = opened.scalars(sa.select(Plate.serial).where(Plate.order_id == order_id)).all()
        return order.issued, len(plates), len(set(plates))


def test_a_run_that_dies_between_two_pieces_goes_on(
    app: Flask, large: str, settings: Settings, clock: FixedClock
) -> None:
    with app.app_context(), LeaseKeeper(app) as keeper:
        assert jobs.run_next(jobs.work().table, keeper)
    assert _state(app, large) == (200, 200, 200)
    other = create_app(settings, clock=clock)  # another process, after the first was killed
    with other.app_context():
        with LeaseKeeper(other) as keeper:
            assert jobs.run_next(jobs.work().table, keeper)
        db.session.remove()
        db.engine.dispose()
    assert _state(app, large) == (400, 400, 400)


def test_a_run_that_dies_within_a_piece_leaves_none_of_it(app: Flask, large: str, clock: FixedClock) -> None:
    deaths = iter([False, True])

    def die(*_call: Any) -> None:
        if "INSERT INTO plate_event" in _call[2] and next(deaths, False):
            raise KeyboardInterrupt

    with app.app_context():
        orders.issue({"order_id": large})
        event.listen(db.engine, "before_cursor_execute", die)
        try:
            with pytest.raises(KeyboardInterrupt):
                orders.issue({"order_id": large})
        finally:
            event.remove(db.engine, "before_cursor_execute", die)
    assert _state(app, large) == (200, 200, 200)
    clock.advance(seconds=LEASE.total_seconds() + 1)
    with app.app_context(), LeaseKeeper(app) as keeper:
        while jobs.run_next(jobs.work().table, keeper):
            continue
    assert _state(app, large) == (400, 400, 400)


def test_two_that_issue_the_same_order_issue_it_once(app: Flask, large: str) -> None:
    with app.app_context():
        for _ in range(4):
            orders.issue({"order_id": large})
    assert _state(app, large) == (400, 400, 400)
    with app.app_context(), unit_of_work(read_only=True) as opened:
        tokens = opened.scalars(sa.select(Plate.token_id)).all()
        assert len(set(tokens)) == len(tokens) == 408
        per_unit = opened.execute(sa.select(Plate.unit_id, sa.func.count()).group_by(Plate.unit_id)).all()
        assert {row[1] for row in per_unit} == {51}


def test_a_void_plate_leaves_its_part_and_moves_no_other(town: Town, app: Flask) -> None:
    for number in range(11):
        town.shop(f"第{number}家店")
    order_id = town.act(lambda: orders.order_for_many(SYSTEM, placement=Placement.TABLE, per_unit=50).id)
    with app.app_context():
        for _ in range(3):
            orders.issue({"order_id": order_id})

    def serials(part: int) -> list[str]:
        with app.app_context(), unit_of_work(read_only=True) as opened:
            (_, listed), *_ = print_files.of_part(opened.get_one(PlateOrder, order_id), part).files()
        return [line.split(",")[1] for line in listed.decode("utf-8-sig").splitlines()[1:]]

    first, second = serials(1), serials(2)
    assert (len(first), len(second)) == (print_files.PART, 50)
    town.act(service.void_plate, town.staff(Role.CITY_OFFICER), first[7], VoidReason.DAMAGED)
    assert serials(1) == [serial for serial in first if serial != first[7]]
    assert serials(2) == second


def test_units_that_have_no_room_are_left_out_of_an_order_for_many(town: Town, callers: Callers, shop: Shop) -> None:
    town.shop("信河街茶楼")
    member = callers.member(shop)
    for _ in range(5):
        _order(member, shop, count=MOST_OF_A_UNIT)
    office = callers.staff(Role.JOINT_OFFICE)
    body = {"placement": "counter", "per_unit": MOST_OF_A_UNIT}
    assert office.post("/plate-orders/batch", body, 201)["units"] == 1
    assert office.post("/plate-orders/batch", {**body, "per_unit": MOST_OF_A_UNIT - 1}, 201)["units"] == 1, "the other"
    assert office.refused("/plate-orders/batch", {**body, "per_unit": 1}, 422) == "plate_order_empty"


def test_a_lost_plate_is_void_and_replaced_in_one_step(
    callers: Callers, client: FlaskClient, shop: Shop, work: Callable[[], None]
) -> None:
    member, serial = callers.member(shop), f"{shop.certificate_no}-01"
    answer = member.post(f"/plates/{serial}/loss", {"reason": "lost", "replace": True})
    assert answer["plate"]["void_reason"] == "lost"
    assert client.get(f"/api/v1/badges/{shop.token}").get_json()["standing"] == "VOIDED"
    again = member.post(f"/plates/{serial}/loss", {"reason": "lost", "replace": True})
    assert again == answer, "told again, with another key"
    work()
    assert _serials(member, shop) == [f"{shop.certificate_no}-02", serial]
    new = member.get(f"/plates/{shop.certificate_no}-02")
    assert (new["placement"], new["voided_at"]) == ("door", None)
    assert _deeds(member, serial) == ["issued", "reported_lost", "voided", "replaced"]
    texts = [told["text"] for told in member.get(f"/plates/{serial}/history")["items"]]
    assert texts[2:] == ["作废：遗失", f"由新牌替换：{shop.certificate_no}-02"]
    after = member.post(f"/plates/{serial}/loss", {"reason": "lost", "replace": True})
    assert after["replacement"]["number"] == answer["replacement"]["number"]
    work()
    assert len(_serials(member, shop)) == 2


def test_a_replacement_may_be_asked_for_later(callers: Callers, shop: Shop) -> None:
    member, path = callers.member(shop), f"/plates/{shop.certificate_no}-01/loss"
    assert member.post(path, {"reason": "damaged"})["replacement"] is None
    assert member.post(path, {"reason": "damaged", "replace": True})["replacement"]["plates"] == 1
    assert member.refused(path, {"reason": "lost"}) == "plate_voided_already"


def test_who_may_report_a_loss(callers: Callers, town: Town, shop: Shop) -> None:
    path, body = f"/plates/{shop.certificate_no}-01/loss", {"reason": "lost"}
    other = town.shop("信河街茶楼", station="信河街维权联络站")
    for caller, status in (
        (callers.nobody(), 401),
        (callers.person("gu-ke"), 403),
        (callers.staff(Role.OPERATOR), 403),
        (callers.member(other, "zhan-li"), 404),
        (callers.staff(county="330382"), 404),
    ):
        caller.post(path, body, status)
    assert callers.member(shop).refused(path, {"reason": "cloned"}, 422) == "invalid_input"
    callers.staff().post(path, body)


def test_a_plate_of_a_closed_certificate_is_voided_but_not_replaced(callers: Callers, town: Town, shop: Shop) -> None:
    town.act(supervision.suspend, town.staff(Role.CITY_OFFICER), shop.certificate_no, ground=Ground.G01_PENALTY)
    member, path = callers.member(shop), f"/plates/{shop.certificate_no}-01/loss"
    assert member.refused(path, {"reason": "lost", "replace": True}) == "certificate_does_not_stand"
    assert member.get(f"/plates/{shop.certificate_no}-01")["voided_at"] is None
    assert member.post(path, {"reason": "lost"})["plate"]["voided_at"]
    assert _order(member, shop, 409)["code"] == "certificate_does_not_stand"


def test_history_shows_roles_and_aliases_not_names(callers: Callers, shop: Shop) -> None:
    officer, serial = callers.staff(), f"{shop.certificate_no}-01"
    officer.post(f"/plates/{serial}/void", {"reason": "cloned"})
    told = officer.get(f"/plates/{serial}/history")["items"][-1]
    assert (told["deed"], told["text"]) == ("voided", "作废：被翻拍、仿冒")
    assert told["by"].startswith("县级市场监管人员（工作人员·")
    assert "周同事" not in str(officer.get(f"/plates/{serial}/history"))


def test_an_order_goes_to_the_printer_once(callers: Callers, town: Town, shop: Shop, app: Flask) -> None:
    office = callers.staff(Role.JOINT_OFFICE)
    order = _order(office, shop, count=1)
    with pytest.raises(NotPossibleNow):
        town.act(orders.note_sent, SYSTEM, order["number"])
    with app.app_context(), LeaseKeeper(app) as keeper:
        assert jobs.run_next(jobs.work().table, keeper)
    for _ in range(2):
        town.act(orders.note_sent, SYSTEM, order["number"])
    assert _deeds(office, f"{shop.certificate_no}-02") == ["ordered", "issued", "sent"]
