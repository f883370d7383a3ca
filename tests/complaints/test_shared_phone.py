"""The consumer's phone reaches the station only by the consumer's own act, only its owner there, with a note of each look."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.complaints.phone_model import PhoneView, SharedPhone
from backend.infrastructure.audit import AuditEntry
from backend.infrastructure.database import session, unit_of_work
from backend.kernel.clock import FixedClock
from tests.calling import Caller
from tests.pages.town import Shop, Town
from tests.personal_data.cells import left
from tests.scene import IDENTITY, Callers, both, request_body, take_offer

Notices = Callable[..., list[tuple[str, str]]]
PHONE = "13900001234"


@pytest.fixture
def path(consumer: Caller, member: Caller, shop: Shop) -> str:
    """A request that the member has taken."""
    path = f"/settlements/{consumer.post('/settlements', request_body(shop), 201)['case_no']}"
    member.post(f"{path}/take")
    return path


def test_it_is_seen_by_the_consumers_act_and_noted_each_time(
    app: Flask, consumer: Caller, member: Caller, path: str, clock: FixedClock, notices: Notices
) -> None:
    assert member.post(f"{path}/phone/view", None, 404)["code"] == "phone_not_shared"
    nothing = {"shared": False, "phone": None, "known": None, "open": True, "looks": [], "text": ""}
    assert consumer.get(f"{path}/phone") | {"text": ""} == nothing
    shared = consumer.post(f"{path}/phone", {"phone": PHONE})
    assert (shared["shared"], shared["phone"]) == (True, "139****1234")
    assert PHONE not in str(member.get(path))
    assert member.get(path)["phone_shared"]
    assert notices(member)[-2:] == both("settlement_phone_shared")
    for _ in range(2):
        clock.advance(minutes=1)
        assert member.post(f"{path}/phone/view")["phone"] == PHONE
    looks = consumer.get(f"{path}/phone")["looks"]
    assert len(looks) == 2
    assert looks[0]["at"] < looks[1]["at"]
    with app.app_context(), unit_of_work(read_only=True):
        assert set(session().scalars(sa.select(PhoneView.member_id))) == {member.account_id}
        acts = session().scalars(sa.select(AuditEntry.action).where(AuditEntry.action.startswith("phone."))).all()
    assert sorted(acts) == ["phone.share", "phone.view", "phone.view"]


def test_taken_back_it_is_gone(app: Flask, consumer: Caller, member: Caller, path: str, notices: Notices) -> None:
    consumer.post(f"{path}/phone", {"phone": PHONE})
    assert left(app, [PHONE]) == [PHONE], "the control"
    member.post(f"{path}/phone/view")
    for _ in range(2):
        taken = consumer.post(f"{path}/phone/take-back")
        assert (taken["shared"], len(taken["looks"])) == (False, 1), "that somebody looked stays"
    assert member.post(f"{path}/phone/view", None, 404)["code"] == "phone_not_shared"
    assert left(app, [PHONE]) == []
    assert ("settlement_phone_shared", "inbox") not in notices(member)
    consumer.post(f"{path}/phone", {"phone": "13900005678"})
    assert member.post(f"{path}/phone/view")["phone"] == "13900005678"


@pytest.mark.parametrize("end", ["withdraw", "performed", "lapsed", "escalated"])
def test_with_the_request_it_ends(
    app: Flask, consumer: Caller, member: Caller, path: str, end: str, clock: FixedClock, work: Callable[[], None]
) -> None:
    consumer.post(f"{path}/phone", {"phone": PHONE})
    if end == "withdraw":
        consumer.post(f"{path}/withdraw")
    elif end == "performed":
        member.post(f"{path}/offer", {"kind": "repair", "text": "送来店里免费修。"})
        take_offer(consumer, path.removeprefix("/settlements/"))
        consumer.post(f"{path}/confirm-performed")
    elif end == "lapsed":
        member.post(f"{path}/offer", {"kind": "repair", "text": "送来店里免费修。"})
        clock.advance(days=16)
        work()
    else:
        member.post(f"{path}/refuse", {"text": "小票丢了，没有办法退货。"})
        consumer.post(f"{path}/escalate", {"identity": IDENTITY}, 201)
    with app.app_context(), unit_of_work(read_only=True):
        assert session().scalars(sa.select(SharedPhone)).all() == []
    member.post(f"{path}/phone/view", None, 404)
    assert consumer.refused(f"{path}/phone", {"phone": PHONE}) == "case_closed"


def test_only_who_has_taken_the_request_looks(
    consumer: Caller, member: Caller, callers: Callers, town: Town, shop: Shop, path: str
) -> None:
    consumer.post(f"{path}/phone", {"phone": PHONE})
    colleague, officer = callers.member(shop, "zhan-li"), callers.staff()
    other = callers.member(town.shop("鹿城书店", station="南塘联络站"), "zhan-zhao")
    assert colleague.refused(f"{path}/phone/view") == "not_owner"
    officer.post(f"{path}/phone/view", status=403)
    for outsider in (other, callers.person("lu-ren")):
        assert outsider.api("POST", f"{path}/phone/view", outsider.token).status_code in {403, 404}
    for who in (member, colleague):
        who.post(f"{path}/phone", {"phone": PHONE}, 403)
        who.get(f"{path}/phone", 403)
    assert consumer.get(f"{path}/phone")["looks"] == []


def test_the_number_given_before_is_one_tap(consumer: Caller, member: Caller, shop: Shop) -> None:
    number = consumer.post("/settlements", request_body(shop, identity=IDENTITY), 201)["case_no"]
    path = f"/settlements/{number}"
    member.post(f"{path}/take")
    consumer.post(f"{path}/phone", {})
    assert member.post(f"{path}/phone/view")["phone"] == IDENTITY["phone"]


@pytest.mark.parametrize(("phone", "code"), [(None, "phone_missing"), ("110", "phone_invalid")])
def test_what_is_no_number_is_refused(consumer: Caller, path: str, phone: str | None, code: str) -> None:
    assert consumer.refused(f"{path}/phone", {"phone": phone}, 422) == code


def test_on_pages(town: Town, shop: Shop) -> None:
    consumer, member = town.person("gu-ke"), town.member(shop)
    number = town.request(shop, consumer)
    case, mine = f"/station/{number}", f"/my/cases/{number}/phone"
    assert "联络站现在看不到您的电话" in consumer.get(mine)
    assert "139****1234" in consumer.done(mine, mine, {"form_scope": "other", "phone": PHONE})
    assert "可以收回" in consumer.get(f"/my/cases/{number}")
    assert "在办的人能看到号码" in member.get(case)
    assert PHONE not in member.done(case, f"{case}/take")
    answer = member.post(case, f"{case}/phone")
    assert PHONE in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert "看过" in consumer.get(mine)
    assert "已收回" in consumer.done(mine, f"{mine}/take-back")
    assert "消费者没有让联络站看电话" in member.refused(case, f"{case}/phone", status=404)
