"""The consumer says that it is not solved, and has it handled again: once, in time, by somebody else."""

from collections.abc import Callable

import pytest

from backend.kernel.clock import FixedClock
from tests.calling import Caller
from tests.follow_up.test_calling_back import refused_by_bureau
from tests.pages.town import Shop
from tests.scene import Callers, request_body, take_offer

Work = Callable[[], None]
WHAT = {"what": "办结书说已经退款，我没有收到。"}


@pytest.fixture
def asked(callers: Callers, shop: Shop, clock: FixedClock, work: Work) -> tuple[str, Caller, Caller]:
    """A complaint closed eight days ago. returns the request's number, the consumer, the officer who handled it"""
    officer = callers.staff()
    number, _ = refused_by_bureau(callers.person("gu-ke"), callers.member(shop), officer, shop)
    clock.advance(days=8)
    work()
    callers.back(officer)
    return number, callers.person("gu-ke"), officer


def test_it_is_opened_once_and_only_after_the_answer(
    asked: tuple[str, Caller, Caller], callers: Callers, shop: Shop, clock: FixedClock
) -> None:
    number, consumer, _ = asked
    path = f"/questionnaires/{number}/reopen"
    assert consumer.refused(path, WHAT) == "not_answered_so"
    consumer.post(f"/questionnaires/{number}", {"answer": "partly"})
    assert consumer.refused(path, WHAT) == "not_answered_so"
    consumer.post(f"/questionnaires/{number}", {"answer": "not_solved"})
    assert callers.person("lu-ren").refused(path, WHAT, 404) == "record_not_found"
    again = consumer.post(path, WHAT, 201)
    assert (again["state"], again["because"], again["what"]) == ("opened", "consumer", WHAT["what"])
    assert consumer.refused(path, WHAT) == "reopened_already"
    consumer.post(f"/reopenings/{again['case_no']}/withdraw")
    assert consumer.refused(path, WHAT) == "reopened_already", "once"


def test_after_thirty_days_it_is_too_late(
    asked: tuple[str, Caller, Caller], callers: Callers, clock: FixedClock
) -> None:
    number, consumer, _ = asked
    consumer.post(f"/questionnaires/{number}", {"answer": "not_solved"})
    clock.advance(days=30)
    assert callers.person("gu-ke").refused(f"/questionnaires/{number}/reopen", WHAT) == "question_over"


def test_somebody_else_takes_it_and_only_who_took_it_ends_it(
    asked: tuple[str, Caller, Caller], callers: Callers
) -> None:
    number, consumer, handled_it = asked
    consumer.post(f"/questionnaires/{number}", {"answer": "not_solved"})
    again = consumer.post(f"/questionnaires/{number}/reopen", WHAT, 201)["case_no"]
    assert handled_it.refused(f"/reopenings/{again}/take", None, 403) == "handled_it_yourself"
    other, third = callers.staff(), callers.staff()
    told = {"solved": False, "text": "双方各执一词，调解不成，可以向法院起诉。"}
    assert other.refused(f"/reopenings/{again}/close", told) == "not_possible_now"
    other.post(f"/reopenings/{again}/take")
    assert third.refused(f"/reopenings/{again}/close", told, 403) == "not_yours"
    assert other.post(f"/reopenings/{again}/close", told)["state"] == "unsolved"
    (shown,) = consumer.get("/reopenings")["reopenings"]
    assert (shown["state_zh"], shown["outcome"]) == ("没有解决，已说明其他途径", told["text"])
    assert consumer.get("/notices")["items"][0]["title"] == "重新办理已办结"


def test_what_is_opened_again_counts_as_settled_no_more(
    consumer: Caller, member: Caller, callers: Callers, shop: Shop, clock: FixedClock, work: Work
) -> None:
    numbers = [consumer.post("/settlements", request_body(shop), 201)["case_no"] for _ in range(2)]
    for number in numbers:
        member.post(f"/settlements/{number}/offer", {"kind": "refund", "amount_fen": 12850, "text": "来店里当场退款。"})
        take_offer(consumer, number)
    consumer.post(f"/settlements/{numbers[0]}/confirm-performed")
    clock.advance(days=3)
    consumer = callers.person("gu-ke")
    consumer.post(f"/settlements/{numbers[1]}/confirm-performed")
    clock.advance(minutes=1)
    work()
    counted = {"received": 2, "settled": 2, "median_days": 1.5}
    assert _outcomes(consumer, shop).items() >= counted.items()
    clock.advance(days=7)
    work()
    consumer = callers.person("gu-ke")
    consumer.post(f"/questionnaires/{numbers[1]}", {"answer": "not_solved"})
    if not consumer.get("/reopenings")["reopenings"]:  # a dispute that was drawn is opened by the answer itself
        consumer.post(f"/questionnaires/{numbers[1]}/reopen", WHAT, 201)
    clock.advance(minutes=1)
    work()
    assert _outcomes(consumer, shop).items() >= {"received": 2, "settled": 1, "median_days": 0.0}.items()


def _outcomes(caller: Caller, shop: Shop) -> dict[str, object]:
    shown: dict[str, object] = caller.get(f"/badges/{shop.token}")["outcomes"]
    return shown
