"""Staff sign-in: both factors, one message, replay, lock, limits, and no telling who exists."""

import importlib.util
import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from backend.access.actor import SYSTEM, Role
from backend.accounts import service
from backend.accounts.model import Session, SignInAttempt
from backend.accounts.rules import TooManyAttempts
from backend.accounts.service.credentials import decoy, password_matches
from backend.infrastructure.audit import AuditEntry
from backend.infrastructure.database import session, unit_of_work
from backend.kernel.clock import FixedClock
from backend.kernel.errors import NotSignedIn
from tests.accounts.conftest import PASSWORD, Api, MakeStaff, Staff


def audited(app: Flask) -> list[str]:
    with app.app_context(), unit_of_work(read_only=True):
        return list(session().scalars(sa.select(AuditEntry.action).order_by(AuditEntry.sequence)))


def test_staff_sign_in_with_password_and_code(app: Flask, staff: MakeStaff) -> None:
    answer = staff("Wang.JG".lower(), Role.COUNTY_OFFICER, "330302").attempt(username=" WANG.jg ")
    assert answer.status_code == 201
    me = answer.get_json()["me"]
    assert me["display_name"] == "王建国"
    assert me["alias"].startswith("工作人员·")
    assert [(role["name"], role["county_name"]) for role in me["roles"]] == [("县级市场监管人员", "鹿城区")]
    assert "staff.signed_in" in audited(app)


def test_every_failure_reads_alike(api: Api, staff: MakeStaff) -> None:
    officer = staff()
    wrong_code = f"{(int(officer.code()) + 1) % 1_000_000:06d}"
    answers = [
        officer.attempt(password="完全不对的一个密码呀呀"),
        officer.attempt(one_time_code=wrong_code),
        officer.attempt(username="nobody.here"),
    ]
    bodies = [{**answer.get_json(), "request_id": ""} for answer in answers]
    assert [answer.status_code for answer in answers] == [401, 401, 401]
    assert bodies[0] == bodies[1] == bodies[2]
    assert officer.attempt().status_code == 201, "the control: both factors right"


def test_a_code_is_used_once_and_older_ones_are_refused(staff: MakeStaff, clock: FixedClock) -> None:
    officer = staff()
    previous = officer.code()
    clock.advance(seconds=30)
    code = officer.code()
    assert officer.attempt(one_time_code=code).status_code == 201
    assert officer.attempt(one_time_code=code).status_code == 401
    assert officer.attempt(one_time_code=previous).status_code == 401, "an older code within the window"
    clock.advance(seconds=30)
    assert officer.attempt().status_code == 201


@pytest.mark.parametrize(("steps", "status"), [(-2, 401), (-1, 201), (0, 201), (1, 201), (2, 401)])
def test_the_window_is_one_step(staff: MakeStaff, clock: FixedClock, steps: int, status: int) -> None:
    officer = staff()
    clock.advance(seconds=30 * steps)
    code = officer.code()
    clock.advance(seconds=-30 * steps)
    assert officer.attempt(one_time_code=code).status_code == status


def test_the_same_code_twice_at_once_opens_one_session(app: Flask, staff: MakeStaff) -> None:
    officer = staff()
    code = officer.code()

    def sign_in(number: int) -> bool:
        with app.app_context():
            try:
                service.staff_sign_in(officer.username, PASSWORD, code, address=f"192.0.2.{number}")
            except NotSignedIn:
                return False
            return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(sign_in, range(4))) == [False, False, False, True]
    with app.app_context(), unit_of_work(read_only=True):
        assert session().scalar(sa.select(sa.func.count()).select_from(Session)) == 1


def test_five_failures_lock_for_fifteen_minutes(app: Flask, staff: MakeStaff, clock: FixedClock) -> None:
    officer = staff()
    for _ in range(5):
        assert officer.attempt(password="完全不对的一个密码呀呀").status_code == 401
    locked = officer.attempt()
    assert (locked.status_code, locked.get_json()["code"]) == (401, "staff_sign_in_failed")
    clock.advance(minutes=14, seconds=59)
    assert officer.attempt().status_code == 401
    clock.advance(seconds=1)
    assert officer.attempt().status_code == 201
    assert audited(app).count("staff.locked") == 1


def test_four_failures_and_a_success_start_the_count_anew(staff: MakeStaff) -> None:
    officer = staff()
    for _ in range(2):
        for _ in range(4):
            officer.attempt(password="完全不对的一个密码呀呀")
        officer.sign_in()


def test_many_guesses_at_once_get_no_more_tries(app: Flask, staff: MakeStaff) -> None:
    """The attempt is counted before it is compared: of twelve at once, five are compared with the real hash."""
    officer = staff()

    def guess(number: int) -> bool:
        with app.app_context():
            try:
                service.staff_sign_in(
                    officer.username, f"一个接一个地猜密码{number}号", "000000", address=f"192.0.2.{number}"
                )
            except NotSignedIn:
                return False
            return True

    with ThreadPoolExecutor(6) as pool:
        assert not any(pool.map(guess, range(12)))
    assert audited(app).count("staff.sign_in_failed") == 12
    assert audited(app).count("staff.locked") == 1
    assert officer.attempt().status_code == 401


def test_one_address_may_fail_twenty_times(app: Flask, staff: MakeStaff, clock: FixedClock) -> None:
    officer = staff()
    with app.app_context():
        for number in range(20):
            with pytest.raises(NotSignedIn):
                service.staff_sign_in(f"nobody{number}", PASSWORD, "000000", address="192.0.2.1")
        with pytest.raises(TooManyAttempts):
            service.staff_sign_in(officer.username, PASSWORD, officer.code(), address="192.0.2.1")
        assert service.staff_sign_in(officer.username, PASSWORD, officer.code(), address="192.0.2.2").actor.is_staff
        clock.advance(minutes=15)
        assert service.staff_sign_in(officer.username, PASSWORD, officer.code(), address="192.0.2.1").actor.is_staff
        with unit_of_work():
            service.purge()
            assert session().scalar(sa.select(sa.func.count()).select_from(SignInAttempt)) == 0


@pytest.mark.usefixtures("costly_passwords")
def test_an_unknown_user_costs_as_much_work(app: Flask, staff: MakeStaff, clock: FixedClock) -> None:
    officer = staff()

    def seconds(username: str, number: int) -> float:
        clock.advance(minutes=20)
        begun = time.process_time()  # work done, whatever else this machine does meanwhile
        with pytest.raises(NotSignedIn):
            service.staff_sign_in(username, "完全不对的一个密码呀呀", "000000", address=f"192.0.2.{number}")
        return time.process_time() - begun

    with app.app_context():
        decoy()
        known, unknown = zip(*[(seconds(officer.username, n), seconds("nobody", n)) for n in range(12)], strict=True)
        begun = time.process_time()
        password_matches(decoy()[0], "x")
        hashing = time.process_time() - begun
    assert 0.6 < min(known) / min(unknown) < 1.6
    assert hashing > 0.2 * min(known), "the control: leaving the hash out would show"


def test_a_password_is_hashed_at_the_full_price_outside_the_tests() -> None:
    found = importlib.util.find_spec("backend.accounts.service.credentials")
    assert found is not None
    assert found.loader is not None
    untouched = importlib.util.module_from_spec(found)
    found.loader.exec_module(untouched)
    assert untouched.hash_password(PASSWORD).startswith("$argon2id$v=19$m=32768,t=2,p=1$")


def test_a_session_is_never_the_one_that_was_brought(client: FlaskClient, staff: MakeStaff) -> None:
    officer = staff()
    first = officer.sign_in()
    officer.clock.advance(seconds=30)
    body = {"username": officer.username, "password": PASSWORD, "one_time_code": officer.code()}
    again = client.post("/api/v1/staff-sessions", json=body, headers={"Authorization": f"Bearer {first}"})
    assert again.status_code == 201
    assert again.get_json()["token"] != first


def test_a_password_set_by_another_is_replaced_at_first(app: Flask, api: Api, clock: FixedClock) -> None:
    with app.app_context(), unit_of_work():
        made = service.create_staff(
            SYSTEM, username="lin", display_name="林晓", password=PASSWORD, role=Role.COUNCIL
        )  # fmt: skip
    officer = Staff(made.account_id, "lin", made.totp_secret, clock, api)
    for new in ({}, {"new_password": PASSWORD}, {"new_password": "123456789012"}):
        refused = officer.attempt(**new)
        assert refused.status_code == 422
        assert list(refused.get_json()["fields"]) == ["new_password"]
    own = "瓯江口的风吹过来凉凉的"
    assert officer.attempt(new_password=own + "！").status_code == 201
    clock.advance(seconds=30)
    assert officer.attempt().status_code == 401
    assert officer.attempt(password=own + "！").status_code == 201


@pytest.mark.parametrize("code", ["12345", "1234567", "12345a", "１２３４５６", "123456\n", 123456])
def test_a_malformed_code_is_refused_before_anything(staff: MakeStaff, code: str) -> None:
    assert staff().attempt(one_time_code=code).status_code == 422


@pytest.mark.parametrize("username", ["王建国", "a" * 64, "' OR 1=1 --"])
def test_odd_user_names_are_refused_quietly(staff: MakeStaff, username: str) -> None:
    assert staff().attempt(username=username).status_code == 401


@pytest.mark.parametrize("field", ["username", "password", "one_time_code", "new_password"])
@pytest.mark.parametrize("escape", [r"x\ud800", r"x\u0000"])
def test_text_that_no_database_takes_is_refused(client: FlaskClient, staff: MakeStaff, field: str, escape: str) -> None:
    officer = staff()
    body = {"username": officer.username, "password": PASSWORD, "one_time_code": officer.code(), field: "here"}
    raw = json.dumps(body).replace('"here"', f'"{escape}"')
    answer = client.post("/api/v1/staff-sessions", data=raw, content_type="application/json")
    assert (answer.status_code, list(answer.get_json()["fields"])) == (422, [field])
