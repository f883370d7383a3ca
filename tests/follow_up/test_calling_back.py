"""One in ten is called back: drawn so that nobody can choose, judged by somebody else, and what is not true is opened again."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.access.actor import Role
from backend.casework.model import Deadline
from backend.follow_up import rules, service
from backend.follow_up.model import CallBack, CallBackDraw
from backend.infrastructure.database import session, unit_of_work
from backend.kernel.clock import FixedClock
from tests.calling import Caller
from tests.pages.town import Shop, Town
from tests.scene import IDENTITY, Callers, request_body, take_offer

Work = Callable[[], None]
NOT_TRUE = {"result": "not_true", "note": "消费者说商家没有退款。"}


def refused_by_bureau(consumer: Caller, member: Caller, officer: Caller, shop: Shop) -> tuple[str, str]:
    """A complaint that was not accepted. returns the numbers of request and complaint"""
    number: str = consumer.post("/settlements", request_body(shop, identity=IDENTITY), 201)["case_no"]
    member.post(f"/settlements/{number}/refuse", {"text": "不是我们卖的。"})
    complaint: str = consumer.post(f"/settlements/{number}/escalate", None, 201)["case_no"]
    officer.post(f"/complaints/{complaint}/refuse", {"ground": "R16_3", "text": "不能证明存在消费者权益争议。"})
    return number, complaint


def settled(consumer: Caller, member: Caller, shop: Shop) -> str:
    """A dispute that the parties ended."""
    number: str = consumer.post("/settlements", request_body(shop), 201)["case_no"]
    member.post(f"/settlements/{number}/offer", {"kind": "refund", "amount_fen": 12850, "text": "带小票来店里退款。"})
    take_offer(consumer, number)
    consumer.post(f"/settlements/{number}/confirm-performed")
    return number


def test_a_tenth_is_drawn_and_anybody_can_draw_again() -> None:
    numbers = [f"HJ{number:03d}" for number in range(101)]
    chosen = rules.drawn(numbers, "seed")
    assert len(chosen) == 11
    assert rules.drawn(numbers[::-1], "seed") == chosen
    assert rules.drawn(numbers, "another") != chosen
    assert rules.drawn([], "seed") == []
    assert len(rules.drawn(numbers[:1], "seed")) == 1
    counted = [number for turn in range(200) for number in rules.drawn(numbers[:20], str(turn))]
    assert {counted.count(number) > 0 for number in numbers[:20]} == {True}, "everybody can be drawn"


def test_a_week_is_drawn_once_when_it_is_over_with_its_seed_and_list(
    app: Flask, callers: Callers, shop: Shop, clock: FixedClock
) -> None:
    consumer, member, officer = callers.person("gu-ke"), callers.member(shop), callers.staff()
    number, complaint = refused_by_bureau(consumer, member, officer, shop)
    with app.app_context():
        assert service.draw() == 0, "the control: the week is not over"
        clock.advance(days=7)
        assert service.draw() == 1
        clock.advance(days=1)
        assert service.draw() == 0
        with unit_of_work(read_only=True):
            made = session().scalars(sa.select(CallBackDraw).filter_by(frame_size=1)).one()
            drawn = session().scalars(sa.select(CallBack)).one()
            assert (drawn.case_no, drawn.complaint_no) == (number, complaint)
            assert (drawn.ended_as, drawn.way.value) == ("not_accepted", "phone")
            assert made.frame_sha256 == rules.digest([number])
            assert len(made.seed) == 32
            assert rules.drawn([number], made.seed) == [number]


def test_who_handled_it_cannot_judge_it_and_what_is_not_true_is_opened_again(
    app: Flask, callers: Callers, shop: Shop, clock: FixedClock, town: Town
) -> None:
    consumer, member, officer = callers.person("gu-ke"), callers.member(shop), callers.staff()
    number, _ = refused_by_bureau(consumer, member, officer, shop)
    clock.advance(days=7)
    with app.app_context():
        service.draw()
    callers.back(officer)
    path = f"/call-backs/{number}"
    assert officer.refused(path, NOT_TRUE, 403) == "handled_it_yourself"
    other = callers.staff()
    assert callers.staff(county="330303").refused(path, NOT_TRUE, 404) == "record_not_found"
    assert other.get("/call-backs")["figures"]["waiting"] == 1
    assert other.post(path, NOT_TRUE)["result"] == "not_true"
    assert other.refused(path, NOT_TRUE) == "called_back_already"
    found = other.get("/call-backs")["figures"]
    assert (found["not_true"], found["waiting"], found["reopened"]) == (1, 0, 1)
    (again,) = consumer_again(callers).get("/reopenings")["reopenings"]
    assert (again["settlement_no"], again["because"], again["state"]) == (number, "call_back", "opened")


def consumer_again(callers: Callers) -> Caller:
    """The consumer's next visit."""
    return callers.person("gu-ke")


def test_without_a_phone_the_inbox_asks_and_the_answer_counts(
    app: Flask, callers: Callers, shop: Shop, clock: FixedClock, work: Work
) -> None:
    number = settled(callers.person("gu-ke"), callers.member(shop), shop)
    clock.advance(days=7)
    work()
    consumer = consumer_again(callers)
    assert "请告诉我们结果是否属实" in [one["title"] for one in consumer.get("/notices")["items"]]
    consumer.post(f"/questionnaires/{number}", {"answer": "not_solved"})
    officer = callers.staff()
    (drawn,) = officer.get("/call-backs")["call_backs"]
    assert (drawn["result"], drawn["way"]) == ("not_true", "message")
    assert officer.get("/reopenings")["reopenings"][0]["settlement_no"] == number


@pytest.mark.parametrize("answer", ["solved", None])
def test_an_answer_that_it_is_solved_or_none_opens_nothing(
    app: Flask, callers: Callers, shop: Shop, clock: FixedClock, work: Work, answer: str | None
) -> None:
    number = settled(callers.person("gu-ke"), callers.member(shop), shop)
    clock.advance(days=7)
    work()
    if answer:
        consumer_again(callers).post(f"/questionnaires/{number}", {"answer": answer})
    clock.advance(days=14, minutes=1)
    with app.app_context():
        service.sweep_messages()
    officer = callers.staff()
    assert officer.get("/call-backs")["call_backs"][0]["result"] == ("true" if answer else "unreached")
    assert officer.get("/reopenings")["reopenings"] == []


def test_who_wants_no_questions_is_not_drawn(app: Flask, callers: Callers, shop: Shop, clock: FixedClock) -> None:
    consumer = callers.person("gu-ke")
    settled(consumer, callers.member(shop), shop)
    consumer.api("PUT", "/questionnaires/wish", consumer.token, json={"wanted": False})
    clock.advance(days=7)
    with app.app_context():
        assert service.draw() == 0


def test_what_was_late_before_stays_late_and_the_new_stage_has_clocks_of_its_own(
    app: Flask, callers: Callers, shop: Shop, clock: FixedClock, work: Work
) -> None:
    consumer, member = callers.person("gu-ke"), callers.member(shop)
    number = consumer.post("/settlements", request_body(shop), 201)["case_no"]
    clock.advance(days=6)
    work()
    member.post(f"/settlements/{number}/offer", {"kind": "refund", "amount_fen": 12850, "text": "带小票来店里退款。"})
    take_offer(consumer, number)
    consumer.post(f"/settlements/{number}/confirm-performed")
    before = _breaches(app)
    assert before, "the control: the station was late"
    clock.advance(days=7)
    work()
    consumer = consumer_again(callers)
    consumer.post(f"/questionnaires/{number}", {"answer": "not_solved"})
    if not consumer.get("/reopenings")["reopenings"]:
        consumer.post(f"/questionnaires/{number}/reopen", {"what": "到现在也没有退款。"}, 201)
    assert _breaches(app) == before
    (again,) = consumer.get("/reopenings")["reopenings"]
    officer = callers.staff()
    clock.advance(days=12)
    work()
    callers.back(officer)
    assert "deadline_missed" in _templates(app)
    assert _breaches(app) > before
    assert officer.post(f"/reopenings/{again['case_no']}/take")["state"] == "in_hand"
    assert (
        officer.post(
            f"/reopenings/{again['case_no']}/close", {"solved": True, "text": "已督促商家退款，消费者确认收到。"}
        )["state"]
        == "solved"
    )
    assert _breaches(app) > before, "late stays late"


def _breaches(app: Flask) -> set[tuple[str, str]]:
    with app.app_context(), unit_of_work(read_only=True):
        late = sa.select(Deadline).where(Deadline.breached_at.is_not(None))
        return {(one.case_id, one.clock) for one in session().scalars(late)}


def _templates(app: Flask) -> list[str]:
    from backend.notifications.model import Notice

    with app.app_context(), unit_of_work(read_only=True):
        return list(session().scalars(sa.select(Notice.template)))


def test_the_citys_officer_reads_every_county(callers: Callers, app: Flask, shop: Shop, clock: FixedClock) -> None:
    settled(callers.person("gu-ke"), callers.member(shop), shop)
    clock.advance(days=7)
    with app.app_context():
        service.draw()
    assert len(callers.staff(Role.CITY_OFFICER).get("/call-backs")["call_backs"]) == 1
    assert callers.staff(county="330303").get("/call-backs")["call_backs"] == []
