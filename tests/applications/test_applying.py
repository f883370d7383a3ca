"""An application over the API: what is typed is kept, two officers look, the public may object, the certificate follows."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask

from backend.access.actor import Role
from backend.applications.personal import forget_objections
from backend.applications.rules import opening, validity
from backend.certification import queries as certificates
from backend.certification import service as certification
from backend.certification.rules import Ground
from backend.infrastructure.database import unit_of_work
from backend.kernel.clock import FixedClock
from backend.supervision import service as supervision
from tests.applications.desk import CHECKED, FORM, GOOD, NO, OBJECTION, Desk
from tests.calling import Caller
from tests.pages.town import Shop, Town
from tests.scene import Callers

Notices = Callable[..., list[tuple[str, str]]]


def test_nothing_typed_is_lost_when_two_phones_write(desk: Desk) -> None:
    desk.begin()
    draft, one, other = f"{desk.path}/draft", desk.member, desk.people.person("zhan-er")
    begun = one.get(desk.path)
    assert (begun["form"]["uscc"], begun["revision"]) == (FORM["uscc"], 1), "filled in from the register"
    saved = one.put(draft, {"seen": 1, "form": {**FORM, "statement": "第一部手机写的。"}})
    assert saved["revision"] == 2
    again = one.put(draft, {"seen": 1, "form": {**FORM, "statement": "第一部手机写的。"}})
    assert again == saved, "a lost answer is no conflict"
    problem = other.put(draft, {"seen": 1, "form": {**FORM, "statement": "第二部手机写的。"}}, 409)
    assert problem["code"] == "saved_elsewhere"
    assert problem["stored"]["form"]["statement"] == "第一部手机写的。"
    assert other.refused(f"{desk.path}/submit", {"seen": 1, "is_true": True}) == "saved_elsewhere"
    chosen = other.put(draft, {"seen": problem["stored"]["revision"], "form": {**FORM, "statement": "两段合在一起。"}})
    assert chosen["revision"] == 3
    assert one.get(desk.path)["form"]["statement"] == "两段合在一起。"


def test_a_renewal_goes_the_whole_way(desk: Desk, callers: Callers, notices: Notices) -> None:
    held = desk.member.get(desk.of_unit)
    assert (held["opening"]["kind"], held["applications"]) == ("renewal", [])
    desk.begin()
    assert desk.member.refused(desk.of_unit) == "application_under_way"
    desk.submit()
    assert desk.member.put(f"{desk.path}/draft", {"seen": 2, "form": {}}, 409)["code"] == "not_writable"
    assert ("application_waits", "inbox") in notices(desk.first) or desk.first.get("/applications")["applications"]
    desk.examine()
    first = desk.first
    for step, body in (("confirm", CHECKED), ("send-back", CHECKED), ("refuse", NO)):
        assert first.refused(f"{desk.path}/{step}", body) == "guard_not_met", "four eyes"
    desk.confirm()
    assert callers.nobody().get("/public-notices") == {"notices": []}
    published = desk.publish()
    assert (published["notice_from"], published["notice_until"]) == ("2026-11-23", "2026-11-30")
    shown = callers.nobody().get("/public-notices")["notices"][0]
    assert (shown["unit_name"], shown["kind"], shown["county"]) == ("瓯越电器", "renewal", "鹿城区")
    assert "线下购物 7 天无理由退货" in shown["commitments"]
    desk.later(7)
    assert desk.office.refused(f"{desk.path}/award") == "not_possible_now", "the last day still counts"
    desk.later(1)
    awarded = desk.office.post(f"{desk.path}/award")
    assert (awarded["state"], awarded["awarded_until"]) == ("awarded", "2029-12-23")
    card = callers.nobody().get(f"/badges/{desk.shop.token}")
    assert (card["standing"], card["certificate"]["valid_until"]) == ("VALID", "2029-12-23")
    assert "线下购物 7 天无理由退货" in [one["text"] for one in card["unit"]["commitments"]]
    assert [one["action"] for one in desk.read()["events"]] == [
        "begin", "submit", "examine", "confirm", "publish", "end_notice", "award",
    ]  # fmt: skip
    assert desk.member.get(desk.of_unit)["opening"]["from_day"] == "2029-09-24"


def test_an_objection_stands_in_the_way_until_it_is_decided(desk: Desk, callers: Callers, notices: Notices) -> None:
    desk.to_notice()
    number = desk.object()
    about, anybody = f"/application-objections/{number}", callers.nobody()
    assert desk.read()["objections"][0]["text"] == OBJECTION["text"]
    desk.later(8)
    assert desk.office.refused(f"{desk.path}/award") == "objection_open"
    decision = {"uphold": False, "text": "核对了退款记录，当天已经退款。"}
    for examiner in (desk.first, desk.second):
        assert examiner.refused(f"{about}/decide", decision) == "guard_not_met", "who examined does not decide"
    assert anybody.get(f"/public-notices/objections/{number}")["state"] == "awaiting_decision"
    desk.office.post(f"{about}/decide", decision)
    told = anybody.get(f"/public-notices/objections/{number}")
    assert (told["state"], told["decision_text"]) == ("rejected", decision["text"])
    assert desk.office.post(f"{desk.path}/award")["state"] == "awarded"
    assert ("application_moved", "inbox") in notices(desk.member)


def test_an_objection_that_holds_ends_in_a_refusal_with_a_remedy(desk: Desk) -> None:
    desk.to_notice()
    number = desk.object()
    desk.member.post(f"/application-objections/{number}/answer", {"text": "店员做错了，已经道歉退款。"})
    desk.office.post(f"/application-objections/{number}/decide", {"uphold": True, "text": "承诺没有履行。"})
    desk.later(8)
    assert desk.office.refused(f"{desk.path}/award") == "objection_upheld"
    refused = desk.office.post(f"{desk.path}/decline", {**NO, "reason": "objection"})
    assert (refused["state"], refused["reason_zh"], refused["remedy"]) == (
        "refused",
        "公示期间的异议成立",
        NO["remedy"],
    )
    again = desk.member.post(desk.of_unit, None, 201)
    assert again["form"]["statement"] == FORM["statement"], "what was written once is there again"
    assert again["form"]["checks"] == {}, "the self-check is made anew"


def test_a_unit_whose_certificate_ran_out_gets_a_new_one(
    desk: Desk, clock: FixedClock, work: Callable[[], None], callers: Callers
) -> None:
    clock.advance(days=31)
    work()
    assert callers.nobody().get(f"/badges/{desk.shop.token}")["standing"] == "EXPIRED"
    desk.to_notice()
    assert desk.read()["kind"] == "new"
    clock.advance(days=8)
    work()
    awarded = desk.office.post(f"{desk.path}/award")
    assert (awarded["awarded_no"], awarded["awarded_until"]) == ("温放心2027-00001", "2029-12-31")
    card = callers.nobody().get(f"/badges/{desk.shop.token}")
    assert (card["standing"], card["certificate"]["number"]) == ("VALID", "温放心2027-00001")
    work()
    assert len(desk.member.get("/units/温放心2027-00001/plates")["items"]) == 1, (
        "the old plate reads on, no other comes"
    )


def test_a_revoked_unit_waits(desk: Desk, town: Town, clock: FixedClock, shop: Shop) -> None:
    def revoke() -> None:
        certification.revoke(town_staff, certificates.by_number(shop.certificate_no), Ground.G01_PENALTY)

    town_staff = town.staff(Role.CITY_OFFICER)
    town.act(revoke)
    assert desk.member.refused(desk.of_unit) == "not_yet_open"
    assert desk.member.get(desk.of_unit)["opening"]["from_day"] == "2028-11-23"
    clock.set(clock.now().replace(year=2028))
    assert desk.member.post(desk.of_unit, None, 201)["kind"] == "new"


def test_while_a_certificate_is_suspended_nothing_is_awarded(desk: Desk, town: Town) -> None:
    desk.to_notice()
    town.act(supervision.suspend, town.staff(Role.CITY_OFFICER), desk.shop.certificate_no, ground=Ground.G01_PENALTY)
    desk.later(8)
    assert desk.office.refused(f"{desk.path}/award") == "certificate_measured"


def test_the_second_examiner_does_not_turn_a_finding_round(desk: Desk) -> None:
    desk.begin()
    desk.submit()
    desk.examine(certify=False)
    assert desk.second.refused(f"{desk.path}/confirm", CHECKED) == "finding_against"
    assert desk.second.post(f"{desk.path}/refuse", NO)["reason_zh"] == "没有达到放心消费单位的条件"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"uscc": "91330302MA2ABCDE7X"}, "uscc"),
        ({"uscc": "91330300MA0000007C"}, "uscc"),
        ({"trading_since": "2026-05-01"}, "trading_since"),
        ({"trading_since": None}, "trading_since"),
        ({"statement": "很好。"}, "statement"),
        ({"commitments": FORM["commitments"][1:]}, "commitments"),
        ({"commitments": [*FORM["commitments"][:4], {"code": "cooling_off", "days": None}]}, "commitments"),
        ({"checks": {"licence": True}}, "checks"),
        ({"checks": {**FORM["checks"], "pay_first": False}}, "checks"),
        ({"checks": {**FORM["checks"], **dict.fromkeys(("fair_terms", "returns", "clear_price"), False)}}, "checks"),
    ],
)
def test_what_is_missing_is_said(desk: Desk, changed: dict[str, Any], field: str) -> None:
    desk.begin()
    desk.photograph()
    revision = desk.save(**changed)["revision"]
    problem = desk.member.post(f"{desk.path}/submit", {"seen": revision, "is_true": True}, 422)
    assert problem["code"] == "application_incomplete"
    assert [name for name in problem["fields"] if "." not in name] == [field], "questions and days are named beside it"


def test_who_may(town: Town, desk: Desk, callers: Callers) -> None:
    desk.begin()
    other: Caller = callers.member(town.shop("别家电器", station="别处维权联络站"), "zhan-li")
    other.get(desk.path, 404)
    other.post(f"{desk.path}/withdraw", None, 404)
    callers.person("guke-chen").post(desk.of_unit, None, 403)
    desk.first.get(desk.path, 404)  # a draft is the station's alone
    assert desk.first.get(desk.of_unit)["applications"] == []
    desk.first.put(f"{desk.path}/draft", {"seen": 1, "form": FORM}, 403)
    desk.submit()
    callers.staff(county="330382").get(desk.path, 404)
    desk.member.post(f"{desk.path}/examine", GOOD, 403)
    desk.first.post(f"{desk.path}/award", None, 403)
    assert desk.member.refused(f"{desk.path}/submit", {"seen": 2, "is_true": False}, 422) == "declaration_missing"
    callers.nobody().get(desk.path, 401)


def test_a_certificate_that_stands_long_is_not_renewed(town: Town, callers: Callers) -> None:
    held = town.shop("五马糕点", station="别处维权联络站")
    member, path = callers.member(held, "zhan-li"), f"/units/{held.certificate_no}/applications"
    assert member.refused(path) == "not_yet_open"
    assert member.get(path)["opening"]["from_day"] == "2028-10-06"


def test_what_somebody_objected_is_forgotten(app: Flask, desk: Desk, clock: FixedClock) -> None:
    desk.to_notice()
    desk.object()
    desk.member.post(f"{desk.path}/withdraw")
    assert desk.read()["objections"][0]["state"] == "ceased"
    before = clock.now()

    def forget(moment: Any, *, really: bool) -> int:
        with app.app_context(), unit_of_work():
            return forget_objections(moment, 10, really=really)

    assert forget(before, really=True) == 0, "the control: it is there until its last moment"
    clock.advance(days=1)
    assert forget(clock.now(), really=False) == 1
    assert desk.read()["objections"][0]["text"] == OBJECTION["text"]
    assert forget(clock.now(), really=True) == 1
    assert desk.read()["objections"][0]["text"] == "（内容已不再保存）"


def test_stations_are_told_once_that_they_may_renew(
    desk: Desk, clock: FixedClock, work: Callable[[], None], notices: Notices
) -> None:
    member = desk.member
    desk.begin()
    work()
    assert ("renewal_open", "inbox") not in notices(member), "who applied already is not told to"
    member.post(f"{desk.path}/withdraw")
    for _ in range(2):
        clock.advance(days=1)
        work()
    assert notices(member).count(("renewal_open", "inbox")) == 1
    desk.to_notice()
    clock.advance(days=8)
    work()
    assert ("renewal_open", "inbox") in notices(member), "the control: it stands until the award"
    desk.office.post(f"{desk.path}/award")
    assert ("renewal_open", "inbox") not in notices(member)


def test_the_day_of_a_certificate() -> None:
    assert validity(date(2026, 11, 23), date(2027, 2, 28)) == date(2030, 2, 28)
    assert validity(date(2026, 11, 23), None) == date(2029, 11, 22)
    assert validity(date(2026, 11, 23), date(2026, 11, 22)) == date(2029, 11, 22)
    assert opening("cancelled", date(2027, 1, 1), date(2026, 11, 22), date(2026, 11, 23)).kind == "new"
    assert opening(None, None, None, date(2026, 11, 23)).kind == "new"
