"""Signing in with a phone number and a code: for people without WeChat, and nobody else's account."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from backend.accounts import rules, service
from backend.accounts.model import Account, NoticePhone, PhoneIdentity
from backend.accounts.rules import NUMBER_RESTS
from backend.infrastructure.database import session, unit_of_work
from backend.kernel.clock import FixedClock
from backend.kernel.errors import DomainError
from backend.worker import Worker
from wechat_double.server import Double

PHONE = "13857712345"


class Visitor:
    """A browser that fills in what a page shows."""

    def __init__(self, app: Flask, double: Double) -> None:
        self.app, self.double, self.client = app, double, app.test_client()

    def send(self, at: str, path: str, **fields: str) -> TestResponse:
        """Fill in the form of a page, with what is hidden in it."""
        shown = self.client.get(at).text
        form = shown.split(f'action="{path}"')[1].split("</form>")[0]
        hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))
        return self.client.post(path, data={**hidden, **fields})

    def ask(self, phone: str = PHONE, after: str = "/my/cases") -> TestResponse:
        return self.send(f"/sign-in?next={after}", "/sign-in/phone", phone=phone)

    def code(self, phone: str = PHONE) -> str:
        """The newest code that came to a number."""
        Worker(self.app).run(once=True)
        arrived = [text["text"] for text in self.double.state.texts.values() if text["to"] == phone]
        assert "用于登录" in arrived[-1]
        return str(arrived[-1][4:10])

    def answer(self, code: str, **more: str) -> TestResponse:
        return self.send("/sign-in/code", "/sign-in/code", code=code, **more)

    def sign_in(self, phone: str = PHONE) -> str:
        """Sign in. returns the alias that the pages greet with"""
        assert self.ask(phone).status_code == 303
        assert self.answer(self.code(phone)).status_code == 303
        greeted = re.search(r"消费者·\w{4}", self.client.get("/my").text)
        assert greeted
        return greeted[0]


@pytest.fixture
def visitor(app: Flask, double: Double) -> Callable[[], Visitor]:
    return lambda: Visitor(app, double)


@pytest.fixture
def reading(app: Flask) -> Callable[..., list[Any]]:
    def rows(statement: Any, of: Callable[[Any], Any] = lambda row: row) -> list[Any]:
        with app.app_context(), unit_of_work(read_only=True):
            return [of(row) for row in session().scalars(statement)]

    return rows


def test_a_number_and_its_code_lead_to_where_one_wanted(visitor: Callable[[], Visitor]) -> None:
    browser = visitor()
    refused = browser.ask("138")
    assert refused.status_code == 422
    assert refused.text.count('name="next" value="/my/cases"') == 2, "where one wanted to go is not forgotten"
    asked = browser.ask()
    assert asked.headers["Location"] == "/sign-in/code"
    assert "138****2345" in browser.client.get("/sign-in/code").text
    entered = browser.answer(browser.code())
    assert (entered.status_code, entered.headers["Location"]) == (303, "/my/cases")
    assert browser.client.get("/my").status_code == 200
    assert visitor().client.get("/my").status_code == 303, "the control: nobody else is signed in"


def test_the_same_number_is_the_same_person(visitor: Callable[[], Visitor], reading: Callable[..., list[Any]]) -> None:
    first, again, other = visitor(), visitor(), visitor()
    alias = first.sign_in()
    again.ask("+86 138 5771 2345")
    assert again.answer(again.code()).status_code == 303
    assert alias in again.client.get("/my").text
    other.sign_in("13857700001")
    assert len(reading(sa.select(Account.id))) == 2
    assert PHONE.encode() not in reading(sa.select(PhoneIdentity.phone_sealed))[0], "sealed in the database"


def test_who_came_by_number_shows_by_number_again_who_they_are(
    visitor: Callable[[], Visitor], clock: FixedClock
) -> None:
    browser, export = visitor(), 'action="/my/data/export"'
    browser.sign_in()
    assert export in browser.client.get("/my/data").text
    clock.advance(minutes=11)
    page = browser.client.get("/my/data").text
    assert export not in page
    again = unescape(page.split('btn-primary" href="')[1].split('"')[0])
    refused = browser.send(again, "/sign-in/phone", phone="138")
    assert (refused.status_code, "再登录一次" in refused.text) == (422, True)
    assert browser.send(again, "/sign-in/phone", phone=PHONE).headers["Location"] == "/sign-in/code"
    assert browser.answer(browser.code()).headers["Location"] == "/my/data"
    assert export in browser.client.get("/my/data").text


def test_a_code_opens_nothing_in_another_browser(visitor: Callable[[], Visitor]) -> None:
    """Who is talked into reading their code aloud has given nothing away but the browser that asked."""
    mine, stranger = visitor(), visitor()
    mine.ask()
    code = mine.code()
    assert stranger.answer(code).status_code == 409, "it asked for none"
    stranger.ask("13857700001")
    refused = stranger.answer(code)
    assert refused.status_code in {409, 422}
    assert stranger.client.get("/my").status_code == 303
    assert mine.answer(code).status_code == 303, "the control"
    assert visitor().client.get("/my").status_code == 303


def test_a_guesser_has_five_tries_and_a_code_serves_once(
    visitor: Callable[[], Visitor], app: Flask, clock: FixedClock
) -> None:
    browser = visitor()
    browser.ask()
    code = browser.code()
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    for _ in range(5):
        assert "验证码不对" in browser.answer(wrong).text
    assert "已失效" in browser.answer(code).text
    browser.ask()
    code = browser.code()
    with browser.client.session_transaction() as cookie:
        held = cookie["sign_in_code"]
    clock.advance(minutes=9)
    assert browser.answer(code).status_code == 303
    with app.app_context(), pytest.raises(DomainError) as again:
        service.sign_in_by_phone(held, code)
    assert again.value.code == "code_not_waiting"
    late = visitor()
    late.ask()
    code = late.code()
    clock.advance(minutes=10)
    assert "已失效" in late.answer(code).text


def test_a_number_for_text_messages_leads_into_no_account(
    visitor: Callable[[], Visitor], app: Flask, double: Double, reading: Callable[..., list[Any]]
) -> None:
    """Whoever comes by WeChat and gave this number has another account: a number never signs in by itself."""
    with app.app_context():
        by_wechat = service.sign_in_by_wechat(double.code("chen")).actor
        service.confirm_phone_by_wechat(by_wechat, double.phone_code(PHONE), version="2026-11")
    assert visitor().sign_in() != by_wechat.alias
    assert len(reading(sa.select(Account.id))) == 2
    (mine,) = reading(sa.select(PhoneIdentity))
    assert mine.account_id != by_wechat.account_id


def test_text_messages_are_wanted_or_not(visitor: Callable[[], Visitor], reading: Callable[..., list[Any]]) -> None:
    without, wanted = visitor(), visitor()
    without.sign_in()
    assert reading(sa.select(NoticePhone.id)) == []
    wanted.ask("13857700001")
    assert wanted.answer(wanted.code("13857700001"), notices="true").status_code == 303
    assert reading(sa.select(NoticePhone), lambda kept: kept.phone) == ["13857700001"]


def test_a_number_that_rested_is_somebody_elses(visitor: Callable[[], Visitor], clock: FixedClock) -> None:
    first = visitor().sign_in()
    clock.advance(days=NUMBER_RESTS.days - 1)
    assert visitor().sign_in() == first
    clock.advance(days=NUMBER_RESTS.days)
    assert visitor().sign_in() != first


def test_who_was_here_lately_keeps_the_number(visitor: Callable[[], Visitor], clock: FixedClock) -> None:
    """A session that is in use shows that the number did not change hands."""
    browser = visitor()
    alias = browser.sign_in()
    for _ in range(NUMBER_RESTS.days // 20 + 1):
        clock.advance(days=20)
        assert browser.client.get("/my").status_code == 200
    assert visitor().sign_in() == alias


def test_codes_cost_money(visitor: Callable[[], Visitor], monkeypatch: pytest.MonkeyPatch, clock: FixedClock) -> None:
    browser = visitor()
    for _ in range(rules.MOST_CODES_A_DAY):
        assert browser.ask().status_code == 303
    assert "一天最多发 5 次验证码" in browser.ask().text
    monkeypatch.setattr("backend.accounts.service.phone_sign_in.MOST_CODES_AN_HOUR", rules.MOST_CODES_A_DAY)
    assert "请过一小时再试" in browser.ask("13857700001").text
    clock.advance(hours=1)
    assert browser.ask("13857700001").status_code == 303
    for odd in ("057788000000", "1385771234", "abc"):
        assert browser.ask(odd).status_code == 422
