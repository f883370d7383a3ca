"""Who is paid back for a complaint or a report reaches officers who are not involved, and is protected at once."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from backend.access.actor import Role
from backend.kernel.clock import FixedClock
from backend.retaliation import service
from tests.calling import Caller
from tests.console.office import YUEQING
from tests.pages.town import Shop
from tests.scene import IDENTITY, Callers, both, request_body

Notices = Callable[..., list[tuple[str, str]]]
WHAT = "店主在小区里贴了我的名字，还说再投诉就不客气。"
PHONE = "13712346789"
PURPOSE = {"purpose": "电话核对购买时间"}


@pytest.fixture
def handling(callers: Callers) -> Caller:
    """The officer who handles the complaint."""
    return callers.staff()


@pytest.fixture
def complaint(consumer: Caller, member: Caller, handling: Caller, shop: Shop) -> dict[str, str]:
    """A complaint in an officer's hands, of which the station has the phone. returns both numbers and the access code"""
    sent = consumer.post("/settlements", request_body(shop, identity=IDENTITY), 201)
    number = sent["case_no"]
    consumer.post(f"/settlements/{number}/phone", {"phone": IDENTITY["phone"]})
    member.post(f"/settlements/{number}/refuse", {"text": "商品已拆封使用，不能退货。"})
    escalated = consumer.post(f"/settlements/{number}/escalate", {}, 201)["case_no"]
    handling.post(f"/complaints/{escalated}/accept")
    return {"settlement": number, "complaint": escalated, "code": sent["access_code"]}


def told(caller: Caller, **changed: Any) -> dict[str, str]:
    """What somebody tells. returns number and code"""
    body = {"acts": ["threatened", "exposed"], "what": WHAT, "phone": PHONE, **changed}
    answer = caller.post("/retaliations", body, 201)
    return {"case_no": answer["case_no"], "code": answer["access_code"]}


def swept(app: Flask) -> int:
    with app.app_context():
        return service.sweep()


def test_from_telling_to_the_removal_of_the_badge(
    consumer: Caller,
    handling: Caller,
    callers: Callers,
    complaint: dict[str, str],
    shop: Shop,
    notices: Notices,
    clock: FixedClock,
) -> None:
    free, other = callers.staff(), callers.staff(county=YUEQING)
    before = notices(handling)
    held = told(consumer, case_no=complaint["complaint"])
    path = f"/retaliations/{held['case_no']}"
    assert notices(free) == both("retaliation_told")
    assert (notices(handling), notices(other)) == (before, []), "who handles the complaint learns nothing"
    assert handling.refused(f"{path}/take", None, 404) == other.refused(f"{path}/take", None, 404) == "record_not_found"
    assert handling.get("/retaliations")["retaliations"] == []
    assert free.refused(f"{path}/protect", {"step": "lock_identity"}) == "not_yours"
    assert free.post(f"{path}/take")["state"] == "in_hand"

    reveal = f"/complaints/{complaint['complaint']}/identity"
    assert handling.post(reveal, PURPOSE)["name"] == IDENTITY["name"], "the control"
    free.post(f"{path}/protect", {"step": "lock_identity"})
    assert handling.refused(reveal, PURPOSE) == free.refused(reveal, PURPOSE) == "identity_locked"
    assert free.refused(f"{path}/finding", {"founded": True, "text": "事实清楚。"}) == "not_possible_now"
    free.post(f"{path}/contact", {"text": "电话联系到本人，约定明天面谈。"})
    free.post(f"{path}/words", {"text": "请把录像保存好。"})
    free.post(f"{path}/police", {"body": "鹿城区公安分局五马派出所", "text": "涉嫌威胁人身安全。"})
    callers.nobody().post("/retaliations/answers", {**held, "text": "录像已经存好。"})
    measure = {"measure": "removal", "statement": "经查实，该单位有打击报复投诉人的行为。"}
    assert free.refused(f"{path}/measure", measure) == "no_measure_now"
    free.post(f"{path}/finding", {"founded": True, "text": "录像和双方陈述一致，查实。"})
    done = free.post(f"{path}/measure", measure)
    (removal,) = free.get("/removals")["removals"]
    assert (done["measure_no"], removal["ground"]) == (removal["case_no"], "G10")
    assert free.refused(f"{path}/measure", measure) == "no_measure_now", "once"

    seen = callers.nobody().post("/retaliations/progress", held)
    assert (seen["state"], seen["police_body"]) == ("founded", "鹿城区公安分局五马派出所")
    assert [one["step"] for one in seen["protections"]] == ["lock_identity"]
    assert [one["text"] for one in seen["notes"]] == ["请把录像保存好。", "录像已经存好。"], (
        "not what is among officers"
    )


def test_the_station_is_kept_away_from_who_is_threatened(
    consumer: Caller, member: Caller, callers: Callers, shop: Shop
) -> None:
    number = consumer.post("/settlements", request_body(shop), 201)["case_no"]
    path, messages = f"/settlements/{number}", f"/settlements/{number}/messages"
    member.post(f"{path}/take")
    consumer.post(f"{path}/phone", {"phone": IDENTITY["phone"]})
    assert member.post(f"{path}/phone/view")["phone"] == IDENTITY["phone"], "the control"
    officer, case = callers.staff(), told(consumer, case_no=number)["case_no"]
    officer.post(f"/retaliations/{case}/take")
    assert officer.refused(f"/retaliations/{case}/protect", {"step": "lock_identity"}) == "nothing_to_protect"
    for step in ("take_back_phone", "through_officer"):
        officer.post(f"/retaliations/{case}/protect", {"step": step})
    assert member.refused(f"{path}/phone/view", None, 404) == "phone_not_shared"
    assert member.refused(messages, {"text": "你再说一句试试。"}) == "through_officer"
    officer.post(f"/retaliations/{case}/protect", {"step": "end_through_officer"})
    member.post(messages, {"text": "我们重新商量。"}, 201)


def test_what_is_late_goes_upward(
    app: Flask, consumer: Caller, callers: Callers, shop: Shop, notices: Notices, clock: FixedClock
) -> None:
    number = consumer.post("/settlements", request_body(shop), 201)["case_no"]
    county, city, joint = (callers.staff(role) for role in (Role.COUNTY_OFFICER, Role.CITY_OFFICER, Role.JOINT_OFFICE))
    case = told(consumer, case_no=number)["case_no"]
    clock.advance(minutes=60)
    assert swept(app) == 0, "the sixtieth minute is still in time"
    clock.advance(seconds=1)
    assert (swept(app), swept(app)) == (1, 0)
    assert notices(city) == notices(joint) == both("retaliation_late")
    assert notices(county) == both("retaliation_told")
    callers.back(joint)
    assert joint.post(f"/retaliations/{case}/take")["state"] == "in_hand"
    for late in ({"hours": 24}, {"days": 7}):
        clock.advance(**late)
        swept(app)
    assert notices(city) == both("retaliation_late", "retaliation_late")


def test_a_reporter_is_shielded_and_nobody_tells_for_another(
    consumer: Caller, callers: Callers, shop: Shop, complaint: dict[str, str]
) -> None:
    nobody, stranger, officer = callers.nobody(), callers.person("lu-ren"), callers.staff()
    report = {"suspicion": "food", "facts": "后厨用过期的调味料，冰箱里有三袋。", "token": shop.token, "phone": PHONE}
    filed = nobody.post("/tip-offs", report, 201)
    own = {"case_no": filed["case_no"], "code": filed["access_code"]}
    said = {"acts": ["dismissed"], "what": WHAT}
    for wrong in ({"code": "7K3Q-X9C2-M4"}, {"case_no": complaint["settlement"]}, {"code": None}):
        assert nobody.refused("/retaliations", {**said, **own, **wrong}, 404)
    settlement = {"case_no": complaint["settlement"]}
    assert stranger.refused("/retaliations", {**said, **settlement}, 404) == "record_not_found"
    assert nobody.refused("/retaliations", {**own, "what": WHAT, "acts": []}, 422) == "invalid_input"
    keys = [nobody.post("/retaliations", {**said, **own}, 201, key="once-and-again") for _ in range(2)]
    assert keys[0] == keys[1], "pressed twice, one case"
    path = f"/retaliations/{keys[0]['case_no']}"
    officer.post(f"{path}/take")
    assert officer.post(f"/tip-offs/{own['case_no']}/reporter", PURPOSE)["phone"] == PHONE, "the control"
    officer.post(f"{path}/protect", {"step": "lock_identity"})
    assert officer.refused(f"/tip-offs/{own['case_no']}/reporter", PURPOSE) == "identity_locked"
    assert officer.refused(f"{path}/protect", {"step": "through_officer"}) == "nothing_to_protect"
    officer.post(f"/tip-offs/{own['case_no']}/verify")
    said = {"text": "电话联系到本人。"}
    assert officer.refused(f"{path}/contact", said, 404) == "record_not_found", "who is involved now is out"
    second = callers.staff()
    assert second.refused(f"{path}/contact", said) == "not_yours"
    second.post(f"{path}/take")
    assert second.post(f"{path}/contact", said)["state"] == "contacted"
