"""Taking up an invitation, and the way to the sign-in."""

from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from backend.access.actor import Role
from backend.accounts import service as accounts
from backend.accounts.service import IssuedInvitation
from backend.infrastructure.problems import answer as answer_to
from backend.kernel.clock import FixedClock
from backend.kernel.errors import NotSignedIn
from tests.pages.town import Shop, Town


@pytest.fixture
def shop(town: Town) -> Shop:
    return town.shop("瓯越电器")


@pytest.fixture
def invitation(town: Town, shop: Shop) -> IssuedInvitation:
    issued: IssuedInvitation = town.act(
        accounts.invite, town.staff(Role.CITY_OFFICER), Role.STATION_MEMBER, station_id=shop.station_id
    )
    return issued


def test_without_a_code_the_page_asks_for_one(client: FlaskClient) -> None:
    page = client.get("/join")
    assert page.status_code == 200
    assert "邀请码" in page.text


def test_the_address_in_the_code_leads_to_what_it_gives(client: FlaskClient, invitation: IssuedInvitation) -> None:
    answer = client.get(urlsplit(invitation.join_url).path)
    assert answer.status_code == 303
    page = client.get(answer.headers["Location"]).text
    for words in ("维权联络站人员", "五马街维权联络站", "鹿城区"):
        assert words in page
    assert "登录，再接受" in page


def test_the_way_to_the_sign_in_comes_back_with_the_code(client: FlaskClient, invitation: IssuedInvitation) -> None:
    page = client.get(f"/join?code={invitation.code}").text
    link = page.split('btn-primary" href="')[1].split('"')[0]
    assert parse_qs(urlsplit(link).query)["next"] == [f"/join?code={invitation.code}"]


def test_accepting_gives_the_role_and_leads_to_the_work(town: Town, invitation: IssuedInvitation) -> None:
    browser = town.person("zhan-wang")
    shown = f"/join?code={invitation.code.lower()}"
    assert "接受邀请" in browser.get(shown)
    browser.get("/station", status=403)
    page = browser.done(shown, "/join", {"code": invitation.code})
    assert "您已成为五马街维权联络站的维权联络站人员" in page
    assert "您已经接受了这个邀请" in browser.get(shown)


def test_a_volunteer_is_led_to_the_visits(town: Town) -> None:
    issued = town.act(accounts.invite, town.staff(Role.COUNCIL), Role.VOLUNTEER)
    browser = town.person("zhiyuan-zhao")
    page = browser.done(f"/join?code={issued.code}", "/join", {"code": issued.code})
    assert "您已成为消费体验志愿者" in page
    assert "我的体验任务" in page


def test_a_used_code_says_so(town: Town, invitation: IssuedInvitation) -> None:
    town.act(accounts.accept_invitation, town.person("zhan-li").actor(), invitation.code)
    page = town.person("zhan-wang").get(f"/join?code={invitation.code}")
    assert "已经用过了" in page
    assert "换一个邀请码" in page


def test_losing_the_race_for_a_code_says_so(town: Town, invitation: IssuedInvitation) -> None:
    browser = town.person("zhan-wang")
    sent = {"csrf_token": browser.csrf(f"/join?code={invitation.code}"), "code": invitation.code}
    town.act(accounts.accept_invitation, town.person("zhan-li").actor(), invitation.code)
    answer = browser.client.post("/join", data=sent)
    assert answer.status_code == 409
    assert "这个邀请码已经用过了，请向邀请您的单位要一个新的。" in answer.text


def test_an_expired_code_says_so(town: Town, clock: FixedClock, invitation: IssuedInvitation) -> None:
    clock.advance(days=8)
    assert "已过期" in town.person("zhan-wang").get(f"/join?code={invitation.code}")


@pytest.mark.parametrize(
    ("code", "status", "words"),
    [("不是码", 422, "邀请码应为 16 位字母和数字"), ("K7Q3-9XPM-2D4T-HH0V", 404, "没有这个邀请码")],
)
def test_a_wrong_code_comes_back_in_its_field(client: FlaskClient, code: str, status: int, words: str) -> None:
    answer = client.get("/join", query_string={"code": code})
    assert answer.status_code == status
    assert f'value="{code}"' in answer.text
    assert words in answer.text


def test_nobody_accepts_without_signing_in(town: Town, invitation: IssuedInvitation) -> None:
    browser = town.person("zhan-wang")
    sent = {"csrf_token": browser.csrf(f"/join?code={invitation.code}"), "code": invitation.code}
    with browser.client.session_transaction() as cookie:
        cookie.pop("token")
    answer = browser.client.post("/join", data=sent)
    assert answer.status_code == 401
    assert "去登录" in answer.text


def test_a_form_from_elsewhere_is_refused(town: Town, invitation: IssuedInvitation) -> None:
    browser = town.person("zhan-wang")
    assert browser.client.post("/join", data={"code": invitation.code}).status_code == 400
    assert Role.STATION_MEMBER not in browser.actor().roles


@pytest.mark.parametrize(
    ("path", "sign_in"),
    [
        ("/station", "/sign-in?next=/station"),
        ("/station/closed?page=2", "/sign-in?next=/station/closed%3Fpage%3D2"),
        ("/volunteer", "/sign-in?next=/volunteer"),
    ],
)
def test_a_page_that_needs_a_person_leads_to_the_sign_in(client: FlaskClient, path: str, sign_in: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (303, sign_in)


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/console/complaints", "/console/sign-in?next=/console/complaints"),
        ("/consoles", "/sign-in?next=/consoles"),
        ("/sign-in", None),
        ("/sign-in/wechat?code=x", None),
        ("/console/sign-in", None),
    ],
)
def test_the_sign_in_never_leads_to_itself(app: Flask, path: str, leads_to: str | None) -> None:
    with app.test_request_context(path):
        answer = answer_to(NotSignedIn("sign_in_needed", "请先登录再操作。"))
    assert (answer.status_code, answer.headers.get("Location")) == ((303, leads_to) if leads_to else (401, None))


def test_control_the_api_and_posts_are_refused_without_leading_anywhere(client: FlaskClient) -> None:
    assert client.get("/api/v1/me").status_code == 401
    assert client.post("/station/x/offer").status_code in {400, 401}
