"""The notices' API through the door."""

from flask import Flask
from flask.testing import FlaskClient

from backend.access.actor import Actor
from backend.infrastructure import leasing
from backend.infrastructure.database import new_id, unit_of_work
from backend.infrastructure.leasing import WorkState
from backend.notifications import service
from backend.notifications.model import Notice


def _client(app: Flask, actor: Actor) -> FlaskClient:
    """A client whose every request comes from this actor."""
    app.extensions["fangxin"].identify = lambda token: actor
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = "Bearer " + "t" * 40
    return client


def _queue(app: Flask, recipient: Actor) -> None:
    assert recipient.account_id
    with app.app_context(), unit_of_work():
        service.queue(
            recipient.account_id, "rating_published", {"unit_name": "五马面馆"}, event_key="rating:1", link="/ratings/1"
        )


def test_the_inbox_is_read_and_marked(app: Flask, consumer: Actor) -> None:
    _queue(app, consumer)
    client = _client(app, consumer)
    page = client.get("/api/v1/notices").get_json()
    assert (page["unread"], page["next"]) == (1, None)
    (item,) = page["items"]
    assert item["text"] == "您对“五马面馆”的评价已发布。感谢您的反馈，您可以随时撤回。"
    answer = client.post("/api/v1/notices/read", json={"ids": [item["id"]]})
    assert answer.get_json() == {"marked": 1, "unread": 0}
    assert client.get("/api/v1/notices").get_json()["items"][0]["read"] is True


def test_nobody_reads_another_s_inbox(app: Flask, consumer: Actor, stranger: Actor) -> None:
    _queue(app, consumer)
    client = _client(app, stranger)
    assert client.get("/api/v1/notices").get_json()["items"] == []
    assert client.post("/api/v1/notices/read", json={}).get_json()["marked"] == 0


def test_refusals_name_the_fault(app: Flask, consumer: Actor) -> None:
    client = _client(app, consumer)
    assert client.get("/api/v1/notices?limit=0").status_code == 422
    assert client.get("/api/v1/notices?before=x").status_code == 422
    assert client.post("/api/v1/notices/read", json={"ids": ["x"]}).status_code == 422
    assert client.post("/api/v1/notices/read", json={"ids": [new_id()] * 101}).status_code == 422
    assert app.test_client().get("/api/v1/notices").status_code == 401


def test_dead_deliveries_are_the_operator_s(app: Flask, consumer: Actor, operator: Actor) -> None:
    _queue(app, consumer)
    with app.app_context():
        (row,) = leasing.claim(Notice, 1)
        leasing.finish(row, WorkState.DEAD, "wechat_47003")
    assert _client(app, consumer).get("/api/v1/deliveries/dead").status_code == 403
    client = _client(app, operator)
    (item,) = client.get("/api/v1/deliveries/dead").get_json()["items"]
    assert (item["kind"], item["name"], item["reason"], item["tries"]) == (
        "notice",
        "rating_published",
        "wechat_47003",
        1,
    )
    assert client.post(f"/api/v1/deliveries/dead/notice/{item['id']}/revive").status_code == 204
    assert client.post(f"/api/v1/deliveries/dead/notice/{item['id']}/revive").status_code == 404
    assert client.post(f"/api/v1/deliveries/dead/other/{item['id']}/revive").status_code == 404
