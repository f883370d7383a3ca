"""Sessions: idle and absolute limits by the clock, ending, roles read at every request, what is stored."""

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.access.actor import SYSTEM, Role
from backend.accounts import queries, service
from backend.accounts.model import RoleGrant, Session
from backend.infrastructure.database import session, unit_of_work
from backend.kernel.clock import FixedClock
from tests.accounts.conftest import Api, MakePerson, MakeStaff
from wechat_double.credentials import MINI_APP_ID
from wechat_double.server import Double


def test_a_staff_session_ends_after_half_an_hour_without_use(api: Api, clock: FixedClock, staff: MakeStaff) -> None:
    token = staff().sign_in()
    clock.advance(minutes=29)
    assert api("GET", "/me", token).status_code == 200
    clock.advance(minutes=29)
    assert api("GET", "/me", token).status_code == 200, "use must have moved the idle limit"
    clock.advance(minutes=30)
    ended = api("GET", "/me", token)
    assert (ended.status_code, ended.get_json()["code"]) == (401, "session_ended")


def test_a_staff_session_ends_after_twelve_hours_of_use(api: Api, clock: FixedClock, staff: MakeStaff) -> None:
    token = staff().sign_in()
    for _ in range(12 * 3 - 1):
        clock.advance(minutes=20)
        assert api("GET", "/me", token).status_code == 200
    clock.advance(minutes=20)
    assert api("GET", "/me", token).status_code == 401


def test_a_consumer_session_lives_30_days_idle_and_180_in_all(api: Api, clock: FixedClock, person: MakePerson) -> None:
    idle, busy = person("guke-chen"), person("guke-lin")
    for _ in range(8):
        clock.advance(days=20)
        assert api("GET", "/me", busy).status_code == 200
    assert api("GET", "/me", idle).status_code == 401
    clock.advance(days=20)
    assert api("GET", "/me", busy).status_code == 401


@pytest.mark.parametrize(("kind", "every_s"), [("consumer", 3600), ("staff", 60)])
def test_use_is_noted_now_and_then(
    app: Flask, api: Api, clock: FixedClock, person: MakePerson, staff: MakeStaff, kind: str, every_s: int
) -> None:
    token = person("guke-chen") if kind == "consumer" else staff().sign_in()
    begun = clock.now()

    def seen() -> object:
        with app.app_context(), unit_of_work(read_only=True):
            return session().scalar(sa.select(Session.seen_at))

    clock.advance(seconds=every_s - 1)
    api("GET", "/me", token)
    assert seen() == begun
    clock.advance(seconds=1)
    api("GET", "/me", token)
    assert seen() == clock.now()


def test_signing_out_ends_this_session_alone(api: Api, person: MakePerson) -> None:
    here, there = person("guke-chen"), person("guke-chen")
    assert api("DELETE", "/sessions/current", here).status_code == 204
    assert api("GET", "/me", here).status_code == 401
    assert api("DELETE", "/sessions/current", here).status_code == 401
    assert api("GET", "/me", there).status_code == 200


@pytest.mark.parametrize("token", ["x" * 43, "x" * 10, "令牌" * 20, "x" * 300])
def test_made_up_tokens_are_nobody(api: Api, token: str) -> None:
    answer = api("GET", "/me", token.encode().decode("latin-1"))
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_without_a_token_one_is_asked_to_sign_in(api: Api) -> None:
    answer = api("GET", "/me")
    assert (answer.status_code, answer.get_json()["code"]) == (401, "sign_in_needed")


def test_a_role_taken_away_is_gone_with_the_next_request(app: Flask, api: Api, staff: MakeStaff) -> None:
    officer = staff("li.jg", Role.OPERATOR)
    token = officer.sign_in()
    assert api("GET", "/staff", token).status_code == 200
    with app.app_context(), unit_of_work():
        grant_id = session().scalar(sa.select(RoleGrant.id).filter_by(account_id=officer.account_id))
        service.end_role(SYSTEM, str(grant_id))
    assert api("GET", "/staff", token).status_code == 403
    with app.app_context(), unit_of_work():
        service.grant_role(SYSTEM, officer.account_id, Role.OPERATOR)
    assert api("GET", "/staff", token).status_code == 200


@pytest.fixture
def stored(app: Flask, database_kind: str, premises: Path) -> Callable[[str], bool]:
    """Whether some text stands readable anywhere in the database."""

    def found(text: str) -> bool:
        if database_kind == "sqlite":
            return any(text.encode() in path.read_bytes() for path in premises.glob("test.sqlite3*"))
        with app.app_context(), unit_of_work(read_only=True) as opened:
            connection = opened.connection()
            # A bytea prints as hexadecimal digits.
            readings = (text, text.encode().hex())
            return any(
                reading in row
                for table in sa.inspect(connection).get_table_names()
                for row in connection.exec_driver_sql(f'SELECT t::text FROM "{table}" t').scalars()  # noqa: S608
                for reading in readings
            )

    return found


def test_tokens_and_personal_values_are_not_readable_in_the_database(
    app: Flask, double: Double, person: MakePerson, staff: MakeStaff, stored: Callable[[str], bool]
) -> None:
    consumer, officer = person("guke-chen"), staff()
    official = officer.sign_in()
    with app.app_context(), unit_of_work(read_only=True):
        account_id = session().scalar(sa.select(Session.account_id).filter_by(kind="consumer"))
        alias = queries.aliases({str(account_id)})[str(account_id)]
    assert stored(alias), "the control must be found"
    assert stored(officer.username), "the control must be found"
    openid, unionid = double.state.openid(MINI_APP_ID, "guke-chen"), double.state.unionid("guke-chen")
    for secret in (consumer, official, openid, unionid, officer.secret, "王建国", "今天天气不错"):
        assert not stored(secret)


def test_tokens_are_random(app: Flask, double: Double, person: MakePerson) -> None:
    tokens = {person(f"guke-{number}") for number in range(20)}
    assert len(tokens) == 20
    assert all(len(token) == 43 for token in tokens), "256 bits in base64url"


def test_the_dead_are_purged_after_a_month(app: Flask, api: Api, clock: FixedClock, person: MakePerson) -> None:
    ended, alive = person("guke-chen"), person("guke-lin")
    api("DELETE", "/sessions/current", ended)
    clock.advance(days=29)
    api("GET", "/me", alive)
    with app.app_context(), unit_of_work():
        assert service.purge() == 0
    clock.advance(days=2)
    with app.app_context(), unit_of_work():
        assert service.purge() == 1
    assert api("GET", "/me", alive).status_code == 200
