"""A unit closes or moves: said ahead, shown at once, suspended on the day, taken back until then."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from backend.access.actor import Role
from backend.casework.model import Deadline
from backend.certification.rules import Ground
from backend.infrastructure.database import session, unit_of_work
from backend.kernel.clock import FixedClock
from backend.supervision import service as supervision
from tests.calling import Caller
from tests.pages.town import Shop, Town
from tests.scene import Callers

#: Today is 2026-11-23.
CLOSE = {"kind": "close", "closing_on": "2026-12-23", "prepaid": "in_shop", "refund_by": "2026-12-31"}


def card(anybody: Caller, shop: Shop) -> dict[str, Any]:
    return anybody.get(f"/badges/{shop.token}")  # type: ignore[no-any-return]


def test_a_closing_is_shown_at_once_and_suspends_on_its_day(
    town: Town, callers: Callers, clock: FixedClock, shop: Shop, work: Callable[[], None]
) -> None:
    member, anybody, path = callers.member(shop), callers.nobody(), f"/units/{shop.certificate_no}/closing-notices"
    assert card(anybody, shop)["closing"] is None
    told = member.post(path, CLOSE, 201, key="closing-1")
    assert member.post(path, CLOSE, 201, key="closing-1") == told, "a lost answer is given again"
    assert member.refused(path, CLOSE) == "closing_announced"
    shown = card(anybody, shop)
    assert (shown["standing"], shown["closing"]["on"], shown["closing"]["refund_by"]) == (
        "VALID",
        "2026-12-23",
        "2026-12-31",
    )
    page = anybody.api.client.get(f"/b/{shop.token}").text
    assert "这家店2026年12月23日起停业" in page
    assert "现在不要再充值" in page
    register = f"/units/{shop.certificate_no}"
    assert anybody.get(register)["closing"] == anybody.get("/units")["units"][0]["closing"] == shown["closing"]
    assert "现在不要再充值" in anybody.api.client.get(register).text
    clock.advance(days=29)
    work()
    assert card(anybody, shop)["standing"] == "VALID", "the last day still counts"
    clock.advance(days=1)
    work()
    shown = card(anybody, shop)
    assert (shown["standing"], shown["certificate"]["reason"]) == ("SUSPENDED", "已停业、注销或迁出")
    assert shown["closing"]["on"] == "2026-12-23", "who prepaid still reads where to go"
    with town.app.app_context(), unit_of_work(read_only=True):
        notice = sa.select(Deadline).where(Deadline.clock == "N1")
        assert session().scalars(notice).one().breached_at is None, "nobody was late"
    log = anybody.get(f"/units/{shop.certificate_no}")
    assert log["standing"] == "SUSPENDED"
    member = callers.person("zhan-wang")
    assert member.get(path)["notices"][0]["state"] == "carried_out"
    assert member.refused(f"/closing-notices/{told['case_no']}/withdraw") == "not_possible_now"


def test_a_notice_is_taken_back_until_its_day(
    town: Town, callers: Callers, clock: FixedClock, shop: Shop, work: Callable[[], None]
) -> None:
    member, anybody, path = callers.member(shop), callers.nobody(), f"/units/{shop.certificate_no}/closing-notices"
    move = {"kind": "move", "closing_on": "2026-12-23", "prepaid": "none", "new_address": "鹿城区信河街 8 号"}
    number = member.post(path, move, 201)["case_no"]
    assert card(anybody, shop)["closing"]["new_address"] == "鹿城区信河街 8 号"
    assert member.post(f"/closing-notices/{number}/withdraw")["state"] == "withdrawn"
    assert (card(anybody, shop)["closing"], anybody.get(f"/units/{shop.certificate_no}")["closing"]) == (None, None)
    assert "起迁址" not in anybody.api.client.get(f"/units/{shop.certificate_no}").text, "the control"
    clock.advance(days=31)
    work()
    assert card(anybody, shop)["standing"] == "VALID"
    member = callers.person("zhan-wang")
    number = member.post(path, {**move, "closing_on": "2027-01-30"}, 201)["case_no"]
    clock.advance(days=40)
    member = callers.person("zhan-wang")
    assert member.refused(f"/closing-notices/{number}/withdraw") == "closing_day_come", "before the sweep came by"


def test_a_certificate_that_stands_no_more_is_left_as_it_is(
    town: Town, callers: Callers, clock: FixedClock, shop: Shop, work: Callable[[], None]
) -> None:
    member, path = callers.member(shop), f"/units/{shop.certificate_no}/closing-notices"
    member.post(path, CLOSE, 201)
    town.act(supervision.suspend, town.staff(Role.CITY_OFFICER), shop.certificate_no, ground=Ground.G01_PENALTY)
    clock.advance(days=31)
    work()
    assert callers.person("zhan-wang").get(path)["notices"][0]["state"] == "ceased"
    assert card(callers.nobody(), shop)["certificate"]["reason"] == "因侵害消费者权益受到行政处罚"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"closing_on": "2026-12-22"}, "closing_on"),
        ({"closing_on": "2027-12-01"}, "closing_on"),
        ({"kind": "move"}, "new_address"),
        ({"refund_by": None}, "refund_by"),
        ({"refund_by": "2026-11-22"}, "refund_by"),
    ],
)
def test_what_is_missing_is_said(callers: Callers, shop: Shop, changed: dict[str, Any], field: str) -> None:
    problem = callers.member(shop).post(f"/units/{shop.certificate_no}/closing-notices", {**CLOSE, **changed}, 422)
    assert (problem["code"], list(problem["fields"])) == ("closing_invalid", [field])


def test_who_may(town: Town, callers: Callers, shop: Shop) -> None:
    path = f"/units/{shop.certificate_no}/closing-notices"
    other = callers.member(town.shop("别家电器", station="别处维权联络站"), "zhan-li")
    other.post(path, CLOSE, 404)
    callers.person("guke-chen").post(path, CLOSE, 403)
    callers.staff().post(path, CLOSE, 403)
    assert callers.staff().get(path) == {"notices": []}
