"""Consumer and station talk without knowing each other: who writes, what is hidden, what is new, and who is told of it."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.complaints import conversation
from backend.complaints.conversation_model import Message
from backend.complaints.model import Settlement
from backend.infrastructure.database import new_id, session, unit_of_work
from backend.kernel.clock import FixedClock
from tests.calling import Caller
from tests.pages.town import Shop, Town
from tests.scene import IDENTITY, Callers, both, request_body

Notices = Callable[..., list[tuple[str, str]]]
READY = {"title": "请带小票来店", "text": "请带小票来店里，我们当场处理。"}


@pytest.fixture
def path(consumer: Caller, shop: Shop) -> str:
    return f"/settlements/{consumer.post('/settlements', request_body(shop), 201)['case_no']}"


def _say(caller: Caller, path: str, text: str, status: int = 201) -> dict[str, object]:
    said: dict[str, object] = caller.post(f"{path}/messages", {"text": text}, status)
    return said


def _once() -> dict[str, str]:
    """What a form that makes something carries."""
    return {"idempotency_key": new_id()}


def _texts(caller: Caller, path: str) -> list[tuple[str, str, bool]]:
    return [(one["side"], one["text"], one["mine"]) for one in caller.get(f"{path}/messages")["messages"]]


def test_both_sides_read_what_was_said_in_its_order(consumer: Caller, member: Caller, path: str) -> None:
    _say(consumer, path, "发票在的，什么时候可以来？")
    _say(member, path, "今天下午三点以后都可以。\n到二楼服务台。")
    _say(consumer, path, "好，那我四点到。")
    assert _texts(consumer, path) == [
        ("consumer", "发票在的，什么时候可以来？", True),
        ("station", "今天下午三点以后都可以。\n到二楼服务台。", False),
        ("consumer", "好，那我四点到。", True),
    ]
    assert [mine for _, _, mine in _texts(member, path)] == [False, True, False]
    assert member.get(path)["owned_by_me"], "who of the station writes first owns the request"


@pytest.mark.parametrize(
    ("said", "hidden"),
    [
        ("我的电话 13857712345，打给我", "13857712345"),
        ("电话：１３８ ５７７１ ２３４５", "５７７１"),
        ("身份证 330302199003071234 可以吗", "330302199003071234"),
        ("车停在门口，浙C12345", "浙C12345"),
        ("加微信 wenzhou_chen88 说", "wenzhou_chen88"),
    ],
)
def test_what_tells_who_somebody_is_is_hidden_before_it_is_kept(
    app: Flask, consumer: Caller, member: Caller, path: str, said: str, hidden: str
) -> None:
    _say(consumer, path, said)
    _say(member, path, said)
    with app.app_context(), unit_of_work(read_only=True):
        kept = session().scalars(sa.select(Message.text)).all()
    for text in [
        *kept,
        *(text for _, text, _ in _texts(member, path)),
        *(text for _, text, _ in _texts(consumer, path)),
    ]:
        assert hidden not in text
        assert "［已隐去］" in text


def test_an_order_number_and_an_amount_stay(consumer: Caller, member: Caller, path: str) -> None:
    _say(consumer, path, "订单 20261120-8841，付了 128.50 元。")
    assert _texts(member, path)[0][1] == "订单 20261120-8841，付了 128.50 元。"


def test_one_notice_until_it_is_read(
    consumer: Caller, member: Caller, callers: Callers, shop: Shop, path: str, notices: Notices
) -> None:
    colleague = callers.member(shop, "zhan-li")
    for number in range(3):
        _say(consumer, path, f"第 {number} 条。")
    assert notices(member) == both("settlement_submitted", "settlement_message")
    assert notices(colleague) == both("settlement_message"), "nobody owns it: each hears once"
    assert member.get(path)["unread_messages"] == 3
    assert member.get("/settlements/inbox")["requests"][0]["unread_messages"] == 3
    assert consumer.get(path)["unread_messages"] == 0, "one's own are not new"
    assert member.post(f"{path}/messages/read")["unread"] == 0
    assert ("settlement_message", "inbox") not in notices(member), "what was read waits no more"
    assert colleague.get(path)["unread_messages"] == 3, "each member reads for themselves"
    _say(member, path, "收到。")
    _say(consumer, path, "还有一件事。")
    assert [one for one in notices(member) if one == ("settlement_message", "inbox")] == [
        ("settlement_message", "inbox")
    ]
    assert notices(consumer) == both("settlement_message")
    assert [one["is_new"] for one in member.get(f"{path}/messages")["messages"]] == [False] * 4 + [True]
    assert len([one for one in notices(colleague) if one[0] == "settlement_message"]) == 2, (
        "the owner alone hears of it now"
    )


def test_nobody_else_reads_or_writes(consumer: Caller, member: Caller, callers: Callers, town: Town, path: str) -> None:
    _say(consumer, path, "有人吗？")
    stranger, other = callers.person("lu-ren"), callers.member(town.shop("鹿城书店", station="南塘联络站"), "zhan-zhao")
    for outsider in (stranger, other):
        outsider.get(f"{path}/messages", 404)
        outsider.post(f"{path}/messages", {"text": "我来看看。"}, 404)
    officer = callers.staff()
    officer.get(f"{path}/messages", 403)
    officer.post(f"{path}/messages", {"text": "我来看看。"}, 403)
    callers.nobody().get(f"{path}/messages", 401)
    assert len(_texts(member, path)) == 1


def test_a_colleague_who_does_not_own_it_reads_and_does_not_write(
    consumer: Caller, member: Caller, callers: Callers, shop: Shop, path: str
) -> None:
    member.post(f"{path}/take")
    colleague = callers.member(shop, "zhan-li")
    assert colleague.refused(f"{path}/messages", {"text": "我来回答。"}) == "owned_by_colleague"
    _say(member, path, "我来回答。")
    assert len(_texts(colleague, path)) == 1


def test_a_closed_request_is_read_and_not_written(consumer: Caller, member: Caller, path: str) -> None:
    _say(consumer, path, "算了。")
    consumer.post(f"{path}/withdraw")
    assert consumer.refused(f"{path}/messages", {"text": "还在吗？"}) == "case_closed"
    assert member.refused(f"{path}/messages", {"text": "还在吗？"}) == "case_closed"
    talk = consumer.get(f"{path}/messages")
    assert (talk["may_write"], len(talk["messages"])) == (False, 1)


def test_the_bureau_reads_it_once_the_case_is_there(
    app: Flask, consumer: Caller, member: Caller, callers: Callers, path: str, clock: FixedClock
) -> None:
    _say(consumer, path, "什么时候退？")
    clock.advance(minutes=5)
    _say(member, path, "不退。")
    member.post(f"{path}/refuse", {"text": "已经拆封，不能退。"})
    lodged = consumer.post(f"{path}/escalate", {"identity": IDENTITY}, 201)["case_no"]
    read = callers.staff().get(f"/complaints/{lodged}/messages")["messages"]
    assert [(one["side"], one["text"]) for one in read] == [("consumer", "什么时候退？"), ("station", "不退。")]
    with app.app_context(), unit_of_work(read_only=True):
        settlement_id = session().scalars(sa.select(Settlement.id)).one()
        lines = conversation.transcript(settlement_id)
        assert [(line.side.zh, line.text) for line in lines] == [("消费者", "什么时候退？"), ("联络站", "不退。")]
        assert lines[0].at < lines[1].at
        assert conversation.transcript("019ab0f4-7d4e-7cc0-8a55-6f1d0c1b2a3e") == []


def test_a_flood_ends(consumer: Caller, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.complaints.rules.MOST_MESSAGES", 2)
    for _ in range(2):
        _say(consumer, path, "还在吗？")
    assert consumer.refused(f"{path}/messages", {"text": "还在吗？"}) == "too_many_messages"


@pytest.mark.parametrize("text", ["", " \n ", "x" * 1001, "a\0b"])
def test_what_is_no_message_is_refused(consumer: Caller, path: str, text: str) -> None:
    _say(consumer, path, text, 422)


def test_a_station_keeps_ready_answers(
    member: Caller, consumer: Caller, callers: Callers, town: Town, shop: Shop
) -> None:
    kept = member.post("/ready-answers", READY, 201)
    colleague = callers.member(shop, "zhan-li")
    assert [one["text"] for one in colleague.get("/ready-answers")["ready_answers"]] == [READY["text"]]
    other = callers.member(town.shop("鹿城书店", station="南塘联络站"), "zhan-zhao")
    assert other.get("/ready-answers") == {"ready_answers": []}
    other.post(f"/ready-answers/{kept['id']}/remove", status=404)
    other.post("/ready-answers", {**READY, "station_id": shop.station_id}, 422)
    consumer.get("/ready-answers", 403)
    assert colleague.post(f"/ready-answers/{kept['id']}/remove") == {"ready_answers": []}
    member.post(f"/ready-answers/{kept['id']}/remove", status=404)


def test_on_pages(town: Town, shop: Shop) -> None:
    """A phone on each side: the consumer writes, the station sees that something is new, chooses a ready answer and sends it."""
    consumer, member = town.person("gu-ke"), town.member(shop)
    number = town.request(shop, consumer)
    mine, theirs = f"/my/cases/{number}/messages", f"/station/{number}/messages"
    assert "还没有消息" in consumer.get(mine)
    assert "［已隐去］" in consumer.done(
        mine, mine, {**_once(), "form_scope": "say", "text": "请打 13857712345 给我。"}
    )
    assert "1 条新消息" in member.get("/station")
    assert "1 条新消息" in member.get(f"/station/{number}")
    assert "看过了（1 条新消息）" in member.get(theirs)
    assert "看过了" not in member.done(theirs, f"{theirs}/read")
    answers = "/station/ready-answers"
    assert "请带小票来店" in member.done(answers, answers, {**_once(), "form_scope": "keep", **READY})
    link = member.get(theirs).split(f"{theirs}?answer=")[1].split("#")[0]
    chosen = member.get(f"{theirs}?answer={link}")
    assert f">{READY['text']}</textarea>" in chosen
    assert READY["text"] in member.done(theirs, theirs, {**_once(), "form_scope": "say", "text": READY["text"]})
    assert "1 条新消息" in consumer.get(f"/my/cases/{number}")
    assert "最多 1000 个字" in consumer.refused(mine, mine, {**_once(), "form_scope": "say", "text": "x" * 1001})
    town.person("lu-ren").get(mine, 404)
