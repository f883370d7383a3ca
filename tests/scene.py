"""Fixtures for tests that act through the API: a town, an office, callers, and the worker, beside a WeChat double.

A folder's conftest imports the fixtures that it needs.
"""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from PIL import Image

from backend.access.actor import Role
from backend.infrastructure import jobs
from backend.infrastructure.database import session, unit_of_work
from backend.infrastructure.lease_keeper import LeaseKeeper
from backend.infrastructure.settings import Settings, load_settings
from backend.kernel.clock import FixedClock
from backend.notifications.model import Channel, Notice
from backend.worker import Worker
from tests.calling import Api, Caller
from tests.console.office import Colleague, Office
from tests.environment import environment
from tests.pages.town import Browser, Shop, Town
from wechat_double.server import Double

#: WeChat's templates, by the kind of message.
TEMPLATES = {
    f"FANGXIN_WECHAT_TEMPLATE_{kind}": f"tmpl-{kind.lower()}"
    for kind in ("CASE", "DEADLINE", "STANDING", "RATING", "VISIT")
}
IDENTITY = {"name": "欧阳菁华", "phone": "13857712345", "address": "温州市鹿城区信河街 88 号 3 幢 502 室"}


@pytest.fixture
def settings(database_url: str, data_dir: Path, double: Double) -> Settings:
    return load_settings(environment(database_url, data_dir, double.base_url) | TEMPLATES)


@pytest.fixture
def town(app: Flask, double: Double) -> Town:
    return Town(app, double)


@pytest.fixture
def office(town: Town, clock: FixedClock) -> Office:
    return Office(town, clock)


@pytest.fixture
def shop(town: Town) -> Shop:
    return town.shop("瓯越电器")


@pytest.fixture
def work(app: Flask) -> Callable[[], None]:
    """A worker's turn: everything that is due now is done."""
    return lambda: Worker(app).run(once=True)


def promised(app: Flask) -> None:
    """What was promised and is due is done, without the work that comes every so often and without sending."""
    with app.app_context(), LeaseKeeper(app) as keeper:
        while jobs.run_next(jobs.work().table, keeper):
            pass


@pytest.fixture
def do_jobs(app: Flask) -> Callable[[], None]:
    """Does what was promised (`promised`)."""
    return lambda: promised(app)


class Callers:
    """Makes people who call the API, each on a client of their own."""

    def __init__(self, town: Town, office: Office) -> None:
        self._town, self._office = town, office
        self._colleagues: dict[str | None, Colleague] = {}

    def nobody(self) -> Caller:
        """Without a sign-in."""
        return Caller(Api(self._town.app.test_client()), None)

    def of(self, browser: Browser) -> Caller:
        """Somebody who signed in already."""
        return Caller(Api(self._town.app.test_client()), browser.session_token, browser.actor().account_id)

    def person(self, name: str) -> Caller:
        """A consumer."""
        return self.of(self._town.person(name))

    def member(self, shop: Shop, name: str = "zhan-wang") -> Caller:
        """A member of the shop's station."""
        return self.of(self._town.member(shop, name))

    def volunteer(self, name: str = "zhiyuan-zhao") -> Caller:
        """A volunteer of the council."""
        return self.of(self._town.volunteer(name))

    def staff(self, role: Role = Role.COUNTY_OFFICER, county: str | None = None) -> Caller:
        """A member of staff; an officer of a county is of Lucheng unless told otherwise."""
        colleague = self._office.colleague(role, county=county)
        caller = self.of(self._office.enter(colleague))
        self._colleagues[caller.account_id] = colleague
        return caller

    def back(self, caller: Caller) -> None:
        """A member of staff signs in again: their session ends after half an hour."""
        caller.token = self._office.enter(self._colleagues[caller.account_id]).session_token


@pytest.fixture
def callers(town: Town, office: Office) -> Callers:
    return Callers(town, office)


@pytest.fixture
def consumer(callers: Callers) -> Caller:
    """A consumer with a dispute."""
    return callers.person("gu-ke")


@pytest.fixture
def member(callers: Callers, shop: Shop) -> Caller:
    """A member of the shop's liaison station."""
    return callers.member(shop)


@pytest.fixture
def notices(app: Flask) -> Callable[..., list[tuple[str, str]]]:
    """Reads the notices that stand: pairs (template, channel), in the order of their making."""

    def read(caller: Caller | None = None) -> list[tuple[str, str]]:
        statement = sa.select(Notice).where(Notice.superseded_at.is_(None)).order_by(Notice.id)
        if caller is not None:
            statement = statement.where(Notice.recipient_id == caller.account_id)
        with app.app_context(), unit_of_work(read_only=True):
            return [(row.template, row.channel.value) for row in session().scalars(statement)]

    return read


def both(*templates: str) -> list[tuple[str, str]]:
    """Each of these notices exactly once in every channel."""
    return [(template, channel.value) for template in templates for channel in (Channel.INBOX, Channel.WECHAT)]


def agree_to_mediation(consumer: Caller, member: Caller, path: str) -> None:
    """Both parties of an accepted complaint agree that the bureau mediates."""
    for party in (consumer, member):
        party.post(f"{path}/consent", {"agree": True})


def picture(colour: str = "red", size: tuple[int, int] = (64, 48), kind: str = "JPEG", **how: Any) -> bytes:
    """A small picture file."""
    held = io.BytesIO()
    Image.new("RGB", size, colour).save(held, kind, **how)
    return held.getvalue()


def take_offer(consumer: Caller, number: str) -> Any:
    """Accept the offer that stands. returns the request"""
    path = f"/settlements/{number}"
    return consumer.post(f"{path}/accept", {"offer": consumer.get(path)["offer_stamp"]})


def decline_offer(consumer: Caller, number: str) -> Any:
    """Decline the offer that stands. returns the request"""
    path = f"/settlements/{number}"
    return consumer.post(f"{path}/decline", {"offer": consumer.get(path)["offer_stamp"]})


def accepted(consumer: Caller, member: Caller, officer: Caller, shop: Shop) -> str:
    """A dispute that the station refused and the bureau has just accepted. returns the complaint's path"""
    number = consumer.post("/settlements", request_body(shop, identity=IDENTITY), 201)["case_no"]
    member.post(f"/settlements/{number}/refuse", {"text": "商品已拆封使用，不能退货。"})
    complaint = "/complaints/" + consumer.post(f"/settlements/{number}/escalate", {}, 201)["case_no"]
    officer.post(f"{complaint}/accept")
    return complaint


def request_body(shop: Shop, **changed: Any) -> dict[str, Any]:
    """A settlement request as the mini-program sends it, right unless something is changed."""
    return {
        "token": shop.token,
        "nature": "quality",
        "wanted": ["return", "compensate"],
        "amount_fen": 12850,
        "happened_on": "2026-11-22",
        "facts": "买的电饭煲用了三天就不通电，店里说要自己寄回厂家。",
        **changed,
    }
