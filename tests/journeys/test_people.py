"""How people come in: consumers by WeChat, station members and volunteers by invitation, staff by password and code."""

from flask.testing import FlaskClient

from backend.access.actor import Role
from backend.kernel.clock import FixedClock
from tests.calling import Api, Caller
from tests.console.office import Colleague, Office
from tests.pages.town import Shop
from wechat_double.server import Double


def _by_wechat(client: FlaskClient, double: Double, name: str) -> Caller:
    api = Api(client)
    answer = api("POST", "/sessions", json={"code": double.code(name)})
    assert answer.status_code == 201, answer.text
    return Caller(api, answer.get_json()["token"])


def _by_password(client: FlaskClient, office: Office, colleague: Colleague) -> Caller:
    api = Api(client)
    answer = api("POST", "/staff-sessions", json=office.form(colleague))
    assert answer.status_code == 201, answer.text
    return Caller(api, answer.get_json()["token"])


def _roles(caller: Caller) -> list[str]:
    return [held["role"] for held in caller.get("/me")["roles"]]


def test_a_station_member_is_invited_once_by_the_county(
    client: FlaskClient, double: Double, office: Office, shop: Shop
) -> None:
    officer = _by_password(client, office, office.colleague(Role.COUNTY_OFFICER))
    wang, li = (_by_wechat(client, double, name) for name in ("zhan-wang", "zhan-li"))
    wang.get("/settlements")
    wang.refused("/settlements/HJ20261123-0000000/refuse", {"text": "不同意退货。"}, 403)
    sent = {"role": "station_member", "station_id": shop.station_id}
    code = officer.post("/invitations", sent, 201)["code"]
    wang.post("/invitations/accept", {"code": code})
    assert "station_member" in _roles(wang)
    assert li.refused("/invitations/accept", {"code": code}) == "invitation_used"
    assert "station_member" not in _roles(li)
    li.refused("/invitations", sent, 403)


def test_a_volunteer_is_invited_once_by_the_council(client: FlaskClient, double: Double, office: Office) -> None:
    council = _by_password(client, office, office.colleague(Role.COUNCIL))
    zhao, sun = (_by_wechat(client, double, name) for name in ("zhiyuan-zhao", "zhiyuan-sun"))
    zhao.get("/visits", 403)
    code = council.post("/invitations", {"role": "volunteer"}, 201)["code"]
    zhao.post("/invitations/accept", {"code": code})
    assert zhao.get("/visits") == {"visits": []}
    assert sun.refused("/invitations/accept", {"code": code}) == "invitation_used"
    sun.get("/visits", 403)


def test_an_invitation_runs_out_after_seven_days(
    client: FlaskClient, double: Double, office: Office, clock: FixedClock
) -> None:
    council = _by_password(client, office, office.colleague(Role.COUNCIL))
    first, second = (council.post("/invitations", {"role": "volunteer"}, 201)["code"] for _ in range(2))
    zhao = _by_wechat(client, double, "zhiyuan-zhao")
    clock.advance(days=6, hours=23)
    zhao.post("/invitations/accept", {"code": first})
    clock.advance(hours=2)
    sun = _by_wechat(client, double, "zhiyuan-sun")
    assert sun.refused("/invitations/accept", {"code": second}) == "invitation_expired"


def test_staff_need_password_and_code(client: FlaskClient, office: Office, clock: FixedClock) -> None:
    colleague = office.colleague(Role.COUNTY_OFFICER)
    api = Api(client)
    for wrong in ({"password": "今天天气不错适合去五马街"}, {"one_time_code": "000000"}):
        answer = api("POST", "/staff-sessions", json=office.form(colleague, **wrong))
        assert (answer.status_code, answer.get_json()["code"]) == (401, "staff_sign_in_failed")
    officer = _by_password(client, office, colleague)
    assert _roles(officer) == ["county_officer"]
    again = api("POST", "/staff-sessions", json=office.form(colleague))
    assert again.status_code == 401, "a code serves once"
    clock.advance(seconds=30)
    _by_password(client, office, colleague)


def test_a_wechat_code_serves_once_and_is_the_same_person_again(client: FlaskClient, double: Double) -> None:
    api, code = Api(client), double.code("gu-ke")
    first = api("POST", "/sessions", json={"code": code}).get_json()
    assert api("POST", "/sessions", json={"code": code}).status_code == 401
    second = _by_wechat(client, double, "gu-ke").get("/me")
    assert second["alias"] == first["me"]["alias"]
    assert _by_wechat(client, double, "gu-ke-2").get("/me")["alias"] != first["me"]["alias"]
