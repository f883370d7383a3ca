"""A shop that nobody knows becomes a certified one: asked for, looked into, invited, applied for, published and awarded.

Read it from top to bottom: it is the whole way, by what each person sees and does.
"""

import sqlalchemy as sa
from flask import Flask

from backend.access.actor import Role
from backend.applications import service
from backend.badges import queries as badges
from backend.badges.model import Plate
from backend.infrastructure.database import session
from backend.kernel.clock import FixedClock
from tests.applications.desk import CHECKED, FORM, GOOD, photographed
from tests.console.office import Office
from tests.enrolments.asking import ASKED, ENTERED, USCC
from tests.journeys.people import People
from tests.journeys.tapping import chain_breaks
from tests.pages.town import Town
from tests.scene import Callers, picture, promised


def test_a_shop_comes_in_and_is_certified(
    app: Flask, town: Town, callers: Callers, office: Office, clock: FixedClock
) -> None:
    people = People(callers, office, town.shop("江心海鲜"), clock)
    owner, anybody = callers.person("dian-zhu"), callers.nobody()

    # The owner looks whether the shop stands in the register, and asks.
    assert anybody.get(f"/enrolments/check?uscc={USCC}") == {"uscc": USCC}
    number = owner.post("/enrolments", ASKED, 201)["case_no"]

    # An officer of the county calls, and enters it as it was found.
    desk, case = people.desk(), f"/console/enrolments/{number}"
    assert number in desk.get("/console/enrolments")
    assert ASKED["phone"] in desk.get(case)
    assert "邀请已发给申请人" in desk.done(
        case, f"{case}/accept", {name: str(value) for name, value in ENTERED.items()}
    )

    # The owner finds the invitation and becomes the station's member.
    (mine,) = owner.get("/me/enrolments")["enrolments"]
    joined = owner.post("/invitations/accept", {"code": mine["invitation"]})
    assert joined["station_name"] == ENTERED["station_name"]

    # Now the unit is theirs to apply for; a stranger does not see it.
    (unit,) = owner.get("/station/uncertified-units")["units"]
    applying = f"/units/{unit['number']}/applications"
    people.person("zhan-yi").get(applying, 404)
    assert owner.get(applying)["opening"]["kind"] == "new"
    draft = owner.post(applying, None, 201)
    assert (draft["form"]["uscc"], draft["unit_name"]) == (USCC, ENTERED["unit_name"])
    path = f"/applications/{draft['case_no']}"
    owner.put(f"{path}/draft", {"seen": 1, "form": {**FORM, "uscc": USCC}})
    photographed(owner, path, picture())
    owner.post(f"{path}/submit", {"seen": 2, "is_true": True})

    # From here on it is an application like any other.
    assert "没有，第一次申请" in people.desk().get(f"/console{path}")
    people.staff().post(f"{path}/examine", GOOD)
    people.staff(Role.CITY_OFFICER).post(f"{path}/confirm", CHECKED)
    people.staff(Role.JOINT_OFFICE).post(f"{path}/publish")
    clock.advance(days=8)
    with app.app_context():
        service.sweep()
    awarded = people.staff(Role.JOINT_OFFICE).post(f"{path}/award")
    shown = anybody.get(f"/units/{awarded['awarded_no']}")
    assert (shown["name"], shown["standing"]) == (ENTERED["unit_name"], "VALID")
    owner = callers.person("dian-zhu")
    assert owner.get("/station/uncertified-units")["units"] == []
    assert [one["number"] for one in owner.get("/station/units")["units"]] == [awarded["awarded_no"]]
    assert "已经认定" in people.desk().get(case)

    # The plate for the door comes by itself, and reads.
    promised(app)
    (plate,) = owner.get(f"/units/{awarded['awarded_no']}/plates")["items"]
    assert (plate["serial"], plate["placement"]) == (f"{awarded['awarded_no']}-01", "door")
    with app.app_context():
        address = badges.address_of(session().scalars(sa.select(Plate).filter_by(serial=plate["serial"])).one())
    assert anybody.get(f"/badges/{address.rpartition('/')[2]}")["standing"] == "VALID"
    assert chain_breaks(app, "enrolment") == []
