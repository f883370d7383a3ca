"""How long anything is kept: every class has somebody who forgets it, a moment before its end all is there, a day after nothing."""

from datetime import timedelta

import pytest
from flask import Flask

from backend.background import RETENTION
from backend.infrastructure import idempotency
from backend.infrastructure.database import unit_of_work
from backend.infrastructure.sealing import Sealed
from backend.kernel.clock import FixedClock
from backend.kernel.wording import GONE
from backend.personal_data import service
from backend.personal_data.rules import CLASSES
from tests.pages.town import Shop
from tests.personal_data.cells import left
from tests.scene import IDENTITY, Callers, request_body

#: Sealed values, by table: the class that forgets them, or why none does.
FORGOTTEN = {
    "complainant": "complaint_identity",
    "reopening": "reopening",
    "complaint_group": "group",
    "group_proposal": "group",
    "issued_paper": "dispute",
    "identity_request": "dispute",
    "emergency": "emergency",
    "shared_phone": "when the consumer takes it back or the request ends",
    "report": "report",
    "report_message": "report",
    "report_paper": "report",
    "retaliation": "retaliation",
    "retaliation_note": "retaliation",
    "feedback": "feedback",
    "enrolment": "enrolment",
    "phone_code": "phone_code",
    "stored_reply": "stored_reply",
    "wechat_identity": "when the account is closed",
    "phone_identity": "when the account is closed, or the number is somebody else's",
    "notice_phone": "when the consent is taken back or the account is closed",
    "staff_credential": "of staff, kept with the office's files",
    "listed_member": "from the register, for as long as the station stands in it",
    "place_report": "authenticity forgets it after ninety days, or two years with a case",
    "fake_report": "kept with the office's files",
}


def test_every_class_that_ends_at_night_has_somebody_who_forgets_it() -> None:
    assert set(RETENTION) == {code for code, kind in CLASSES.items() if kind.nightly}


def test_every_sealed_value_has_an_end() -> None:
    """A new table with sealed values: say here which class forgets it, and write the class."""
    assert {model.__tablename__ for model, _ in Sealed.registry} - {"record"} <= set(FORGOTTEN)


def _count(app: Flask, *, really: bool) -> dict[str, int]:
    with app.app_context():
        if really:
            with unit_of_work():
                idempotency.purge()
        return {code: count for code, count in service.retain(RETENTION, really=really).items() if count}


def test_a_settled_dispute_is_forgotten_class_by_class(
    app: Flask, callers: Callers, shop: Shop, clock: FixedClock
) -> None:
    consumer = callers.person("gu-ke")
    body = request_body(shop, facts="在鹊桥路口买的电饭煲不通电。", identity=IDENTITY, file_for_me=True)
    number = consumer.post("/settlements", body, 201)["case_no"]
    consumer.post(f"/settlements/{number}/messages", {"text": "就是鹊桥路口那家店。"}, 201)
    consumer.post(f"/settlements/{number}/withdraw")
    closed_at = clock.now()
    for code, value in (("unused_identity", IDENTITY["name"]), ("dispute", "鹊桥路口")):
        clock.set(closed_at + CLASSES[code].period)
        assert code not in _count(app, really=True)
        assert left(app, [value]) == [value], "the control: it is there until its last moment"
        clock.advance(days=1)
        assert _count(app, really=False)[code] == 1
        assert left(app, [value]) == [value], "a dry run deletes nothing"
        assert _count(app, really=True)[code] == 1
        assert left(app, [value]) == []
        assert _count(app, really=True) == {}, "once is enough"


def test_a_report_and_its_reporter_are_forgotten(app: Flask, callers: Callers, shop: Shop, clock: FixedClock) -> None:
    planted = ["用过期的面粉做包子", "13822223333", "闻人清越"]
    body = {
        "token": shop.token,
        "suspicion": "food",
        "facts": "这家店用过期的面粉做包子，我亲眼看见。",
        "name": "闻人清越",
        "phone": "13822223333",
    }
    filed = callers.nobody().post("/tip-offs", body, 201)
    officer = callers.staff()
    officer.post(
        f"/tip-offs/{filed['case_no']}/transfer", {"body": "鹿城区卫生健康局", "text": "属于卫生健康部门职责。"}
    )
    clock.advance(days=CLASSES["report"].days)
    _count(app, really=True)
    assert left(app, planted) == planted, "the control"
    clock.advance(days=1)
    assert _count(app, really=True)["report"] == 1
    assert left(app, planted) == []


@pytest.mark.parametrize("code", list(CLASSES))
def test_a_class_reads_well(code: str) -> None:
    kind = CLASSES[code]
    assert kind.days > 0
    assert kind.what
    assert kind.source
    assert kind.period == timedelta(days=kind.days)


def test_what_a_group_wrote_is_forgotten_with_its_last_dispute(
    app: Flask, callers: Callers, shop: Shop, clock: FixedClock
) -> None:
    planted = ["在鹊桥路口办的储值卡", "推选一号，他住在墨池坊"]
    people = [callers.person(name) for name in ("chen-yi", "lin-er")]
    numbers = [one.post("/settlements", request_body(shop), 201)["case_no"] for one in people]
    opened = people[0].post(f"/settlements/{numbers[0]}/group", {"about": f"都是{planted[0]}，余额不认。"}, 201)
    people[1].post(f"/settlements/{numbers[1]}/group/join", {"code": opened["code"]}, 201)
    laid = {"matter": "election", "text": planted[1], "candidates": [1]}
    people[1].post(f"/settlements/{numbers[1]}/group/proposals", laid, 201)
    exported = people[1].post("/me/data/export")["共同投诉"]
    assert exported[0]["您提请的事项"][0]["内容"] == planted[1]
    people[0].post(f"/settlements/{numbers[0]}/withdraw")
    clock.advance(days=30)
    people = [callers.person(name) for name in ("chen-yi", "lin-er")]
    people[1].post(f"/settlements/{numbers[1]}/withdraw")
    closed_at = clock.now()
    clock.set(closed_at + CLASSES["group"].period)
    assert "group" not in _count(app, really=True)
    assert left(app, planted) == planted, "the control: the second dispute ended a month later"
    clock.advance(days=1)
    assert _count(app, really=True)["group"] == 1
    assert left(app, planted) == []


def test_why_a_complaint_was_passed_on_is_forgotten_with_it(
    app: Flask, callers: Callers, shop: Shop, clock: FixedClock
) -> None:
    consumer, reason = callers.person("gu-ke"), "该店已搬到瑞安，投诉人闻人清越也这样说。"
    number = consumer.post("/settlements", request_body(shop, identity=IDENTITY), 201)["case_no"]
    callers.member(shop).post(f"/settlements/{number}/refuse", {"text": "商品已拆封使用，不能退货。"})
    complaint = "/complaints/" + consumer.post(f"/settlements/{number}/escalate", {}, 201)["case_no"]
    place = dict.fromkeys(("target", "place", "domicile"), "330381")
    callers.staff().post(f"{complaint}/pass-on", {**place, "trade": "premises", "reason": reason})
    consumer.post(f"{complaint}/withdraw")
    closed_at = clock.now()
    clock.set(closed_at + CLASSES["dispute"].period)
    _count(app, really=True)
    assert left(app, [reason]) == [reason], "the control"
    clock.advance(days=1)
    assert _count(app, really=True)["dispute"] == 1
    assert left(app, [reason]) == []
    (move,) = callers.person("gu-ke").get(complaint)["moves"][1:]
    assert (move["reason"], move["title"]) == (GONE, "鹿城区市场监督管理局转给瑞安市市场监督管理局")
