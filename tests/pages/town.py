"""A small town for the pages' tests: shops with stations, people with browsers. States are reached by acting."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from html import unescape
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from backend.access.actor import SYSTEM, Actor, Grant, Role
from backend.accounts import service as accounts
from backend.badges import queries as badges
from backend.badges import service as badge_service
from backend.certification import service as certification
from backend.complaints import queries as disputes
from backend.complaints import service as complaints
from backend.complaints.rules import Nature, Offer, Request
from backend.complaints.service import Identity
from backend.infrastructure import current
from backend.infrastructure.database import session, unit_of_work
from backend.merchants import service as merchants
from backend.merchants.register_file.rows import UnitRow
from backend.merchants.rules import DUTIES, Category
from wechat_double.server import Double

_CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')


def hidden(page: str, name: str) -> str:
    """What the first hidden field of this name on a page holds."""
    found = re.search(rf'type="hidden" name="{name}" value="([^"]*)"', page)
    assert found is not None, name
    return found[1]


@dataclass(frozen=True)
class Shop:
    """A certified unit."""

    name: str
    unit_id: str
    station_id: str
    certificate_no: str
    token: str


@dataclass
class Browser:
    """One person's phone."""

    client: FlaskClient
    app: Flask
    session_token: str

    def actor(self) -> Actor:
        """The person with the roles of this moment."""
        with self.app.app_context():
            found = accounts.identify(self.session_token)
        assert found is not None
        return found

    def get(self, path: str, status: int = 200) -> str:
        """The page's text, unescaped; its status must be the one expected."""
        answer = self.client.get(path)
        assert answer.status_code == status, answer.text
        return unescape(answer.text)

    def csrf(self, shown_at: str) -> str:
        """The CSRF token of a form on the page `shown_at`."""
        found = _CSRF.search(self.client.get(shown_at).text)
        assert found is not None, f"no form on {shown_at}"
        return found[1]

    def post(self, shown_at: str, path: str, fields: dict[str, str] | None = None) -> TestResponse:
        """Send a form as it stands on the page `shown_at`."""
        return self.client.post(path, data={"csrf_token": self.csrf(shown_at), **(fields or {})})

    def refused(self, shown_at: str, path: str, fields: dict[str, str] | None = None, status: int = 422) -> str:
        """The page that comes back for a form that must be refused."""
        answer = self.post(shown_at, path, fields)
        assert answer.status_code == status, answer.text
        return unescape(answer.text)

    def done(self, shown_at: str, path: str, fields: dict[str, str] | None = None) -> str:
        """The page that follows a form that must be accepted."""
        answer = self.post(shown_at, path, fields)
        assert answer.status_code == 303, answer.text
        return self.get(answer.headers["Location"])


@dataclass
class Town:
    """Makes shops and people."""

    app: Flask
    double: Double
    _shops: list[Shop] = field(default_factory=list)
    _staff: int = 0

    def shop(
        self, name: str, *, station: str = "五马街维权联络站", category: Category = Category.SHOP, **changed: Any
    ) -> Shop:
        """A shop with certificate, card and plate; `changed` are values of its row in the register file."""
        number = len(self._shops) + 1
        row = UnitRow(
            row=number,
            certificate_no=f"FXXF-330302-2026-{number:05d}",
            merchant_name=f"温州{name}有限公司",
            uscc="91330302MA2ABCDE7X",
            unit_name=name,
            category=category,
            county_code="330302",
            address=f"鹿城区五马街 {number} 号",
            lng=120.66,
            lat=28.01,
            phone="0577-88961234",
            website=None,
            opening_hours="8:30-21:00",
            station_name=station,
            station_phone="0577-88965678",
            members=(),
            commitments=tuple((duty, 3 if duty.takes_days else None) for duty in DUTIES),
            issued_on=date(2026, 1, 5),
            valid_until=date(2029, 1, 4),
        )
        row = replace(row, **changed)
        with self.app.app_context(), unit_of_work():
            unit = merchants.store([row])[0].unit
            session().flush()
            certificate = certification.award(SYSTEM, unit, row.certificate_no, row.issued_on, row.valid_until)
            session().flush()
            plate = badge_service.issue_plate(SYSTEM, unit, row.certificate_no)
            badge_service.refresh_unit(unit, certificate)
            made = Shop(name, unit.id, unit.station_id, row.certificate_no, badges.token_of(plate))
        self._shops.append(made)
        return made

    def person(self, name: str) -> Browser:
        """Somebody who signed in by WeChat, with a browser of their own."""
        with self.app.app_context():
            token = accounts.sign_in_by_wechat(self.double.code(name)).token
        client = self.app.test_client()
        with client.session_transaction() as cookie:
            cookie["token"] = token
        return Browser(client, self.app, token)

    def member(self, shop: Shop, name: str = "zhan-wang") -> Browser:
        """A member of the shop's station."""
        return self._with_role(name, Role.STATION_MEMBER, shop.station_id)

    def volunteer(self, name: str = "zhiyuan-zhao") -> Browser:
        """A volunteer of the council."""
        return self._with_role(name, Role.VOLUNTEER, None)

    def staff(self, role: Role) -> Actor:
        """A member of staff, signed in."""
        self._staff += 1
        made = self.act(
            accounts.create_staff,
            SYSTEM,
            username=f"renyuan-{self._staff}",
            display_name="王建国",
            password="今天天气不错适合去江心屿散步",
            role=role,
            county_code=None,
            must_change=False,
        )
        return Actor(made.account_id, (Grant(role),), "工作人员")

    def act(self, deed: Callable[..., Any], *args: Any, **options: Any) -> Any:
        """One use case in a unit of work of its own."""
        with self.app.app_context(), unit_of_work():
            return deed(*args, **options)

    def request(self, shop: Shop, consumer: Browser, **changed: Any) -> str:
        """The number of a new settlement request."""
        with self.app.app_context():
            today = current.today()
        values: dict[str, Any] = {
            "token": shop.token,
            "nature": Nature.QUALITY,
            "wanted": [Request.RETURN, Request.COMPENSATE],
            "amount_fen": 12850,
            "happened_on": today,
            "facts": "买的电饭煲用了三天就不通电，店里说要自己寄回厂家。",
            **changed,
        }
        number: str = self.act(complaints.submit, consumer.actor(), **values).settlement.case_no
        return number

    def offered(self, shop: Shop, member: Browser, consumer: Browser) -> str:
        """The number of a request with an offer."""
        number = self.request(shop, consumer)
        self.act(
            complaints.offer,
            member.actor(),
            number,
            kind=Offer.REFUND,
            amount_fen=12850,
            text="带小票来店里，当场退款。",
            perform_by=None,
        )
        return number

    def agreed(self, consumer: Browser, number: str) -> None:
        """The consumer accepts the offer that stands."""
        stands = self.act(disputes.by_number, number).offer_stamp
        self.act(complaints.accept_offer, consumer.actor(), number, offer=stands)

    def declined(self, consumer: Browser, number: str) -> None:
        """The consumer declines the offer that stands."""
        stands = self.act(disputes.by_number, number).offer_stamp
        self.act(complaints.decline_offer, consumer.actor(), number, offer=stands)

    def _with_role(self, name: str, role: Role, station_id: str | None) -> Browser:
        browser = self.person(name)
        self.act(accounts.grant_role, SYSTEM, str(browser.actor().account_id), role, station_id=station_id)
        return browser


IDENTITY = Identity("欧阳菁华", "13857712345", "温州市鹿城区信河街 88 号 3 幢 502 室")
