"""/api/wechat/push: what WeChat sends is taken once; what anybody else sends is refused."""

from collections.abc import Mapping
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from backend.infrastructure.database import session, unit_of_work
from backend.infrastructure.wechat.push import signature
from backend.infrastructure.wechat_push import WeChatPush
from backend.kernel.clock import FixedClock
from backend.worker import Worker
from wechat_double.credentials import MINI_APP_ID, PUSH_TOKEN, WEB_APP_ID
from wechat_double.pushing import sealed_push

ADDRESS = "/api/wechat/push"
EVENT = {"MsgType": "event", "Event": "wxa_media_check", "trace_id": "t-1", "result": {"suggest": "pass"}}


@pytest.fixture
def taken(app: Flask) -> list[Mapping[str, Any]]:
    """What a feature that waits for picture checks is given."""
    seen: list[Mapping[str, Any]] = []
    app.extensions["fangxin_push_takers"] = {"wxa_media_check": seen.append}
    return seen


def _send(client: FlaskClient, clock: FixedClock, event: dict[str, Any] = EVENT, **changed: Any) -> int:
    options = {"app_id": MINI_APP_ID, "at": clock.now().timestamp(), "nonce": "n-1", **changed}
    query, body = sealed_push(options["app_id"], event, at=options["at"], nonce=options["nonce"])
    return client.post(f"{ADDRESS}?{query}", data=body).status_code


def _noted(app: Flask) -> int:
    with app.app_context(), unit_of_work(read_only=True):
        return session().scalar(sa.select(sa.func.count()).select_from(WeChatPush)) or 0


def test_an_event_is_taken_once_however_often_it_comes(
    client: FlaskClient, clock: FixedClock, taken: list[Mapping[str, Any]]
) -> None:
    assert _send(client, clock) == 200
    assert _send(client, clock) == 200, "a replay is acknowledged"
    assert _send(client, clock, nonce="n-2") == 200, "and so is WeChat's own retry, encrypted anew"
    assert taken == [EVENT]
    assert _send(client, clock, {**EVENT, "trace_id": "t-2"}) == 200
    assert len(taken) == 2, "the control: another event is another one"


def test_what_fails_is_taken_again(app: Flask, client: FlaskClient, clock: FixedClock) -> None:
    def fail(_event: Mapping[str, Any]) -> None:
        raise RuntimeError("the feature fails")

    app.extensions["fangxin_push_takers"] = {"wxa_media_check": fail}
    assert _send(client, clock) == 500
    assert _noted(app) == 0
    seen: list[Mapping[str, Any]] = []
    app.extensions["fangxin_push_takers"] = {"wxa_media_check": seen.append}
    assert _send(client, clock) == 200
    assert seen == [EVENT]


@pytest.mark.parametrize(
    "changed",
    [{"app_id": WEB_APP_ID}, {"at": 1.0}, {"at": 4_000_000_000.0}],
    ids=["another app", "old", "from the future"],
)
def test_what_is_not_for_us_or_not_of_now_is_refused(
    app: Flask, client: FlaskClient, clock: FixedClock, taken: list[Mapping[str, Any]], changed: dict[str, Any]
) -> None:
    assert _send(client, clock, **changed) == 403
    assert (taken, _noted(app)) == ([], 0)
    assert _send(client, clock) == 200, "the control"


def test_a_changed_push_is_refused(client: FlaskClient, clock: FixedClock, taken: list[Mapping[str, Any]]) -> None:
    query, body = sealed_push(MINI_APP_ID, EVENT, at=clock.now().timestamp())
    for changed_query, changed_body in (
        (query.replace("nonce=1", "nonce=2"), body),
        (query, body.replace(b'"Encrypt": "', b'"Encrypt": "A')),
        ("", body),
        (query, b"<xml><a>1</a></xml>"),
        (query, b"{}"),
        (query, b""),
    ):
        assert client.post(f"{ADDRESS}?{changed_query}", data=changed_body).status_code == 403
    assert taken == []
    assert client.post(f"{ADDRESS}?{query}", data=body).status_code == 200, "the control"


def test_a_push_is_bounded(client: FlaskClient, clock: FixedClock) -> None:
    query, _ = sealed_push(MINI_APP_ID, EVENT, at=clock.now().timestamp())
    assert client.post(f"{ADDRESS}?{query}", data=b"x" * 70_000).status_code == 413


def test_wechat_verifies_the_address(client: FlaskClient) -> None:
    signed = signature(PUSH_TOKEN, "1714036504", "1514711492")
    query = f"timestamp=1714036504&nonce=1514711492&echostr=4375120948345356249&signature={signed}"
    answer = client.get(f"{ADDRESS}?{query}")
    assert (answer.status_code, answer.text) == (200, "4375120948345356249")
    assert client.get(f"{ADDRESS}?{query}0").status_code == 403


def test_the_published_vector_of_the_signature() -> None:
    assert signature("AAAAA", "1714036504", "1514711492") == "f464b24fc39322e44b38aa78f5edd27bd1441696"


def test_what_can_come_no_more_is_forgotten(
    app: Flask, client: FlaskClient, clock: FixedClock, taken: list[Mapping[str, Any]]
) -> None:
    _send(client, clock)
    assert _noted(app) == 1
    clock.advance(days=1)
    Worker(app).run(once=True)
    assert _noted(app) == 0
    assert len(taken) == 1
