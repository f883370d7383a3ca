"""Twenty at once: exactly one wins, the others get a clean refusal or the first one's reply."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from backend.casework.model import CaseEvent, Deadline, DeadlineState
from backend.complaints.model import Evidence, Settlement
from backend.infrastructure.database import db, new_id, session, unit_of_work
from backend.ratings.model import Rating, RatingSlot
from tests.calling import Api, Caller
from tests.pages.town import Shop, Town
from tests.scene import IDENTITY, Callers, picture, request_body

TOGETHER = 20
ROUNDS = 3
CHOICES = ("accept", "decline", "withdraw")


def at_once(app: Flask, deed: Callable[[Api, int], Any]) -> list[Any]:
    """Twenty threads do it together, each with a client of its own."""
    ready = threading.Barrier(TOGETHER, timeout=30)

    def run(number: int) -> Any:
        api = Api(app.test_client())
        ready.wait()
        return deed(api, number)

    with ThreadPoolExecutor(TOGETHER) as pool:
        return list(pool.map(run, range(TOGETHER)))


def outcome(answer: TestResponse) -> tuple[int, str]:
    code = answer.get_json().get("code", "") if answer.status_code >= 400 else ""
    return answer.status_code, code


def _count(app: Flask, model: Any, *conditions: Any) -> int:
    with app.app_context(), unit_of_work(read_only=True):
        return session().scalar(sa.select(sa.func.count()).select_from(model).where(*conditions)) or 0


def test_of_many_ratings_at_once_one_counts(app: Flask, callers: Callers, shop: Shop) -> None:
    for number in range(ROUNDS):
        author = callers.person(f"gu-ke-{number}")
        ticket = author.post("/scans", {"token": shop.token})["visit_ticket"]
        body = {"visit_ticket": ticket, "stars": 5}
        answers = at_once(app, lambda api, _, token=author.token, body=body: api("POST", "/ratings", token, body))
        assert Counter(map(outcome, answers)) == {(201, ""): 1, (409, "rated_already"): TOGETHER - 1}
    assert _count(app, Rating) == _count(app, RatingSlot) == ROUNDS
    assert callers.nobody().get(f"/badges/{shop.token}")["score"]["count"] == ROUNDS


def test_of_many_with_the_same_key_one_is_done_and_all_get_its_reply(app: Flask, callers: Callers, shop: Shop) -> None:
    for number in range(ROUNDS):
        consumer, key = callers.person(f"gu-ke-{number}"), new_id()
        body = request_body(shop)
        answers = at_once(
            app, lambda api, _, token=consumer.token, key=key, body=body: api("POST", "/settlements", token, body, key)
        )
        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.text for answer in answers}) == 1
        assert sum("Idempotent-Replayed" not in answer.headers for answer in answers) == 1
    assert _count(app, Settlement) == ROUNDS


def test_of_many_who_accept_a_complaint_one_is_in_charge(app: Flask, callers: Callers, shop: Shop) -> None:
    member, officers = callers.member(shop), (callers.staff(), callers.staff())
    for number in range(ROUNDS):
        path = _lodged(callers.person(f"gu-ke-{number}"), member, shop)
        answers = at_once(app, lambda api, index, path=path: api("POST", f"{path}/accept", officers[index % 2].token))
        assert Counter(map(outcome, answers)) == {(200, ""): 1, (409, "not_possible_now"): TOGETHER - 1}
        assert {answer.get_json()["state"] for answer in answers} == {"in_mediation"}
    assert _count(app, CaseEvent, CaseEvent.case_type == "complaint", CaseEvent.action == "accept") == ROUNDS
    assert _count(app, Deadline, Deadline.clock == "C2", Deadline.state == DeadlineState.RUNNING) == ROUNDS


def _lodged(consumer: Caller, member: Caller, shop: Shop) -> str:
    number = consumer.post("/settlements", request_body(shop), 201)["case_no"]
    member.post(f"/settlements/{number}/refuse", {"text": "小票丢了，没有办法退货。"})
    return f"/complaints/{consumer.post(f'/settlements/{number}/escalate', {'identity': IDENTITY}, 201)['case_no']}"


def test_a_choice_and_its_opposite_at_once_leave_one_of_them(app: Flask, callers: Callers, shop: Shop) -> None:
    member = callers.member(shop)
    offer = {"kind": "repair", "text": "送来店里免费修。"}
    for number in range(ROUNDS):
        consumer = callers.person(f"gu-ke-{number}")
        path = f"/settlements/{consumer.post('/settlements', request_body(shop), 201)['case_no']}"
        member.post(f"{path}/offer", offer)
        stamp = {"offer": consumer.get(path)["offer_stamp"]}
        seen = {"accept": stamp, "decline": stamp}
        answers = at_once(
            app,
            lambda api, index, path=path, token=consumer.token, seen=seen: api(
                "POST", f"{path}/{CHOICES[index % 3]}", token, seen.get(CHOICES[index % 3])
            ),
        )
        # Withdrawing is possible after either choice: one choice, at most one withdrawal, and nothing else.
        done = [CHOICES[index % 3] for index, answer in enumerate(answers) if answer.status_code == 200]
        assert done.count("withdraw") == 1
        assert len(done) <= 2
        assert {answer.status_code for answer in answers} <= {200, 409}
        assert consumer.get(path)["state"] == "withdrawn"


def test_limits_hold_for_many_at_once(app: Flask, callers: Callers, shop: Shop) -> None:
    for number in range(ROUNDS):
        consumer = callers.person(f"gu-ke-{number}")
        body = request_body(shop)
        answers = at_once(app, lambda api, _, token=consumer.token, body=body: api("POST", "/settlements", token, body))
        assert Counter(map(outcome, answers)) == {(201, ""): 3, (409, "too_many_open"): TOGETHER - 3}
    assert _count(app, Settlement) == 3 * ROUNDS


def test_of_many_photos_at_once_nine_stand_each_in_its_place(app: Flask, callers: Callers, shop: Shop) -> None:
    consumer = callers.person("gu-ke")
    path = f"/settlements/{consumer.post('/settlements', request_body(shop), 201)['case_no']}"

    def upload(api: Api, number: int) -> TestResponse:
        sent = {"photo": (BytesIO(picture(size=(64, 40 + number))), "IMG_1.jpg")}
        return api("POST", f"{path}/photos", consumer.token, data=sent)

    answers = at_once(app, upload)
    assert Counter(map(outcome, answers)) == {(201, ""): 9, (409, "too_many_photos"): TOGETHER - 9}
    assert sorted(answer.get_json()["position"] for answer in answers if answer.status_code == 201) == list(
        range(1, 10)
    )
    assert _count(app, Evidence) == 9


def test_of_many_who_use_an_invitation_one_gets_in(app: Flask, callers: Callers, shop: Shop) -> None:
    people = [callers.person(f"ren-{number}") for number in range(TOGETHER)]
    officer = callers.staff()
    sent = {"role": "station_member", "station_id": shop.station_id}
    code = {"code": officer.post("/invitations", sent, 201)["code"]}
    answers = at_once(app, lambda api, index: api("POST", "/invitations/accept", people[index].token, code))
    assert Counter(map(outcome, answers)) == {(200, ""): 1, (409, "invitation_used"): TOGETHER - 1}


def test_control_looking_first_and_writing_later_lets_many_through(app: Flask, town: Town, shop: Shop) -> None:
    """The mistake that the slot's unique key prevents, planted: everybody looks before anybody writes."""
    looked = threading.Barrier(TOGETHER, timeout=30)
    marks = sa.Table("mark", sa.MetaData(), sa.Column("unit_id", sa.String(40)))
    with app.app_context():
        marks.create(db.engine)

    def careless(_api: Api, _number: int) -> bool:
        with app.app_context():
            with unit_of_work(read_only=True):
                free = session().execute(sa.select(marks).where(marks.c.unit_id == shop.unit_id)).first() is None
            looked.wait()
            with unit_of_work():
                if free:
                    session().execute(marks.insert().values(unit_id=shop.unit_id))
            return free

    assert sum(at_once(app, careless)) == TOGETHER
