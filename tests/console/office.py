"""An office for the console's tests: members of staff who sign in at the page, and cases that wait for them."""

import re
from dataclasses import dataclass, field
from typing import Any

import pyotp

from backend.access.actor import SYSTEM, Role
from backend.accounts import service as accounts
from backend.certification.rules import Ground
from backend.complaints import service as complaints
from backend.kernel.clock import FixedClock
from backend.supervision import service as supervision
from tests.pages.town import IDENTITY, Browser, Shop, Town

PASSWORD = "今天天气不错适合去江心屿散步"  # noqa: S105
NEW_PASSWORD = "一句只有我自己记得的长话"  # noqa: S105
LUCHENG = "330302"
YUEQING = "330382"
#: What a page or an answer must never show of a complainant.
PERSONAL = (IDENTITY.name, IDENTITY.phone, IDENTITY.address)


@dataclass(frozen=True)
class Colleague:
    """A staff account with the secret of its authenticator."""

    account_id: str
    username: str
    display_name: str
    secret: str
    password: str = PASSWORD


@dataclass
class Office:
    """Makes members of staff and cases."""

    town: Town
    clock: FixedClock
    _made: int = field(default=0)

    def colleague(
        self, role: Role, *, county: str | None = None, department: str | None = None, must_change: bool = False
    ) -> Colleague:
        """A staff account; an officer of a county is of Lucheng unless told otherwise."""
        self._made += 1
        username, name = f"tongshi-{self._made}", f"周同事{'甲乙丙丁戊己庚辛壬癸'[(self._made - 1) % 10]}"
        if role is Role.COUNTY_OFFICER:
            county = county or LUCHENG
        if role is Role.DEPARTMENT:
            department = department or "tourism"
        made = self.town.act(
            accounts.create_staff,
            SYSTEM,
            username=username,
            display_name=name,
            password=PASSWORD,
            role=role,
            county_code=county,
            department_code=department,
            must_change=must_change,
        )
        return Colleague(made.account_id, username, name, made.totp_secret)

    def code(self, colleague: Colleague) -> str:
        """The one-time code of this moment."""
        return pyotp.TOTP(colleague.secret).at(self.clock.now())

    def form(self, colleague: Colleague, **changed: str) -> dict[str, str]:
        """The sign-in form, right unless something is changed."""
        return {
            "username": colleague.username,
            "password": colleague.password,
            "one_time_code": self.code(colleague),
            **changed,
        }

    def nobody(self) -> Browser:
        """A browser that nobody signed in with."""
        return Browser(self.town.app.test_client(), self.town.app, "")

    def enter(self, colleague: Colleague) -> Browser:
        """The colleague, signed in."""
        browser = self.nobody()
        with self.town.app.app_context():
            browser.session_token = accounts.staff_sign_in(**self.form(colleague), address="127.0.0.1").token
        with browser.client.session_transaction() as cookie:
            cookie["token"], cookie["name"] = browser.session_token, colleague.display_name
        return browser

    def at_desk(self, role: Role, *, county: str | None = None, department: str | None = None) -> Browser:
        """A new member of staff, signed in."""
        return self.enter(self.colleague(role, county=county, department=department))

    def complaint(self, shop: Shop, consumer: Browser, **changed: Any) -> str:
        """The number of a complaint that just came in, because the station refused."""
        member = self.town.member(shop, f"zhan-{shop.unit_id}")
        number = self.town.request(shop, consumer, **changed)
        self.town.act(complaints.refuse, member.actor(), number, text="小票丢了，没有办法退货。")
        return str(self.town.act(complaints.escalate, consumer.actor(), number, IDENTITY).case_no)

    def proposal(self, shop: Shop, proposer: Browser) -> str:
        """The number of a proposal to revoke the shop's certificate, waiting for the unit's statement."""
        made = self.town.act(
            supervision.propose,
            proposer.actor(),
            shop.certificate_no,
            ground=Ground.G07_REFUSES_LIAISON,
            statement="今年以来五次没有答复消费者的和解诉求。",
        )
        return str(made.case_no)


def path_after(answer_location: str) -> str:
    """The path of a redirect."""
    return re.sub(r"^https?://[^/]+", "", answer_location)
