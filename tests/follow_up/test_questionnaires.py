"""After the close: asked once, after seven days, answered in one tap, never again where that was wished."""

from collections.abc import Callable
from typing import Any

from backend.kernel.clock import FixedClock
from tests.calling import Caller
from tests.pages.town import Shop, Town
from tests.scene import IDENTITY, Callers, both, request_body, take_offer

Work = Callable[[], None]
Notices = Callable[..., list[tuple[str, str]]]


def _settled(consumer: Caller, member: Caller, shop: Shop) -> str:
    number: str = consumer.post("/settlements", request_body(shop), 201)["case_no"]
    path = f"/settlements/{number}"
    member.post(f"{path}/offer", {"kind": "refund", "amount_fen": 12850, "text": "带小票来店里，当场退款。"})
    take_offer(consumer, number)
    consumer.post(f"{path}/confirm-performed")
    return number


def _asked(consumer: Caller) -> list[Any]:
    found: list[Any] = consumer.get("/questionnaires")["questionnaires"]
    return found


def test_seven_days_after_the_close_the_consumer_is_asked_once_and_may_change_the_answer(
    consumer: Caller, callers: Callers, shop: Shop, clock: FixedClock, work: Work, notices: Notices
) -> None:
    number = _settled(consumer, callers.member(shop), shop)
    clock.advance(days=6, hours=23)
    work()
    assert _asked(consumer) == [], "the control: not before seven days"
    clock.advance(hours=1)
    for _ in range(2):
        work()
        clock.advance(minutes=11)
    (one,) = _asked(consumer)
    assert (one["case_no"], one["unit_name"], one["answer"]) == (number, shop.name, None)
    assert notices(consumer)[-2:] == both("was_it_solved")
    assert notices(consumer).count(("was_it_solved", "inbox")) == 1
    assert consumer.post(f"/questionnaires/{number}", {"answer": "solved"})["answer"] == "solved"
    assert consumer.post(f"/questionnaires/{number}", {"answer": "not_solved"})["answer"] == "not_solved"
    assert consumer.refused(f"/questionnaires/{number}", {"answer": "perhaps"}, 422) == "invalid_input"
    clock.advance(days=30)
    consumer = callers.person("gu-ke")
    assert consumer.refused(f"/questionnaires/{number}", {"answer": "solved"}) == "question_over"
    assert _asked(consumer) == []


def test_nobody_answers_for_another(
    consumer: Caller, callers: Callers, shop: Shop, clock: FixedClock, work: Work
) -> None:
    member = callers.member(shop)
    number = _settled(consumer, member, shop)
    clock.advance(days=7)
    work()
    for other in (callers.person("lu-ren"), member):
        assert other.refused(f"/questionnaires/{number}", {"answer": "solved"}, 404) == "record_not_found"
        assert _asked(other) == []
    assert len(_asked(consumer)) == 1, "the control"


def test_who_wants_no_question_is_not_asked_until_they_want_one(
    consumer: Caller, callers: Callers, shop: Shop, clock: FixedClock, work: Work, notices: Notices
) -> None:
    _settled(consumer, callers.member(shop), shop)
    for _ in range(2):
        assert consumer.api("PUT", "/questionnaires/wish", consumer.token, json={"wanted": False}).get_json() == {
            "wanted": False,
            "questionnaires": [],
        }
    clock.advance(days=7)
    work()
    assert _asked(consumer) == []
    assert ("was_it_solved", "inbox") not in notices(consumer)
    consumer.api("PUT", "/questionnaires/wish", consumer.token, json={"wanted": True})
    clock.advance(minutes=11)
    work()
    assert len(_asked(consumer)) == 1


def test_a_complaint_is_asked_about_after_the_bureaus_end_and_a_withdrawn_one_never(
    consumer: Caller, callers: Callers, shop: Shop, clock: FixedClock, work: Work
) -> None:
    member, officer = callers.member(shop), callers.staff()
    numbers = []
    for _ in range(2):
        number = consumer.post("/settlements", request_body(shop), 201)["case_no"]
        member.post(f"/settlements/{number}/refuse", {"text": "小票丢了，没有办法退货。"})
        numbers.append(number)
    lodged = consumer.post(f"/settlements/{numbers[0]}/escalate", {"identity": IDENTITY}, 201)["case_no"]
    consumer.post(f"/settlements/{numbers[1]}/withdraw")
    clock.advance(days=7)
    work()
    assert _asked(consumer) == [], "the control: it is not closed by the escalation"
    callers.back(officer)
    officer.post(f"/complaints/{lodged}/refuse", {"ground": "R16_3", "text": "没有提供购买凭证，不能证明消费关系。"})
    clock.advance(days=7)
    work()
    assert [one["case_no"] for one in _asked(consumer)] == [numbers[0]]


def test_the_page_of_the_case_takes_the_answer_in_one_tap(
    town: Town, callers: Callers, shop: Shop, clock: FixedClock, work: Work
) -> None:
    browser = town.person("gu-ke")
    number = _settled(callers.of(browser), callers.member(shop), shop)
    at = f"/my/cases/{number}"
    assert "问题解决了吗" not in browser.get(at)
    clock.advance(days=7)
    work()
    assert "点这里告诉我们" in browser.get("/my")
    after = browser.done(at, f"{at}/solved", {"answer": "partly"})
    assert "您回答的是“解决了一部分”" in after
    assert "点这里告诉我们" not in browser.get("/my")
    assert "以后不再问您" in browser.done("/my", "/my/questions", {"wanted": "false"})
    assert "办结以后可以问我一次" in browser.get("/my")
