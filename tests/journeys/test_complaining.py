"""Complain: to the station by alias, in the open by silence or refusal to the bureau, up to the served notice."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from backend.access.actor import Role
from backend.kernel.clock import FixedClock
from tests.calling import Caller
from tests.console.office import YUEQING
from tests.pages.town import Shop
from tests.scene import IDENTITY, Callers, agree_to_mediation, both, picture, request_body, take_offer

Work = Callable[[], None]
Notices = Callable[..., list[tuple[str, str]]]


@pytest.fixture
def officer(callers: Callers) -> Caller:
    return callers.staff()


def _submit(consumer: Caller, shop: Shop, **changed: Any) -> str:
    number: str = consumer.post("/settlements", request_body(shop, **changed), 201)["case_no"]
    return number


def _deadline(case: Any) -> tuple[str, str, str, str]:
    """The nearest deadline but the one to take the request."""
    deadline = next(one for one in case["deadlines"] if one["clock"] != "M0")
    return deadline["clock"], deadline["owner"], deadline["due_at"], deadline["basis"]


def test_an_offer_is_accepted_and_confirmed(
    consumer: Caller, member: Caller, callers: Callers, shop: Shop, clock: FixedClock, work: Work, notices: Notices
) -> None:
    submitted = consumer.post("/settlements", request_body(shop), 201)
    number, path = submitted["case_no"], f"/settlements/{submitted['case_no']}"
    assert _deadline(submitted)[:3] == ("M1", "维权联络站", "2026-11-27T02:00:00+00:00")
    assert "一键和解" in _deadline(submitted)[3]
    sent = {"photo": (BytesIO(picture()), "IMG_1.jpg"), "for_station": "true"}
    receipt = consumer.api("POST", f"{path}/photos", consumer.token, data=sent)
    assert receipt.status_code == 201, receipt.text
    seen = member.get(path)
    assert seen["alias"].startswith("消费者·")
    assert not {"consumer_id", "complainant_id", "access_code", "order_no"} & set(seen)
    assert member.get(seen["photos"][0]["url"].removeprefix("/api/v1"))[:2] == b"\xff\xd8"
    offer = {"kind": "refund", "amount_fen": 12850, "text": "带小票来店里，当场退款。"}
    offered = member.post(f"{path}/offer", offer)
    assert _deadline(offered)[:2] == ("D1", "消费者")
    assert consumer.get(path)["allowed"] == ["decline", "accept", "withdraw"]
    agreed = take_offer(consumer, number)
    running, owner, due, basis = _deadline(agreed)
    assert (running, owner, due) == ("M3", "维权联络站", "2026-11-26T15:59:59+00:00")
    assert "第三十一条" in basis
    done = consumer.post(f"{path}/confirm-performed")
    assert (done["state"], done["deadlines"], done["allowed"]) == ("performed", [], [])
    clock.advance(seconds=10)
    work()
    outcomes = callers.nobody().get(f"/badges/{shop.token}")["outcomes"]
    assert (outcomes["received"], outcomes["answered_in_time"], outcomes["settled"]) == (1, 1, 1)
    assert notices(member) == both("settlement_submitted", "settlement_accepted")
    assert notices(consumer) == both("settlement_offered")
    code = {"case_no": number, "code": submitted["access_code"]}
    progress = callers.nobody().post("/settlements/progress", code)
    assert progress["state"] == "performed"
    assert not {"facts", "photos", "alias"} & set(progress)


def test_silence_is_marked_after_96_hours_and_opens_the_way(
    consumer: Caller, member: Caller, shop: Shop, clock: FixedClock, work: Work, notices: Notices, callers: Callers
) -> None:
    number = _submit(consumer, shop)
    path = f"/settlements/{number}"
    clock.advance(hours=95, minutes=30)
    work()
    problem = consumer.post(f"{path}/escalate", {"identity": IDENTITY}, 409)
    assert (problem["code"], problem["state"]) == ("deadline_not_reached", "awaiting_answer")
    assert "还剩 30 分钟" in problem["detail"]
    assert "escalate" not in problem["allowed"]
    clock.advance(minutes=30, seconds=1)
    work()
    seen = consumer.get(path)
    assert (seen["unanswered"], seen["state"], seen["deadlines"][0]["late"]) == (True, "awaiting_answer", True)
    for _ in range(2):
        clock.advance(minutes=2)
        work()
    assert notices(consumer) == both("settlement_unanswered")
    assert notices(member) == both("settlement_submitted", "deadline_missed", "deadline_near", "settlement_unanswered")
    assert callers.nobody().get(f"/badges/{shop.token}")["outcomes"]["unanswered"] == 1
    lodged = consumer.post(f"{path}/escalate", {"identity": IDENTITY}, 201)
    assert lodged["case_no"].startswith("TS")
    assert consumer.get(f"/complaints/{lodged['case_no']}")["escalated_because"] == "unanswered"


def test_who_asked_for_it_is_filed_for(
    consumer: Caller, shop: Shop, clock: FixedClock, work: Work, notices: Notices, officer: Caller
) -> None:
    number = _submit(consumer, shop, file_for_me=True, identity=IDENTITY)
    clock.advance(hours=96, seconds=1)
    work()
    settlement = consumer.get(f"/settlements/{number}")
    assert settlement["state"] == "escalated"
    complaint = consumer.get(f"/complaints/{settlement['complaint_no']}")
    assert (complaint["state"], complaint["escalated_because"]) == ("received", "unanswered")
    assert notices(consumer) == both("settlement_escalated")
    assert notices(officer) == both("deadline_near")


def test_a_station_that_answered_in_time_is_not_marked(
    consumer: Caller, member: Caller, shop: Shop, clock: FixedClock, work: Work
) -> None:
    number = _submit(consumer, shop)
    clock.advance(hours=95)
    member.post(f"/settlements/{number}/refuse", {"text": "小票丢了，没有办法退货。"})
    clock.advance(hours=5)
    work()
    assert consumer.get(f"/settlements/{number}")["unanswered"] is False


def test_what_was_agreed_and_not_done_goes_to_the_bureau(
    consumer: Caller, member: Caller, shop: Shop, clock: FixedClock, work: Work, notices: Notices
) -> None:
    number = _submit(consumer, shop)
    path = f"/settlements/{number}"
    member.post(f"{path}/offer", {"kind": "repair", "text": "送来店里免费修。", "perform_by": "2026-11-30"})
    take_offer(consumer, number)
    clock.advance(days=7)
    assert consumer.refused(f"{path}/escalate", {"identity": IDENTITY}) == "deadline_not_reached"
    assert notices(consumer) == both("settlement_offered")
    clock.advance(days=1)
    for _ in range(2):
        work()
        clock.advance(minutes=1)
    assert notices(consumer) == both("settlement_offered", "settlement_unperformed")
    assert notices(member)[-2:] == both("settlement_unperformed")
    lodged = consumer.post(f"{path}/escalate", {"identity": IDENTITY}, 201)
    assert consumer.get(f"/complaints/{lodged['case_no']}")["escalated_because"] == "not_performed"


def test_an_offered_day_that_has_passed_gives_the_three_days_of_the_law(
    consumer: Caller, member: Caller, shop: Shop, clock: FixedClock
) -> None:
    number = _submit(consumer, shop)
    path = f"/settlements/{number}"
    member.post(f"{path}/offer", {"kind": "repair", "text": "明天送来免费修。", "perform_by": "2026-11-24"})
    clock.advance(days=5)
    assert _deadline(take_offer(consumer, number))[2] == "2026-12-01T15:59:59+00:00"


@pytest.fixture
def complaint(consumer: Caller, member: Caller, shop: Shop) -> str:
    """The path of a complaint that came in because the station refused."""
    number = _submit(consumer, shop)
    member.post(f"/settlements/{number}/refuse", {"text": "小票丢了，没有办法退货。"})
    assert consumer.refused(f"/settlements/{number}/escalate", {}, 422) == "identity_missing"
    lodged = consumer.post(f"/settlements/{number}/escalate", {"identity": IDENTITY}, 201)
    return f"/complaints/{lodged['case_no']}"


def test_the_bureau_pauses_resumes_terminates_and_serves(
    complaint: str, consumer: Caller, officer: Caller, callers: Callers, clock: FixedClock, notices: Notices
) -> None:
    assert _deadline(consumer.get(complaint)) == (
        "C1",
        "市场监管部门",
        "2026-12-02T15:59:59+00:00",
        "总局令第121号 第十五条",
    )
    assert _deadline(officer.post(f"{complaint}/accept"))[:3] == (
        "C2",
        "市场监管部门",
        "2027-01-22T15:59:59+00:00",
    )
    held = officer.post(f"{complaint}/pause-for-testing")
    assert held["deadlines"][0]["state"] == "held"
    clock.advance(days=10)
    callers.back(officer)
    resumed = officer.post(f"{complaint}/resume")
    assert _deadline(resumed)[2] == "2027-02-01T15:59:59+00:00", "ten days of testing do not count"
    assert resumed["deadlines"][0]["state"] == "running"
    ended = officer.post(f"{complaint}/terminate", {"ground": "T23_3", "text": "商家明确表示不同意退款。"})
    assert (ended["state"], ended["termination_ground"]) == ("terminating", "T23_3")
    assert "向人民法院提起诉讼" in ended["other_remedies"]
    assert "complaint_terminated" not in [template for template, _ in notices(consumer)]
    served = officer.post(f"{complaint}/serve-notice")
    assert (served["state"], served["deadlines"], served["allowed"]) == ("terminated", [], [])
    assert notices(consumer) == both("settlement_refused", "complaint_accepted", "complaint_terminated")
    assert consumer.get(complaint)["decision_text"] == "商家明确表示不同意退款。"


def test_the_parties_agree_before_the_bureau(
    complaint: str, consumer: Caller, member: Caller, officer: Caller, notices: Notices
) -> None:
    officer.post(f"{complaint}/accept")
    agree_to_mediation(consumer, member, complaint)
    agreed = {"text": "商家三日内退还货款 128.50 元。", "closing": "signed"}
    done = officer.post(f"{complaint}/record-agreement", agreed)
    assert (done["state"], done["agreement_text"]) == ("mediated", "商家三日内退还货款 128.50 元。")
    assert consumer.get(complaint)["other_remedies"] is None
    assert notices(consumer) == both("settlement_refused", "complaint_accepted", "complaint_mediated")


def test_the_bureau_does_not_accept_on_a_ground_of_law(complaint: str, consumer: Caller, officer: Caller) -> None:
    done = officer.post(f"{complaint}/refuse", {"ground": "R16_2", "text": "法院已经受理，正在审理。"})
    assert (done["state"], done["refusal_ground"]) == ("not_accepted", "R16_2")
    seen = consumer.get(complaint)
    assert "法院、仲裁机构" in seen["refusal_ground_zh"]
    assert "消费者权益保护法" in seen["other_remedies"]


def test_a_late_decision_is_marked_and_told_once(
    officer: Caller, complaint: str, callers: Callers, clock: FixedClock, work: Work, notices: Notices
) -> None:
    city, other = callers.staff(Role.CITY_OFFICER), callers.staff(county=YUEQING)
    clock.advance(days=9, hours=13, minutes=50)
    work()
    assert notices(officer) == both("deadline_near")
    clock.advance(minutes=10)
    for _ in range(3):
        work()
        clock.advance(minutes=1)
    assert notices(officer) == both("deadline_near", "deadline_missed")
    assert [one for one in notices(city) if one[0] != "calendar_missing"] == both("deadline_missed")
    assert notices(other) == []
    callers.back(officer)
    assert officer.get(complaint)["deadlines"][0]["late"] is True
