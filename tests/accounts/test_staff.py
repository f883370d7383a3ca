"""Staff accounts: a fresh installation has none, operators make and end them, the command line makes the first."""

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from flask import Flask

from backend.access.actor import Role
from backend.accounts.model import Account, StaffCredential
from backend.accounts.service.credentials import password_matches
from backend.cli import main
from backend.infrastructure import audit
from backend.infrastructure.database import session, unit_of_work
from tests.accounts.conftest import PASSWORD, Api, MakePerson, MakeStaff, Staff
from tests.environment import environment as environment_of

NEW = {
    "username": "chen.x",
    "display_name": "陈晓",
    "password": PASSWORD,
    "role": "county_officer",
    "county_code": "330381",
}


def test_a_fresh_installation_has_no_account(app: Flask) -> None:
    with app.app_context(), unit_of_work(read_only=True):
        assert session().scalar(sa.select(sa.func.count()).select_from(Account)) == 0


def test_an_operator_makes_staff(api: Api, staff: MakeStaff) -> None:
    operator = staff()
    token = operator.sign_in()
    made = api("POST", "/staff", token, NEW)
    assert made.status_code == 201
    assert made.get_json()["totp_uri"].startswith("otpauth://totp/")
    member = next(row for row in api("GET", "/staff", token).get_json()["staff"] if row["username"] == "chen.x")
    assert [role["county_name"] for role in member["roles"]] == ["瑞安市"]
    officer = Staff(made.get_json()["account_id"], "chen.x", made.get_json()["totp_secret"], operator.clock, api)
    assert officer.attempt(new_password="飞云江边的早市很热闹的").status_code == 422
    assert officer.attempt(new_password="飞云江边的早市非常热闹呀").status_code == 201


@pytest.mark.parametrize(
    "change",
    [
        {"username": "陈晓"},
        {"password": "短密码"},
        {"password": "x" * 129},
        {"password": "正常的密码里混进了\0字符"},
        {"role": "consumer"},
        {"role": "volunteer"},
        {"county_code": "330100"},
        {"county_code": None},
        {"role": "council"},
        {"display_name": ""},
        {"admin": True},
    ],
)
def test_wrong_staff_data_is_refused(api: Api, staff: MakeStaff, change: dict[str, object]) -> None:
    answer = api("POST", "/staff", staff().sign_in(), {**NEW, **change})
    assert answer.status_code == 422
    assert answer.get_json()["fields"]


def test_a_user_name_is_taken_once(api: Api, staff: MakeStaff) -> None:
    token = staff().sign_in()
    assert api("POST", "/staff", token, NEW).status_code == 201
    assert api("POST", "/staff", token, {**NEW, "username": "CHEN.X"}).get_json()["code"] == "username_taken"


@pytest.mark.parametrize("role", [Role.CITY_OFFICER, Role.JOINT_OFFICE, Role.COUNCIL])
def test_only_operators_manage_staff(api: Api, staff: MakeStaff, person: MakePerson, role: Role) -> None:
    for token in (staff("other", role).sign_in(), person("guke-chen")):
        assert api("POST", "/staff", token, NEW).status_code == 403
        assert api("GET", "/staff", token).status_code == 403
    assert api("POST", "/staff", None, NEW).status_code == 401


def test_disabled_staff_are_out_at_once(app: Flask, api: Api, staff: MakeStaff) -> None:
    operator, officer = staff(), staff("li.jg", Role.CITY_OFFICER)
    token, theirs = operator.sign_in(), officer.sign_in()
    assert api("GET", "/me", theirs).status_code == 200
    assert api("DELETE", f"/staff/{officer.account_id}", token).status_code == 204
    assert api("GET", "/me", theirs).status_code == 401
    officer.clock.advance(seconds=30)
    assert officer.attempt().status_code == 401
    assert api("DELETE", f"/staff/{officer.account_id}", token).status_code == 404
    own = api("DELETE", f"/staff/{operator.account_id}", token)
    assert (own.status_code, own.get_json()["code"]) == (409, "own_account")
    with app.app_context(), unit_of_work(read_only=True):
        assert list(audit.verify()) == []
        rows = session().execute(sa.select(*audit.AuditEntry.__table__.columns)).all()
    assert {"staff.created", "role.granted", "role.ended", "account.disabled"} <= {row.action for row in rows}
    assert not any(word in str(row) for row in rows for word in ("王建国", "li.jg"))


def test_roles_are_given_and_taken(api: Api, staff: MakeStaff, person: MakePerson) -> None:
    operator, officer = staff(), staff("li.jg", Role.CITY_OFFICER)
    token = operator.sign_in()
    path = f"/staff/{officer.account_id}/roles"
    given = api("POST", path, token, {"role": "operator"})
    assert given.status_code == 201
    assert api("POST", path, token, {"role": "operator"}).get_json()["code"] == "role_held_already"
    theirs = officer.sign_in()
    assert api("GET", "/staff", theirs).status_code == 200
    assert api("DELETE", f"/roles/{given.get_json()['grant_id']}", theirs).get_json()["code"] == "own_operator_role"
    assert api("DELETE", f"/roles/{given.get_json()['grant_id']}", token).status_code == 204
    assert api("GET", "/staff", theirs).status_code == 403


def test_a_staff_role_is_never_given_to_a_wechat_account(
    app: Flask, api: Api, staff: MakeStaff, person: MakePerson
) -> None:
    person("guke-chen")
    token = staff().sign_in()
    with app.app_context(), unit_of_work(read_only=True):
        consumer = session().scalar(sa.select(Account.id).where(Account.alias.like("消费者%")))
    refused = api("POST", f"/staff/{consumer}/roles", token, {"role": "operator"})
    assert (refused.status_code, refused.get_json()["code"]) == (422, "role_of_other_sign_in")


def test_changing_the_password_ends_other_sessions(api: Api, staff: MakeStaff) -> None:
    officer = staff()
    other, here = officer.sign_in(), officer.sign_in()
    wrong = {"password": "记错了的旧密码呀呀呀", "new_password": "塘河夜游的灯光真好看呀"}
    assert api("PUT", "/me/password", here, wrong).get_json()["code"] == "password_wrong"
    right = {"password": PASSWORD, "new_password": "塘河夜游的灯光真的好看呀"}
    assert api("PUT", "/me/password", here, right).status_code == 204
    assert [api("GET", "/me", token).status_code for token in (here, other)] == [200, 401]


def test_a_new_totp_secret_replaces_the_old(api: Api, staff: MakeStaff) -> None:
    operator, officer = staff(), staff("li.jg", Role.CITY_OFFICER)
    token, theirs = operator.sign_in(), officer.sign_in()
    renewed = api("POST", f"/staff/{officer.account_id}/totp", token)
    assert renewed.status_code == 201
    assert api("GET", "/me", theirs).status_code == 401
    officer.clock.advance(seconds=30)
    assert officer.attempt().status_code == 401
    officer.secret = renewed.get_json()["totp_secret"]
    assert officer.attempt().status_code == 201


def test_the_command_line_makes_the_first_operator(
    app: Flask, database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    environment = environment_of(database_url, tmp_path_factory.mktemp("cli"))
    arguments = ["create-staff", "--username", "first", "--name", "周明"]
    runner = CliRunner()
    weak = runner.invoke(main, arguments, input="123456789012\n123456789012\n", env=environment)
    assert weak.exit_code == 1
    assert "太常见" in weak.output
    made = runner.invoke(main, arguments, input=f"{PASSWORD}\n{PASSWORD}\n", env=environment)
    assert made.exit_code == 0, made.output
    assert PASSWORD not in made.output
    assert "otpauth://totp/" in made.output
    with app.app_context(), unit_of_work(read_only=True):
        first = session().scalars(sa.select(StaffCredential)).one()
        assert password_matches(first.password_hash, PASSWORD)
        assert not first.must_change
    reset = runner.invoke(main, ["reset-totp", "FIRST"], env=environment)
    assert reset.exit_code == 0
    secrets = [output.split("动态码密钥：")[1].split()[0] for output in (made.output, reset.output)]
    assert secrets[0] != secrets[1]
    assert runner.invoke(main, ["reset-totp", "nobody"], env=environment).exit_code == 1
