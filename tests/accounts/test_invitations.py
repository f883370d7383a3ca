"""Invitations: who may invite whom where, one use, one winner, expiry."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from backend.access.actor import SYSTEM, Actor, Grant, Role
from backend.accounts import queries, service
from backend.infrastructure.database import new_id, unit_of_work
from backend.kernel.clock import FixedClock
from tests.accounts.conftest import Api, MakePerson, MakeStaff, MakeStation

#: Stands for an operator whose account is of no interest here.
OPERATOR = Actor(None, (Grant(Role.OPERATOR),))


def test_a_station_member_joins_by_invitation(
    api: Api, staff: MakeStaff, person: MakePerson, station: MakeStation, app: Flask
) -> None:
    station_id = station()
    officer = staff("li.jg", Role.COUNTY_OFFICER, "330302").sign_in()
    invited = api("POST", "/invitations", officer, {"role": "station_member", "station_id": station_id})
    assert invited.status_code == 201
    code = invited.get_json()["code"]
    assert invited.get_json()["join_url"] == f"http://localhost/join/{code}"
    shown = api("POST", "/invitations/preview", None, {"code": code.lower()}).get_json()
    assert shown["state"] == "open", "whoever holds the code reads what it gives before agreeing to anything"
    assert (shown["name"], shown["station_name"], shown["county_name"]) == (
        "维权联络站人员",
        "五马街维权联络站",
        "鹿城区",
    )
    member = person("zhan-wang")
    joined = api("POST", "/invitations/accept", member, {"code": code.lower().replace("-", " ")})
    assert joined.status_code == 200
    assert joined.get_json()["station_name"] == "五马街维权联络站"
    roles = api("GET", "/me", member).get_json()["roles"]
    assert [role["name"] for role in roles] == ["消费者", "维权联络站人员"]
    again = api("POST", "/invitations/accept", member, {"code": code})
    assert again.status_code == 200, "asking again after a lost answer does no harm"
    for reader, state in ((member, "mine"), (None, "used")):
        assert api("POST", "/invitations/preview", reader, {"code": code}).get_json()["state"] == state
    assert api("POST", "/invitations/preview", None, {"code": "K7Q3-9XPM-2D4T-HH0V"}).status_code == 404
    other = api("POST", "/invitations/accept", person("guke-chen"), {"code": code})
    assert (other.status_code, other.get_json()["code"]) == (409, "invitation_used")
    with app.app_context(), unit_of_work(read_only=True):
        assert len(queries.holders(Role.STATION_MEMBER, station_id=station_id)) == 1


@pytest.mark.parametrize(
    ("role", "county", "body", "status"),
    [
        (Role.COUNTY_OFFICER, "330302", {"role": "station_member", "station_id": "here"}, 201),
        (Role.COUNTY_OFFICER, "330303", {"role": "station_member", "station_id": "here"}, 404),
        (Role.COUNTY_OFFICER, "330302", {"role": "station_member", "station_id": "nowhere"}, 404),
        (Role.COUNTY_OFFICER, "330302", {"role": "station_member"}, 422),
        (Role.COUNTY_OFFICER, "330302", {"role": "volunteer"}, 403),
        (Role.CITY_OFFICER, None, {"role": "station_member", "station_id": "here"}, 201),
        (Role.COUNCIL, None, {"role": "volunteer"}, 201),
        (Role.COUNCIL, None, {"role": "station_member", "station_id": "here"}, 403),
        (Role.COUNCIL, None, {"role": "volunteer", "station_id": "here"}, 422),
        (Role.OPERATOR, None, {"role": "volunteer"}, 201),
        (Role.OPERATOR, None, {"role": "operator"}, 422),
        (Role.JOINT_OFFICE, None, {"role": "volunteer"}, 403),
    ],
)
def test_who_may_invite_whom(
    api: Api, staff: MakeStaff, station: MakeStation, role: Role, county: str | None, body: dict[str, str], status: int
) -> None:
    places = {"here": station(county="330302"), "nowhere": new_id()}
    sent = {name: places.get(value, value) for name, value in body.items()}
    assert api("POST", "/invitations", staff("li.jg", role, county).sign_in(), sent).status_code == status


def test_a_consumer_cannot_invite_and_staff_cannot_accept(api: Api, staff: MakeStaff, person: MakePerson) -> None:
    council = staff("li.jg", Role.COUNCIL).sign_in()
    assert api("POST", "/invitations", person("guke-chen"), {"role": "volunteer"}).status_code == 403
    code = api("POST", "/invitations", council, {"role": "volunteer"}).get_json()["code"]
    assert api("POST", "/invitations/accept", council, {"code": code}).status_code == 403
    assert api("POST", "/invitations/accept", person("guke-chen"), {"code": code}).status_code == 200


def test_an_invitation_lasts_seven_days(app: Flask, api: Api, person: MakePerson, clock: FixedClock) -> None:
    with app.app_context(), unit_of_work():
        first, second = (service.invite(OPERATOR, Role.VOLUNTEER) for _ in range(2))
    clock.advance(days=7, seconds=-1)
    assert api("POST", "/invitations/accept", person("zhiyuan-zhao"), {"code": first.code}).status_code == 200
    clock.advance(seconds=1)
    late = api("POST", "/invitations/accept", person("zhiyuan-sun"), {"code": second.code})
    assert (late.status_code, late.get_json()["code"]) == (409, "invitation_expired")


@pytest.mark.parametrize(("code", "status"), [("K7Q3-9XPM-2D4T-HH00", 404), ("K7Q3", 422), ("", 422), ("号" * 16, 422)])
def test_made_up_codes(api: Api, person: MakePerson, code: str, status: int) -> None:
    assert api("POST", "/invitations/accept", person("guke-chen"), {"code": code}).status_code == status


def test_of_twenty_at_once_exactly_one_wins(app: Flask, person: MakePerson) -> None:
    with app.app_context(), unit_of_work():
        code = service.invite(OPERATOR, Role.VOLUNTEER).code
    tokens = [person(f"guke-{number}") for number in range(20)]

    def accept(token: str) -> int:
        return Api(app.test_client())("POST", "/invitations/accept", token, {"code": code}).status_code

    with ThreadPoolExecutor(20) as pool:
        statuses = sorted(pool.map(accept, tokens))
    assert statuses == [200] + [409] * 19
    with app.app_context(), unit_of_work(read_only=True):
        assert len(queries.holders(Role.VOLUNTEER)) == 1


def test_the_import_turns_a_listed_member_into_an_invitation(
    app: Flask, api: Api, person: MakePerson, station: MakeStation
) -> None:
    station_id = station()
    with app.app_context(), unit_of_work():
        issued = service.add_station_member(SYSTEM, station_id)
    with app.app_context(), unit_of_work(read_only=True):
        assert queries.holders(Role.STATION_MEMBER) == []
    joined = api("POST", "/invitations/accept", person("zhan-wang"), {"code": issued.code})
    assert joined.get_json()["station_id"] == station_id
