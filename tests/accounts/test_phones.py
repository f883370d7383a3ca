"""The number for text messages: nobody's but the one who can read what arrives there."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.accounts import queries
from backend.accounts.model import NoticePhone, PhoneCode
from backend.accounts.service import purge_codes
from backend.infrastructure.database import session, unit_of_work
from backend.kernel.clock import FixedClock
from backend.worker import Worker
from tests.calling import Api, Caller
from wechat_double.server import Double

PHONE, PATH = "13857712345", "/me/notice-phone"
ASK = {"phone": PHONE, "version": "2026-11"}
Person = Callable[[str], Caller]


@pytest.fixture
def person(api: Api, double: Double) -> Person:
    def come(name: str) -> Caller:
        answer = api("POST", "/sessions", json={"code": double.code(name)}).get_json()
        return Caller(api, answer["token"])

    return come


@pytest.fixture
def chen(person: Person) -> Caller:
    return person("chen")


def _arrived(app: Flask, double: Double, phone: str = PHONE) -> list[str]:
    """The codes that came to a number."""
    Worker(app).run(once=True)
    return [text["text"][4:10] for text in double.state.texts.values() if text["to"] == phone]


def _kept(app: Flask) -> list[Any]:
    with app.app_context(), unit_of_work(read_only=True):
        return [row.phone for row in session().scalars(sa.select(NoticePhone))]


def test_a_number_is_kept_when_its_code_is_answered(app: Flask, chen: Caller, double: Double) -> None:
    assert chen.get(PATH)["phone"] is None
    assert chen.post(PATH, {**ASK, "phone": " +86 138 5771 2345 "})["waiting"] is True
    (code,) = _arrived(app, double)
    assert _kept(app) == [], "the control: not before the answer"
    assert chen.post(f"{PATH}/confirm", {"code": code})["phone"] == "138****2345"
    assert _kept(app) == [PHONE]
    assert chen.refused(f"{PATH}/confirm", {"code": code}) == "code_not_waiting"
    consents = {one["purpose"]: one["given_at"] for one in chen.get("/me")["consents"]}
    assert consents["text_messages"] is not None


def test_a_guesser_has_five_tries(app: Flask, chen: Caller, double: Double) -> None:
    chen.post(PATH, ASK)
    (code,) = _arrived(app, double)
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    for _ in range(5):
        assert chen.refused(f"{PATH}/confirm", {"code": wrong}, 422) == "code_wrong"
    assert chen.refused(f"{PATH}/confirm", {"code": code}) == "code_not_waiting"
    assert _kept(app) == []


def test_a_code_is_good_for_ten_minutes_and_a_new_one_replaces_it(
    app: Flask, chen: Caller, double: Double, clock: FixedClock
) -> None:
    chen.post(PATH, ASK)
    chen.post(PATH, ASK)
    assert len(_arrived(app, double)) == 1, "only the newer one is sent"
    (code,) = _arrived(app, double)
    clock.advance(minutes=10)
    assert chen.refused(f"{PATH}/confirm", {"code": code}) == "code_not_waiting"


def test_nobody_can_have_a_stranger_flooded(app: Flask, person: Person, double: Double, clock: FixedClock) -> None:
    for number in range(5):
        person(f"nao-{number}").post(PATH, ASK)
    assert person("nao-5").refused(PATH, ASK) == "too_many_codes"
    clock.advance(days=1)
    with app.app_context(), unit_of_work():
        assert purge_codes() == 5
        assert session().scalar(sa.select(sa.func.count()).select_from(PhoneCode)) == 0
    person("nao-5").post(PATH, ASK)


def test_a_number_that_cannot_be_texted_is_refused(chen: Caller) -> None:
    for phone in ("0577-88961234", "12345", "400-800-1234"):
        assert chen.refused(PATH, {**ASK, "phone": phone}, 422) == "phone_invalid"
    assert chen.refused(PATH, {**ASK, "version": "2020-01"}) == "consent_text_changed"


def test_wechat_may_vouch_for_the_number(app: Flask, chen: Caller, double: Double) -> None:
    code = double.phone_code(PHONE)
    body = {"code": code, "version": "2026-11"}
    assert chen.post(f"{PATH}/wechat", body)["phone"] == "138****2345"
    assert chen.refused(f"{PATH}/wechat", body, 422) == "wechat_code_invalid"
    double.fail("wxa/business/getuserphonenumber", errcode=-1)
    assert chen.refused(f"{PATH}/wechat", body, 503) == "wechat_unavailable"
    assert _kept(app) == [PHONE]


@pytest.mark.parametrize("way", ["stop", "consent"])
def test_who_stops_is_forgotten_at_once(app: Flask, chen: Caller, double: Double, way: str) -> None:
    chen.post(f"{PATH}/wechat", {"code": double.phone_code(PHONE), "version": "2026-11"})
    chen.post(PATH, ASK)
    if way == "stop":
        assert chen.api("DELETE", PATH, chen.token).status_code == 204
    else:
        answer = chen.api("PUT", "/me/consents/text_messages", chen.token, json={"given": False, "version": "2026-11"})
        assert answer.status_code == 200
    assert _kept(app) == []
    with app.app_context(), unit_of_work(read_only=True):
        assert session().scalar(sa.select(sa.func.count()).select_from(PhoneCode)) == 0
        assert queries.phone_of("019ab0f4-7d4e-7cc0-8a55-6f1d0c1b2a3e") is None
    assert _arrived(app, double) == []


def test_where_no_text_messages_are_sent_it_says_so(app: Flask, chen: Caller) -> None:
    app.extensions["fangxin"].sms = None
    assert chen.get(PATH)["available"] is False
    assert chen.refused(PATH, ASK) == "sms_not_available"
