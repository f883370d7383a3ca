"""A shop asks to be entered in the register: checked first, once at a time, decided by its county's officers, forgotten in time."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.accounts.model import NoticePhone
from backend.background import RETENTION
from backend.infrastructure import current
from backend.infrastructure.audit import AuditEntry
from backend.infrastructure.database import session, unit_of_work
from backend.kernel.clock import FixedClock
from backend.merchants.model import LiaisonStation, Merchant, Unit
from backend.personal_data import service as personal_data
from backend.personal_data.rules import CLASSES
from tests.calling import Caller
from tests.enrolments.asking import ASKED, DECLINED, ENTERED, USCC
from tests.pages.town import Shop, Town
from tests.personal_data.cells import left
from tests.scene import Callers, both

CHECK = f"/enrolments/check?uscc={USCC}"
OTHER_USCC = "91330302MA2ABCDEXP"
Notices = Callable[..., list[tuple[str, str]]]


def counts(app: Flask) -> list[int]:
    """How many entities, stations and units there are."""
    with app.app_context(), unit_of_work(read_only=True):
        return [
            session().scalar(sa.select(sa.func.count()).select_from(model)) or 0
            for model in (Merchant, LiaisonStation, Unit)
        ]


def test_one_request_at_a_time_for_a_code(owner: Caller, callers: Callers) -> None:
    anybody = callers.nobody()
    assert anybody.get(f"/enrolments/check?uscc={USCC.lower()}") == {"uscc": USCC}
    made = owner.post("/enrolments", ASKED, 201)
    assert (made["state"], made["invitation"]) == ("submitted", None)
    assert owner.refused("/enrolments", ASKED) == "enrolment_under_way"
    assert callers.person("bie-ren").refused("/enrolments", ASKED) == "enrolment_under_way"
    assert anybody.get(CHECK, 409)["code"] == "enrolment_under_way"
    owner.post(f"/enrolments/{made['case_no']}/withdraw")
    assert anybody.get(CHECK) == {"uscc": USCC}
    owner.post("/enrolments", ASKED, 201)
    assert [one["state"] for one in owner.get("/me/enrolments")["enrolments"]] == ["submitted", "withdrawn"]


def test_a_shop_of_the_register_is_told_how_to_join(owner: Caller, callers: Callers, town: Town) -> None:
    town.shop("瓯越手机", uscc=OTHER_USCC)
    problem = callers.nobody().get(f"/enrolments/check?uscc={OTHER_USCC}", 409)
    assert problem["code"] == "already_registered"
    assert "邀请码" in problem["detail"]
    assert owner.refused("/enrolments", {**ASKED, "uscc": OTHER_USCC}) == "already_registered"


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"uscc": "91330302MA2TE5T1X3"}, "enrolment_incomplete", "uscc"),
        ({"phone": "0577-88881234"}, "enrolment_incomplete", "phone"),
        ({"category": "online_shop"}, "enrolment_incomplete", "website"),
        ({"website": "javascript:alert(1)"}, "enrolment_incomplete", "website"),
        ({"county_code": "110101"}, "invalid_input", "county_code"),
        ({"county_code": ""}, "invalid_input", "county_code"),
        ({"agreed": False}, "consent_missing", "agreed"),
    ],
)
def test_what_is_missing_is_said(owner: Caller, changed: dict[str, Any], code: str, field: str) -> None:
    problem = owner.post("/enrolments", {**ASKED, **changed}, 422)
    assert (problem["code"], list(problem["fields"])) == (code, [field])


def test_who_may(owner: Caller, callers: Callers) -> None:
    callers.nobody().post("/enrolments", ASKED, 401)
    officer, elsewhere = callers.staff(), callers.staff(county="330382")
    officer.post("/enrolments", ASKED, 403)
    path = f"/enrolments/{owner.post('/enrolments', ASKED, 201)['case_no']}"
    shown = officer.get(path)
    assert (shown["contact"], shown["phone"], shown["phone_proved"]) == (ASKED["contact"], ASKED["phone"], False)
    assert "invitation" not in shown
    assert [one["state"] for one in officer.get("/enrolments")["enrolments"]] == ["submitted"]
    assert elsewhere.get("/enrolments")["enrolments"] == []
    elsewhere.get(path, 404)
    elsewhere.post(f"{path}/accept", ENTERED, 404)
    owner.get(path, 403)
    owner.post(f"{path}/accept", ENTERED, 403)
    stranger = callers.person("bie-ren")
    stranger.post(f"{path}/withdraw", None, 404)
    assert stranger.get("/me/enrolments")["enrolments"] == []
    owner.post(f"{path}/withdraw")
    assert officer.refused(f"{path}/accept", ENTERED) == "not_possible_now"


def test_a_number_that_answered_a_code_needs_no_call_to_prove_it(owner: Caller, callers: Callers, app: Flask) -> None:
    with app.app_context(), unit_of_work():
        kept = NoticePhone(account_id=str(owner.account_id), confirmed_at=current.now())
        kept.phone = ASKED["phone"]
        session().add(kept)
    officer = callers.staff()
    for uscc, phone, proved in ((USCC, ASKED["phone"], True), (OTHER_USCC, "13800001111", False)):
        made = owner.post("/enrolments", {**ASKED, "uscc": uscc, "phone": phone}, 201)
        assert officer.get(f"/enrolments/{made['case_no']}")["phone_proved"] is proved


def test_accepting_makes_one_unit_with_a_station_and_an_invitation(
    owner: Caller, callers: Callers, app: Flask, shop: Shop, notices: Notices
) -> None:
    officer, before = callers.staff(), counts(app)
    path = f"/enrolments/{owner.post('/enrolments', ASKED, 201)['case_no']}"
    assert ("enrolment_waits", "inbox") in notices(officer)
    with app.app_context(), unit_of_work(read_only=True):
        taken = session().get_one(Unit, shop.unit_id).station.name
    for wrong, code, field in (
        ({"station_name": taken}, "station_name_taken", "station_name"),
        ({"station_phone": "88"}, "phone_invalid", "station_phone"),
        ({"lng": 28.01, "lat": 120.65}, "invalid_input", "lng"),
    ):
        problem = officer.post(f"{path}/accept", {**ENTERED, **wrong}, 422)
        assert (problem["code"], field in problem["fields"]) == (code, True)
    assert counts(app) == before, "nothing half is left"
    officer.post(f"{path}/accept", ENTERED)
    assert officer.refused(f"{path}/accept", ENTERED) == "not_possible_now"
    assert counts(app) == [count + 1 for count in before]
    assert notices(owner) == both("enrolment_decided")
    assert ("enrolment_waits", "inbox") not in notices(officer)
    (mine,) = owner.get("/me/enrolments")["enrolments"]
    assert len(mine["invitation"]) > 10
    assert callers.nobody().get(CHECK, 409)["code"] == "already_registered"
    assert callers.nobody().get("/units?q=瓯江电器")["units"] == [], (
        "not certified: the public register does not show it"
    )


def test_an_invitation_that_nobody_took_up_is_given_anew(
    owner: Caller, callers: Callers, app: Flask, clock: FixedClock, notices: Notices
) -> None:
    officer, elsewhere = callers.staff(), callers.staff(county="330382")
    path = f"/enrolments/{owner.post('/enrolments', ASKED, 201)['case_no']}"
    assert officer.refused(f"{path}/invite") == "nobody_invited"
    officer.post(f"{path}/accept", ENTERED)

    def invitation() -> dict[str, Any]:
        (mine,) = owner.get("/me/enrolments")["enrolments"]
        return {"code": mine["invitation"], "state": mine["invitation_state"], "until": mine["invitation_expires_at"]}

    lost = invitation()
    clock.advance(days=1)
    callers.back(officer)
    callers.back(elsewhere)
    elsewhere.post(f"{path}/invite", None, 404)
    owner.post(f"{path}/invite", None, 403)
    assert invitation() == lost, "the control: nobody but the county's officer changes it"
    assert "invitation" not in officer.post(f"{path}/invite")
    expiring = invitation()
    assert (lost["state"], expiring["state"], expiring["code"] == lost["code"]) == ("open", "open", False)
    assert owner.refused("/invitations/accept", {"code": lost["code"]}) == "invitation_expired", "void, six days early"
    clock.advance(days=8)
    callers.back(officer)
    assert owner.refused("/invitations/accept", {"code": expiring["code"]}) == "invitation_expired"
    assert officer.get(path)["invitation_state"] == invitation()["state"] == "expired"
    officer.post(f"{path}/invite")
    assert notices(owner) == both(*["enrolment_decided"] * 3)
    joined = owner.post("/invitations/accept", {"code": invitation()["code"]})
    assert joined["station_name"] == ENTERED["station_name"]
    assert invitation()["state"] == "mine"
    assert officer.refused(f"{path}/invite") == "invitation_taken_up"
    with app.app_context(), unit_of_work(read_only=True):
        acts = session().scalars(sa.select(AuditEntry.action)).all()
    assert [(act, acts.count(act)) for act in ("enrolment.invited_again", "invitation.voided")] == [
        ("enrolment.invited_again", 2),
        ("invitation.voided", 1),
    ]


def test_a_refusal_says_why_and_another_request_may_follow(owner: Caller, callers: Callers) -> None:
    path = f"/enrolments/{owner.post('/enrolments', ASKED, 201)['case_no']}"
    callers.staff().post(f"{path}/decline", DECLINED)
    (mine,) = owner.get("/me/enrolments")["enrolments"]
    assert (mine["state"], mine["reason_zh"], mine["decision_text"]) == (
        "declined",
        "按所留电话联系不上",
        DECLINED["text"],
    )
    owner.post("/enrolments", ASKED, 201)


def test_who_is_late_is_reminded_once(
    owner: Caller, callers: Callers, clock: FixedClock, work: Callable[[], None], notices: Notices
) -> None:
    officer = callers.staff()
    made = owner.post("/enrolments", ASKED, 201)
    assert made["due_at"].startswith("2026-11-30"), "five working days, to the end of the last"
    clock.advance(days=7)
    work()
    assert ("deadline_missed", "inbox") not in notices(officer), "the last day still counts"
    clock.advance(days=1)
    for _ in range(2):
        work()
    assert notices(officer).count(("deadline_missed", "inbox")) == 1


def test_who_asked_is_exported_and_forgotten(app: Flask, owner: Caller, callers: Callers, clock: FixedClock) -> None:
    number = owner.post("/enrolments", ASKED, 201)["case_no"]
    assert owner.post("/me/data/export")["申请加入名录"][0]["联系人"] == ASKED["contact"]
    assert owner.refused("/me/data/erasure", {"confirm": "注销"}) == "case_running"
    callers.staff().post(f"/enrolments/{number}/accept", ENTERED)
    (mine,) = owner.get("/me/enrolments")["enrolments"]
    planted, ended = [ASKED["contact"], ASKED["phone"], mine["invitation"]], clock.now()

    def forget() -> int:
        with app.app_context():
            return personal_data.retain(RETENTION, really=True)["enrolment"]

    clock.set(ended + CLASSES["enrolment"].period)
    assert forget() == 0
    assert left(app, planted) == planted, "the control: it is there to its last moment"
    clock.advance(days=1)
    assert forget() == 1
    assert left(app, planted) == []
    assert forget() == 0, "once is enough"
