"""People for the tests of accounts: consumers come through the WeChat double, staff through their own sign-in."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from backend.access.actor import SYSTEM, Role
from backend.accounts import service
from backend.infrastructure.database import session, unit_of_work
from backend.infrastructure.settings import Settings, load_settings
from backend.kernel.clock import FixedClock
from backend.merchants.model import LiaisonStation
from tests.calling import Api
from tests.environment import environment as environment_of
from wechat_double.server import Double

PASSWORD = "今天天气不错适合去江心屿散步"  # noqa: S105


@pytest.fixture
def settings(database_url: str, data_dir: Path, double: Double) -> Settings:
    return load_settings(environment_of(database_url, data_dir, double.base_url))


@pytest.fixture
def api(client: FlaskClient) -> Api:
    return Api(client)


@dataclass
class Staff:
    """A member of staff with an authenticator that follows the test's clock."""

    account_id: str
    username: str
    secret: str
    clock: FixedClock
    api: Api

    def code(self) -> str:
        """The one-time code of this moment."""
        return pyotp.TOTP(self.secret).at(self.clock.now())

    def attempt(self, **changed: str) -> TestResponse:
        """Try to sign in; right unless something is changed."""
        body = {"username": self.username, "password": PASSWORD, "one_time_code": self.code(), **changed}
        return self.api("POST", "/staff-sessions", json=body)

    def sign_in(self) -> str:
        """A new session's token, with a code that was not used before."""
        self.clock.advance(seconds=30)
        answer = self.attempt()
        assert answer.status_code == 201, answer.text
        token: str = answer.get_json()["token"]
        return token


MakeStaff = Callable[..., Staff]
MakePerson = Callable[[str], str]
MakeStation = Callable[..., str]


@pytest.fixture
def staff(app: Flask, clock: FixedClock, api: Api) -> MakeStaff:
    """Makes a member of staff."""

    def make(username: str = "wang.jg", role: Role = Role.OPERATOR, county: str | None = None) -> Staff:
        with app.app_context(), unit_of_work():
            made = service.create_staff(
                SYSTEM,
                username=username,
                display_name="王建国",
                password=PASSWORD,
                role=role,
                county_code=county,
                must_change=False,
            )
        return Staff(made.account_id, username, made.totp_secret, clock, api)

    return make


@pytest.fixture
def person(app: Flask, double: Double) -> MakePerson:
    """Signs a person in by the mini-program and gives the token."""

    def sign_in(name: str) -> str:
        with app.app_context():
            return service.sign_in_by_wechat(double.code(name)).token

    return sign_in


@pytest.fixture
def station(app: Flask) -> MakeStation:
    """Makes a liaison station and gives its id."""

    def make(name: str = "五马街维权联络站", county: str = "330302") -> str:
        with app.app_context(), unit_of_work():
            made = LiaisonStation(name=name, phone="0577-88000000", county_code=county)
            session().add(made)
            session().flush()
            return made.id

    return make
