"""Sign-in by WeChat: first and later, one code once, web and mini-program, what WeChat refuses."""

from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import sqlalchemy as sa
from flask import Flask

from backend.accounts import queries, service
from backend.accounts.model import Account, WeChatIdentity
from backend.infrastructure import current
from backend.infrastructure.database import session, unit_of_work
from backend.kernel.errors import NotPermitted, NotSignedIn
from tests.accounts.conftest import Api, MakePerson
from wechat_double.credentials import MINI_APP_ID, WEB_APP_ID
from wechat_double.server import Double


def test_a_new_person_gets_an_account_and_keeps_it(api: Api, double: Double) -> None:
    first = api("POST", "/sessions", json={"code": double.code("guke-chen")})
    assert first.status_code == 201
    me = first.get_json()["me"]
    assert me["alias"].startswith("消费者·")
    assert len(me["alias"]) == 8
    assert [role["name"] for role in me["roles"]] == ["消费者"]
    again = api("POST", "/sessions", json={"code": double.code("guke-chen")})
    assert again.get_json()["me"]["alias"] == me["alias"]
    assert again.get_json()["token"] != first.get_json()["token"]
    read = api("GET", "/me", first.get_json()["token"])
    assert read.get_json() == me
    assert double.state.openid(MINI_APP_ID, "guke-chen") not in first.text + read.text


def test_a_code_works_once(api: Api, double: Double) -> None:
    code = double.code("guke-chen")
    assert api("POST", "/sessions", json={"code": code}).status_code == 201
    replayed = api("POST", "/sessions", json={"code": code})
    assert replayed.status_code == 401
    assert replayed.get_json()["code"] == "wechat_code_invalid"
    assert "重新登录" in replayed.get_json()["detail"]


def test_a_user_whom_wechat_blocks_stays_out(api: Api, double: Double) -> None:
    blocked = api("POST", "/sessions", json={"code": double.code("fengxian-zhou")})
    assert (blocked.status_code, blocked.get_json()["code"]) == (403, "wechat_user_blocked")


@pytest.mark.parametrize("fault", [{"errcode": -1}, {"errcode": 45011}, {"html": True}, {"status": 502}])
def test_a_fault_of_wechat_is_said_plainly(api: Api, double: Double, fault: dict[str, object]) -> None:
    double.fail("sns/jscode2session", times=5, **fault)
    answer = api("POST", "/sessions", json={"code": double.code("guke-chen")})
    assert (answer.status_code, answer.get_json()["code"]) == (503, "wechat_unavailable")


@pytest.mark.parametrize(
    "body", [{}, {"code": ""}, {"code": 5}, {"code": "x" * 129}, {"code": "a\0b"}, {"code": "a", "b": 1}]
)
def test_malformed_bodies_never_reach_wechat(api: Api, double: Double, body: dict[str, object]) -> None:
    assert api("POST", "/sessions", json=body).status_code == 422
    assert double.state.requests["sns/jscode2session"] == 0


def test_web_and_mini_program_are_one_person_by_unionid(app: Flask, double: Double) -> None:
    with app.app_context():
        mini = service.sign_in_by_wechat(double.code("guke-chen"))
        web = service.web_sign_in(double.code("guke-chen", WEB_APP_ID), "s", "s")
        other = service.web_sign_in(double.code("guke-lin", WEB_APP_ID), "s", "s")
        assert mini.actor.account_id == web.actor.account_id != other.actor.account_id
        with unit_of_work(read_only=True):
            assert session().scalar(sa.select(sa.func.count()).select_from(WeChatIdentity)) == 3
            assert queries.openid_of(str(mini.actor.account_id)) == double.state.openid(MINI_APP_ID, "guke-chen")
            assert queries.openid_of(str(other.actor.account_id)) is None


def test_an_openid_of_another_app_is_another_identity(
    app: Flask, double: Double, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two apps may by chance name two people alike; without a unionid nothing joins them."""
    monkeypatch.setattr(double.state, "openid", lambda app_id, person: "o" + "x" * 27)
    monkeypatch.setattr(double.state, "unionid", lambda person: None)
    with app.app_context():
        mini = service.sign_in_by_wechat(double.code("guke-chen"))
        web = service.web_sign_in(double.code("guke-lin", WEB_APP_ID), "s", "s")
    assert mini.actor.account_id != web.actor.account_id


def test_the_web_flow_needs_the_state_of_this_browser(app: Flask, double: Double) -> None:
    with app.app_context():
        begun = service.begin_web_sign_in("http://localhost/sign-in/wechat/back")
        back = requests.get(f"{begun.address.partition('#')[0]}&person=guke-chen", allow_redirects=False, timeout=5)
        answer = parse_qs(urlsplit(back.headers["Location"]).query)
        code, state = answer["code"][0], answer["state"][0]
        assert state == begun.state
        for expected in (None, "", service.begin_web_sign_in("http://localhost/").state):
            with pytest.raises(NotSignedIn) as refused:
                service.web_sign_in(code, state, expected)
            assert refused.value.code == "sign_in_state_wrong"
        assert double.state.requests["sns/oauth2/access_token"] == 0
        assert service.web_sign_in(code, state, begun.state).actor.signed_in


def test_coming_in_twice_at_once_makes_one_account(app: Flask, double: Double) -> None:
    codes = [double.code("guke-chen") for _ in range(8)]

    def sign_in(code: str) -> str | None:
        with app.app_context():
            return service.sign_in_by_wechat(code).actor.account_id

    with ThreadPoolExecutor(8) as pool:
        accounts = set(pool.map(sign_in, codes))
    assert len(accounts) == 1


def test_a_disabled_account_is_dead_at_once(app: Flask, api: Api, double: Double, person: MakePerson) -> None:
    token = person("guke-chen")
    assert api("GET", "/me", token).status_code == 200
    with app.app_context(), unit_of_work():
        session().execute(sa.update(Account).values(disabled_at=current.now()))
    assert api("GET", "/me", token).status_code == 401
    with app.app_context(), pytest.raises(NotPermitted):
        service.sign_in_by_wechat(double.code("guke-chen"))
