"""What WeChat does not bring comes by text message; nothing comes at night that can wait, and nothing that is no longer true."""

import logging
from collections.abc import Generator
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.access.actor import Actor
from backend.infrastructure.database import session, unit_of_work
from backend.kernel.clock import FixedClock
from backend.notifications import service
from backend.notifications.delivery import Reach, deliver_due
from backend.notifications.model import Channel, MessageQuota, Notice
from backend.notifications.rules import MOST_TEXTS_A_DAY
from wechat_double.credentials import MINI_APP_ID
from wechat_double.server import Double

PHONE = "13857712345"
WECHAT = "cgi-bin/message/subscribe/send"
TEXT = "sms/messages"
RETALIATION = ("retaliation_told", {"due": "明天", "case_no": "BH-1"})
URGENT = ("emergency_raised", {"unit_name": "瓯越电器", "step": "食物中毒", "case_no": "JJ-1"})


class Post:
    """A postman for one person: who has WeChat, a phone, and a case in a state, as the test wishes."""

    def __init__(self, double: Double, recipient: Actor) -> None:
        self.double, self.account_id = double, str(recipient.account_id)
        self.openid: str | None = double.state.openid(MINI_APP_ID, "chen")
        self.phone: str | None = PHONE
        self.case: str | None = "offered"

    def queue(self, event: str = "settlement:1:offered", template: str = "settlement_lapsed", **more: Any) -> None:
        params: dict[str, Any] = more.pop("params", {"case_no": "HJ-1", "unit_name": "瓯越电器"})
        with unit_of_work():
            service.queue(
                self.account_id,
                template,
                params,
                event_key=event,
                channels=[Channel.WECHAT],
                **{"link": "/my/cases/HJ-1", **more},
            )

    def deliver(self) -> list[tuple[str, str, str | None]]:
        """Everything due; what became of each notice: channel, state, reason."""
        while deliver_due(Reach(lambda _: self.openid, lambda _: self.phone, lambda *_: self.case)):
            pass
        with unit_of_work(read_only=True):
            rows = session().scalars(sa.select(Notice).order_by(Notice.id))
            return [(row.channel.value, row.state.value, row.reason) for row in rows]

    def texts(self) -> list[str]:
        return [text["text"] for text in self.double.state.texts.values()]


@pytest.fixture
def post(app: Flask, double: Double, consumer: Actor) -> Generator[Post]:
    with app.app_context():
        yield Post(double, consumer)


def test_without_a_consent_the_same_notice_comes_once_by_text_message(post: Post) -> None:
    post.queue()
    for _ in range(2):
        assert post.deliver() == [("wechat", "dropped", "wechat_43101"), ("sms", "done", None)]
    (sent,) = post.double.state.texts.values()
    assert (sent["to"], sent["sign"]) == (PHONE, "放心消费在温州")
    assert sent["text"].startswith("和解诉求已自动结束，编号 HJ-1。请点开查看：https://wxaurl.cn/")
    assert "瓯越电器" not in sent["text"], "a locked screen does not tell whose case it is"
    assert len(sent["text"]) <= 70, "one message, not two"


def test_with_a_consent_no_text_message_is_sent(post: Post) -> None:
    assert post.openid
    post.double.grant(post.openid, "tmpl-case")
    post.queue()
    assert post.deliver() == [("wechat", "done", None)]
    assert post.texts() == []


def test_who_gave_no_number_gets_none(post: Post) -> None:
    post.phone = None
    post.queue()
    assert post.deliver() == [("wechat", "dropped", "wechat_43101")]


@pytest.mark.parametrize(("template", "reaches"), [(None, []), (URGENT, ["紧急情况"]), (RETALIATION, ["有人反映"])])
def test_staff_are_texted_what_is_urgent_alone(
    post: Post, template: tuple[str, dict[str, str]] | None, reaches: list[str]
) -> None:
    post.openid = None
    more = {} if template is None else {"template": template[0], "params": template[1]}
    post.queue(link="/console/emergencies/JJ-1", **more)
    post.deliver()
    assert [text[:4] for text in post.texts()] == reaches
    assert all("http://localhost/console/emergencies/JJ-1" in text for text in post.texts())
    assert post.double.state.requests["wxa/generate_urllink"] == 0


def test_what_was_agreed_to_is_counted_and_used_up(post: Post, consumer: Actor) -> None:
    assert post.openid
    post.double.grant(post.openid, "tmpl-case", 2)
    with unit_of_work():
        service.note_consents(consumer, ["case"])
        service.note_consents(consumer, ["case"])
    for number in range(3):
        post.queue(f"settlement:{number}:offered")
        post.deliver()
    assert post.double.state.requests[WECHAT] == 2, "WeChat is not asked for what is known to be used up"
    assert post.deliver()[-2:] == [("wechat", "dropped", "no_consent_left"), ("sms", "done", None)]


def test_wechat_knows_better_what_is_left(post: Post, consumer: Actor) -> None:
    """The person took the consent back in WeChat's own settings."""
    with unit_of_work():
        service.note_consents(consumer, ["case"])
    post.queue()
    post.deliver()
    with unit_of_work(read_only=True) as opened:
        assert opened.scalar(sa.select(MessageQuota.remaining)) == 0
    assert len(post.texts()) == 1


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ({"status": 503}, ("sms", "ready", "sms_503")),
        ({"status": 401}, ("sms", "ready", "sms_401")),
        ({"close": True, "times": 5}, ("sms", "ready", "ConnectionError")),
        ({"status": 422}, ("sms", "dropped", "sms_422")),
    ],
)
def test_a_gateway_that_fails_is_asked_again_unless_the_number_is_wrong(
    post: Post, clock: FixedClock, fault: dict[str, int], outcome: tuple[str, str, str]
) -> None:
    post.double.fail(TEXT, **fault)
    post.queue()
    assert post.deliver()[-1] == outcome
    post.double.state.faults.clear()
    clock.advance(seconds=10)
    post.deliver()
    assert len(post.texts()) == (outcome[1] == "ready")


def test_where_wechat_gives_no_link_the_web_page_is_named(post: Post) -> None:
    post.double.fail("wxa/generate_urllink", errcode=85079)
    post.queue()
    post.deliver()
    assert post.texts()[0].endswith("http://localhost/my/cases/HJ-1")


def test_nobody_is_flooded(post: Post) -> None:
    for number in range(MOST_TEXTS_A_DAY + 1):
        post.queue(f"settlement:{number}:offered")
    outcomes = post.deliver()
    assert len(post.texts()) == MOST_TEXTS_A_DAY
    assert outcomes.count(("sms", "dropped", "too_many_texts_today")) == 1
    post.queue("emergency:1:raised", URGENT[0], params=URGENT[1])
    post.deliver()
    assert len(post.texts()) == MOST_TEXTS_A_DAY + 1, "what is urgent comes on top"


def test_at_night_only_what_cannot_wait_is_sent(post: Post, clock: FixedClock) -> None:
    clock.advance(hours=12)  # 22:00
    post.queue("settlement:1:lapsed")
    post.queue("emergency:1:raised", URGENT[0], params=URGENT[1])
    soon = {"case_no": "HJ-2", "unit_name": "瓯越电器", "due": clock.now().replace(hour=23)}  # 7:00 in Wenzhou
    post.queue("settlement:2:soon", "settlement_lapsing_soon", params=soon)
    post.deliver()
    assert [text[:4] for text in post.texts()] == ["紧急情况", "和解诉求"]
    clock.advance(hours=9, minutes=59)
    post.deliver()
    assert len(post.texts()) == 2
    clock.advance(minutes=1)  # 8:00
    post.deliver()
    assert len(post.texts()) == 3
    with unit_of_work(read_only=True):
        assert session().scalar(sa.select(sa.func.max(Notice.tries))) == 1, "waiting is not trying"


def test_the_quiet_hours_are_the_installations(app: Flask, post: Post, clock: FixedClock) -> None:
    runtime = app.extensions["fangxin"]
    runtime.settings = replace(runtime.settings, quiet_hours=(0, 0))
    clock.advance(hours=12)
    post.queue()
    post.deliver()
    assert len(post.texts()) == 1


@pytest.mark.parametrize(("state", "outcome"), [("offered", "done"), ("agreed", "dropped"), (None, "dropped")])
def test_a_notice_whose_case_moved_on_is_dropped_and_the_log_says_so(
    post: Post, caplog: pytest.LogCaptureFixture, state: str | None, outcome: str
) -> None:
    post.case = state
    post.queue(holds_while="offered")
    with caplog.at_level(logging.INFO, "backend.notifications"):
        found = post.deliver()
    assert found[-1][1] == outcome
    assert ("notice not sent: case_moved_on" in caplog.messages) == (outcome == "dropped")
    assert len(post.texts()) == (outcome == "done")


def test_a_reminder_that_comes_after_its_deadline_is_dropped(post: Post, clock: FixedClock) -> None:
    """Both systems were away until the deadline had passed."""
    due = clock.now().replace(hour=3)  # in an hour
    post.queue(template="settlement_lapsing_soon", params={"case_no": "HJ-1", "unit_name": "瓯越电器", "due": due})
    post.double.fail(WECHAT, errcode=-1)
    assert post.deliver()[0][1] == "ready"
    clock.advance(hours=1)
    assert post.deliver() == [("wechat", "dropped", "deadline_passed")]
