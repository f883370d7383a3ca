"""A complaint is returned from bureau to bureau: it stays one, somebody always has it, and the third return ends it.

source: Order 121 §13–§15, §33; F14 of the domain reference: “not our responsibility” is never the whole answer.
"""

from collections.abc import Callable
from typing import Any

import pytest

from backend.access.actor import Role
from backend.kernel.clock import FixedClock
from tests.calling import Caller
from tests.pages.town import Shop
from tests.scene import IDENTITY, Callers, request_body

LUCHENG, OUHAI, RUIAN, YUEQING = "330302", "330304", "330381", "330382"
Work = Callable[[], None]
Notices = Callable[..., list[tuple[str, str]]]


@pytest.fixture
def bureau(callers: Callers) -> dict[str, Caller]:
    return {county: callers.staff(county=county) for county in (LUCHENG, OUHAI, RUIAN, YUEQING)}


@pytest.fixture
def path(callers: Callers, consumer: Caller, shop: Shop) -> str:
    """A complaint about a shop of Lucheng."""
    number = consumer.post("/settlements", request_body(shop), 201)["case_no"]
    callers.member(shop).post(f"/settlements/{number}/refuse", {"text": "小票丢了，没有办法退货。"})
    lodged = consumer.post(f"/settlements/{number}/escalate", {"identity": IDENTITY}, 201)
    return f"/complaints/{lodged['case_no']}"


def moved_to(county: str, **changed: Any) -> dict[str, Any]:
    """A return, because the shop is found to trade in another county."""
    return {
        "target": county,
        "trade": "premises",
        "place": county,
        "domicile": county,
        "reason": "经现场核实，该店已搬走，本辖区没有经营场所。",
        **changed,
    }


def clock_of(case: Any) -> tuple[str, str]:
    """Code and owner of the one deadline that runs."""
    (deadline,) = case["deadlines"]
    return deadline["clock"], deadline["owner"]


def test_a_return_names_who_has_it_and_the_receiver_decides_anew(
    path: str, consumer: Caller, bureau: dict[str, Caller], callers: Callers, clock: FixedClock, notices: Notices
) -> None:
    before = consumer.get(path)
    assert before["holder"] == {"name": "鹿城区市场监督管理局", "phone": "12315", "address": None}
    assert [move["title"] for move in before["moves"]] == ["鹿城区市场监督管理局最先收到"]
    clock.advance(days=5)
    callers.back(bureau[LUCHENG])
    callers.back(bureau[RUIAN])
    assert bureau[LUCHENG].post(f"{path}/pass-on", moved_to(RUIAN))["county_code"] == RUIAN
    bureau[LUCHENG].get(path, 404)
    seen = consumer.get(path)
    assert (seen["state"], seen["holder"]["name"]) == ("passed_on", "瑞安市市场监督管理局")
    assert clock_of(seen) == ("J3", "接收单位")
    move = seen["moves"][-1]
    assert move["title"] == "鹿城区市场监督管理局转给瑞安市市场监督管理局"
    assert "该店已搬走" in move["reason"]
    assert ("complaint_passed_on", "inbox") in notices(consumer)
    assert ("deadline_near", "inbox") in notices(bureau[RUIAN])
    assert notices(bureau[LUCHENG]) == [], "who has no more to do is not reminded"
    bureau[RUIAN].refused(f"{path}/accept")
    taken = bureau[RUIAN].post(f"{path}/take-over")
    assert (taken["state"], clock_of(taken)[0]) == ("received", "C1")
    assert taken["deadlines"][0]["due_at"] > before["deadlines"][0]["due_at"], "seven working days from its own receipt"
    assert ("complaint_taken_over", "inbox") in notices(consumer)
    assert bureau[RUIAN].post(f"{path}/accept")["state"] == "in_mediation"


def test_the_first_receiver_that_may_handle_it_keeps_it(path: str, bureau: dict[str, Caller], consumer: Caller) -> None:
    both = moved_to(RUIAN, place=LUCHENG)
    assert bureau[LUCHENG].refused(f"{path}/pass-on", both) == "holder_is_competent"
    assert bureau[LUCHENG].refused(f"{path}/pass-on", moved_to(RUIAN, target=YUEQING), 422) == "target_not_competent"
    assert (
        bureau[LUCHENG].refused(f"{path}/pass-on", moved_to("elsewhere", target=RUIAN), 422) == "target_not_competent"
    )
    assert bureau[LUCHENG].refused(f"{path}/pass-on", moved_to(RUIAN, reason="不归我们管"), 422)
    assert consumer.get(path)["state"] == "received", "refused returns change nothing"
    bureau[LUCHENG].post(f"{path}/pass-on", moved_to(RUIAN))
    back = moved_to(LUCHENG, domicile=RUIAN)
    assert bureau[RUIAN].post(f"{path}/pass-on", back)["county_code"] == LUCHENG, (
        "it received it first, and may handle it"
    )


def test_the_third_return_brings_it_to_the_office_which_assigns_it(
    path: str, bureau: dict[str, Caller], consumer: Caller, callers: Callers, notices: Notices
) -> None:
    office = callers.staff(Role.JOINT_OFFICE)
    given = {"target": OUHAI, "reason": "合同和收款都在瓯海门店，由瓯海区局办理。"}
    assert office.refused(f"{path}/assign", given, 404) == "record_not_found"
    bureau[LUCHENG].post(f"{path}/pass-on", moved_to(RUIAN))
    bureau[RUIAN].post(f"{path}/pass-on", moved_to(YUEQING))
    assert bureau[YUEQING].post(f"{path}/pass-on", moved_to(OUHAI))["state"] == "unassigned"
    seen = consumer.get(path)
    assert seen["holder"]["name"] == "市消费者权益保护工作联席会议办公室"
    assert clock_of(seen) == ("J4", "联席会议办公室")
    assert notices(consumer).count(("complaint_passed_on", "inbox")) == 2
    assert ("complaint_at_office", "inbox") in notices(consumer)
    assert ("deadline_near", "inbox") in notices(office)
    assert office.post(f"{path}/assign", given)["county_code"] == OUHAI
    seen = consumer.get(path)
    assert (seen["state"], seen["holder"]["name"], clock_of(seen)[0]) == ("received", "瓯海区市场监督管理局", "C1")
    assert len(seen["moves"]) == 5
    assert bureau[OUHAI].refused(f"{path}/pass-on", moved_to(RUIAN)) == "assigned_already"
    assert bureau[OUHAI].refused(f"{path}/contest", {"reason": "本单位认为应当由瑞安市局处理。"}) == "assigned_already"
    assert bureau[OUHAI].post(f"{path}/accept")["state"] == "in_mediation"


def test_a_contested_power_is_decided_by_the_city_within_seven_working_days(
    path: str,
    bureau: dict[str, Caller],
    consumer: Caller,
    callers: Callers,
    clock: FixedClock,
    work: Work,
    notices: Notices,
) -> None:
    city = callers.staff(Role.CITY_OFFICER)
    bureau[LUCHENG].post(f"{path}/pass-on", moved_to(RUIAN))
    contested = bureau[RUIAN].post(f"{path}/contest", {"reason": "该店跨两区经营，和鹿城区局协商不成。"})
    (deadline,) = contested["deadlines"]
    assert (deadline["clock"], deadline["due_on"]) == ("C5", "2026-12-02")
    assert consumer.get(path)["holder"]["name"] == "温州市市场监督管理局"
    bureau[RUIAN].post(f"{path}/decide-power", {"target": LUCHENG, "reason": "应当由鹿城区局来处理。"}, 403)
    clock.advance(days=10)
    work()
    assert ("deadline_missed", "inbox") in notices(city), "the city's own breach is told to the city"
    callers.back(city)
    city.post(f"{path}/decide-power", {"target": LUCHENG, "reason": "门店和收款都在鹿城，由鹿城区局处理。"})
    seen = consumer.get(path)
    assert (seen["state"], seen["holder"]["name"]) == ("received", "鹿城区市场监督管理局")
    callers.back(bureau[LUCHENG])
    assert bureau[LUCHENG].refused(f"{path}/pass-on", moved_to(RUIAN)) == "assigned_already"


def test_who_neither_accepts_nor_returns_is_late_after_two_working_days(
    path: str,
    bureau: dict[str, Caller],
    consumer: Caller,
    callers: Callers,
    clock: FixedClock,
    work: Work,
    notices: Notices,
) -> None:
    city = callers.staff(Role.CITY_OFFICER)
    bureau[LUCHENG].post(f"{path}/pass-on", moved_to(RUIAN))
    clock.advance(days=2)
    work()
    assert ("deadline_missed", "inbox") not in notices(bureau[RUIAN]), "the second working day is not over"
    clock.advance(days=1)
    work()
    for told in (bureau[RUIAN], city):
        assert ("deadline_missed", "inbox") in notices(told)
    assert consumer.get(path)["deadlines"][0]["late"]
    assert consumer.post(f"{path}/withdraw")["state"] == "withdrawn"
