"""A promise that is not kept: the consumer says so when the agreed day is over, the station has it first of all, the bureau too."""

from collections.abc import Callable
from typing import Any

import pytest

from backend.access.actor import Role
from backend.kernel.clock import FixedClock
from tests.calling import Caller
from tests.console.office import Office
from tests.pages.town import Shop
from tests.scene import IDENTITY, Callers, both, decline_offer, request_body, take_offer

Work = Callable[[], None]
Notices = Callable[..., list[tuple[str, str]]]
REPAIR = {"kind": "repair", "text": "送来店里免费修。", "perform_by": "2026-11-30"}


@pytest.fixture
def path(consumer: Caller, member: Caller, shop: Shop) -> str:
    """A request whose offer was accepted; to be done by 30 November."""
    number = consumer.post("/settlements", request_body(shop), 201)["case_no"]
    member.post(f"/settlements/{number}/offer", REPAIR)
    take_offer(consumer, number)
    return f"/settlements/{number}"


@pytest.fixture
def broken(path: str, consumer: Caller, clock: FixedClock) -> str:
    """The same after the agreed day; the consumer said that nothing was done."""
    clock.advance(days=8)
    consumer.post(f"{path}/not-performed")
    return path


def _outcomes(callers: Callers, shop: Shop) -> Any:
    return callers.nobody().get(f"/badges/{shop.token}")["outcomes"]


def test_before_the_agreed_day_is_over_nothing_is_broken(consumer: Caller, path: str, clock: FixedClock) -> None:
    clock.advance(days=7, hours=13, minutes=59)
    problem = consumer.post(f"{path}/not-performed", None, 409)
    assert (problem["code"], problem["state"]) == ("deadline_not_reached", "agreed")
    assert "第三十一条" in problem["article"]
    clock.advance(minutes=1)
    assert consumer.post(f"{path}/not-performed")["state"] == "not_performed"


def test_the_station_has_it_before_everything_else_and_may_make_it_good(
    broken: str,
    consumer: Caller,
    member: Caller,
    callers: Callers,
    shop: Shop,
    clock: FixedClock,
    work: Work,
    notices: Notices,
) -> None:
    clock.advance(days=-5)
    waiting = callers.person("gu-ke-2").post("/settlements", request_body(shop), 201)["case_no"]
    clock.advance(days=5, minutes=2)
    work()
    rows = member.get("/settlements/inbox")["requests"]
    assert [row["case_no"] for row in rows] == [broken.rsplit("/", 1)[1], waiting]
    assert rows[1]["deadlines"][0]["late"], "the control: the other one is overdue too"
    assert ("settlement_not_performed", "inbox") in notices(member)
    assert _outcomes(callers, shop)["settled"] == 0
    done = consumer.post(f"{broken}/confirm-performed")
    assert (done["state"], done["deadlines"]) == ("performed", [])
    clock.advance(seconds=10)
    work()
    assert _outcomes(callers, shop)["settled"] == 1, "it counts because the consumer confirmed it, late as it was"
    assert ("settlement_not_performed", "inbox") not in notices(member)


def test_the_station_has_a_clock_of_its_own_to_make_it_good(
    broken: str, consumer: Caller, member: Caller, clock: FixedClock, work: Work, notices: Notices
) -> None:
    clocks = {one["clock"]: one for one in member.get(broken)["deadlines"]}
    assert (clocks["M8"]["due_at"][:10], clocks["M8"]["late"]) == ("2026-12-03", False)
    clock.advance(days=3)
    work()
    assert ("deadline_missed", "inbox") in notices(member)
    assert {one["clock"]: one["late"] for one in member.get(broken)["deadlines"]}["M8"], "late stays late"
    member.post(f"{broken}/offer", {**REPAIR, "perform_by": "2026-12-08"})
    assert [one["clock"] for one in member.get(broken)["deadlines"]] == ["D1"]
    assert ("deadline_missed", "inbox") not in notices(member)


def test_the_bureau_has_it_first_with_its_ground(
    broken: str, consumer: Caller, member: Caller, callers: Callers, shop: Shop, clock: FixedClock, office: Office
) -> None:
    number = broken.rsplit("/", 1)[1]
    shown = office.at_desk(Role.COUNTY_OFFICER).get("/console/stations")
    assert number in shown, "late with its promise, and still not done"
    refused = f"/settlements/{callers.person('gu-ke-2').post('/settlements', request_body(shop), 201)['case_no']}"
    member.post(f"{refused}/refuse", {"text": "小票丢了，没有办法退货。"})
    older = callers.person("gu-ke-2").post(f"{refused}/escalate", {"identity": IDENTITY}, 201)["case_no"]
    clock.advance(days=2)
    lodged = consumer.post(f"{broken}/escalate", {"identity": IDENTITY}, 201)["case_no"]
    assert consumer.get(f"/complaints/{lodged}")["escalated_because"] == "not_performed"
    desk = office.at_desk(Role.COUNTY_OFFICER)
    queue = desk.get("/console/complaints")
    assert queue.index(lodged) < queue.index(older), "it came later and is due later, but comes first"
    assert "优先" in queue
    assert "第三十一条第三项" in queue
    assert "第三十一条第三项" in desk.get(f"/console/complaints/{lodged}")


def test_a_new_offer_that_is_declined_does_not_wash_the_broken_promise_away(
    broken: str, consumer: Caller, member: Caller
) -> None:
    assert member.refused(f"{broken}/refuse", {"text": "我们不想修了，就这样。"}) == "not_possible_now"
    member.post(f"{broken}/offer", {"kind": "refund", "amount_fen": 12850, "text": "不修了，直接退款。"})
    decline_offer(consumer, broken.removeprefix("/settlements/"))
    lodged = consumer.post(f"{broken}/escalate", {"identity": IDENTITY}, 201)["case_no"]
    assert consumer.get(f"/complaints/{lodged}")["escalated_because"] == "not_performed"


def test_who_says_nothing_more_is_reminded_and_then_it_ends(
    broken: str, consumer: Caller, callers: Callers, clock: FixedClock, work: Work, notices: Notices
) -> None:
    clock.advance(days=28)
    work()
    assert notices(consumer)[-2:] == both("settlement_lapsing_soon")
    clock.advance(days=3)
    work()
    assert callers.person("gu-ke").get(broken)["state"] == "lapsed"


def test_only_the_consumer_says_so(broken: str, member: Caller, callers: Callers) -> None:
    member.post(f"{broken}/not-performed", status=403)
    callers.person("lu-ren").post(f"{broken}/not-performed", status=404)
