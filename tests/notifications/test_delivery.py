"""Delivery against the WeChat double: each kind of error ends as the table says, and nothing is sent in a transaction."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.access.actor import Actor
from backend.infrastructure import leasing
from backend.infrastructure.database import db, session, unit_of_work
from backend.infrastructure.leasing import WorkState
from backend.kernel.clock import FixedClock
from backend.notifications import service
from backend.notifications.delivery import Reach, deliver_due
from backend.notifications.model import Channel, Notice
from wechat_double.credentials import MINI_APP_ID
from wechat_double.server import Double

SEND = "cgi-bin/message/subscribe/send"


def _openid(double: Double) -> str:
    return double.state.openid(MINI_APP_ID, "chen")


def _reach(openid_of: Callable[[str], str | None]) -> Reach:
    """Nobody has a phone, and every case stands as it did."""
    return Reach(openid_of, lambda _: None, lambda *_: None)


def _queue(recipient: Actor, event: str = "settlement:1:offered") -> None:
    assert recipient.account_id
    with unit_of_work():
        service.queue(
            recipient.account_id,
            "settlement_refused",
            {
                "case_no": "HJ-1",
                "unit_name": "温州市鹿城区五马街道老字号海鲜大排档有限责任公司",
                "due": "2026年12月1日",
            },
            event_key=event,
            link="/settlements/HJ-1",
            channels=[Channel.WECHAT],
        )


def _outcomes() -> list[tuple[WorkState, str | None]]:
    with unit_of_work(read_only=True):
        return [(row.state, row.reason) for row in session().scalars(sa.select(Notice).order_by(Notice.id))]


def test_a_message_is_sent_once_with_fitting_fields(app: Flask, double: Double, consumer: Actor) -> None:
    double.grant(_openid(double), "tmpl-case", 5)
    with app.app_context():
        _queue(consumer)
        assert (
            deliver_due(_reach(lambda account_id: _openid(double) if account_id == consumer.account_id else None)) == 1
        )
        assert deliver_due(_reach(lambda _: _openid(double))) == 0
        assert _outcomes() == [(WorkState.DONE, None)]
    (message,) = double.state.messages
    assert message["touser"] == _openid(double)
    assert message["page"] == "pages/notice/index?link=%2Fsettlements%2FHJ-1"
    assert {name: entry["value"] for name, entry in message["data"].items()} == {
        "character_string1": "HJ-1",
        "thing2": "温州市鹿城区五马街道老字号海鲜大排档有…",
        "thing3": "商家未同意，可转投诉",
        "time4": "2026年11月23日 10:00",
    }


def test_no_transaction_is_open_while_wechat_is_asked(app: Flask, double: Double, consumer: Actor) -> None:
    double.grant(_openid(double), "tmpl-case")
    open_during: list[bool] = []

    def openid_of(account_id: str) -> str:
        open_during.append(db.session().in_transaction())
        return _openid(double)

    with app.app_context():
        _queue(consumer)
        deliver_due(_reach(openid_of))
    assert open_during == [False]


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ({"errcode": 43101}, (WorkState.DROPPED, "wechat_43101")),
        ({"errcode": 40003}, (WorkState.DROPPED, "wechat_40003")),
        ({"errcode": 47003}, (WorkState.DEAD, "wechat_47003")),
        ({"errcode": 99999}, (WorkState.DEAD, "wechat_99999")),
        ({"errcode": -1}, (WorkState.READY, "wechat_-1")),
        ({"status": 502}, (WorkState.READY, "wechat_0")),
        ({"html": True}, (WorkState.READY, "wechat_0")),
        ({"close": True, "times": 5}, (WorkState.READY, "wechat_0")),
    ],
)
def test_an_error_ends_as_its_kind_says(
    app: Flask,
    double: Double,
    consumer: Actor,
    clock: FixedClock,
    fault: dict[str, int],
    expected: tuple[WorkState, str],
) -> None:
    double.grant(_openid(double), "tmpl-case")
    double.fail(SEND, **fault)
    with app.app_context():
        _queue(consumer)
        deliver_due(_reach(lambda _: _openid(double)))
        assert _outcomes() == [expected]
        double.state.faults.clear()
        clock.advance(seconds=10)
        sent_again = deliver_due(_reach(lambda _: _openid(double)))
        assert sent_again == (expected[0] is WorkState.READY)
    assert len(double.state.messages) == sent_again


def test_without_consent_the_message_is_quietly_dropped(app: Flask, double: Double, consumer: Actor) -> None:
    with app.app_context():
        _queue(consumer)
        deliver_due(_reach(lambda _: _openid(double)))
        assert _outcomes() == [(WorkState.DROPPED, "wechat_43101")]


def test_without_openid_or_template_nobody_is_asked(app: Flask, double: Double, consumer: Actor) -> None:
    with app.app_context():
        _queue(consumer)
        deliver_due(_reach(lambda _: None))
        assert _outcomes() == [(WorkState.DROPPED, "recipient_without_openid")]
        app.extensions["fangxin"].settings.wechat.templates.pop("case")
        _queue(consumer, "settlement:2:offered")
        deliver_due(_reach(lambda _: _openid(double)))
        assert _outcomes()[1] == (WorkState.DROPPED, "template_not_configured")
    assert double.state.requests[SEND] == 0


def test_a_fault_of_ours_is_retried_and_stops_no_other_notice(app: Flask, double: Double, consumer: Actor) -> None:
    double.grant(_openid(double), "tmpl-case")
    asked: list[str] = []

    def openid_of(account_id: str) -> str:
        asked.append(account_id)
        if len(asked) == 1:
            raise LookupError("boom")
        return _openid(double)

    with app.app_context():
        _queue(consumer, "settlement:1:offered")
        _queue(consumer, "settlement:2:offered")
        assert deliver_due(_reach(openid_of)) == 2
        assert _outcomes() == [(WorkState.READY, "LookupError"), (WorkState.DONE, None)]


def test_a_notice_taken_back_after_the_claim_is_not_sent(app: Flask, double: Double, consumer: Actor) -> None:
    """The first of two sends takes the second back."""
    double.grant(_openid(double), "tmpl-case", 2)

    def openid_of(account_id: str) -> str:
        with unit_of_work():
            service.drop("settlement:2:")
        return _openid(double)

    with app.app_context():
        _queue(consumer, "settlement:1:offered")
        _queue(consumer, "settlement:2:offered")
        assert deliver_due(_reach(openid_of)) == 2
        assert _outcomes() == [(WorkState.DONE, None), (WorkState.DROPPED, "superseded")]
    assert len(double.state.messages) == 1


def test_a_notice_whose_sender_died_is_sent_by_another(
    app: Flask, double: Double, consumer: Actor, clock: FixedClock
) -> None:
    double.grant(_openid(double), "tmpl-case")
    with app.app_context():
        _queue(consumer)
        assert leasing.claim(Notice, 1)  # by a worker that is never heard of again
        assert deliver_due(_reach(lambda _: _openid(double))) == 0
        clock.advance(seconds=timedelta(seconds=60).total_seconds())
        assert deliver_due(_reach(lambda _: _openid(double))) == 1
        assert _outcomes() == [(WorkState.DONE, None)]
