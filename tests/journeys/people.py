"""Everybody whom a dispute can meet, who sign in again whenever the clock has moved."""

from collections.abc import Callable
from datetime import datetime

from backend.access.actor import Role
from backend.kernel.clock import FixedClock
from tests.calling import Caller
from tests.console.office import Colleague, Office
from tests.pages.town import Browser, Shop
from tests.scene import Callers


class People:
    """Consumers, members of one shop's station, and one member of staff of each kind."""

    def __init__(self, callers: Callers, office: Office, shop: Shop, clock: FixedClock) -> None:
        self.callers, self.office, self.shop, self.clock = callers, office, shop, clock
        self._colleagues: dict[tuple[Role, str | None], Colleague] = {}
        self._here: dict[object, tuple[datetime, Browser]] = {}
        self._consumers = 0
        for name in ("zhan-yi", "zhan-er"):
            callers.member(shop, name)

    def new_consumer(self) -> str:
        """The name of somebody who has no dispute yet."""
        self._consumers += 1
        return f"gu-ke-{self._consumers}"

    def person(self, name: str) -> Caller:
        """A consumer or a member of the station, signed in now."""
        return self.callers.of(self._signed_in(name, lambda: self.office.town.person(name)))

    def staff(self, role: Role = Role.COUNTY_OFFICER, of: str | None = None) -> Caller:
        """A member of staff, signed in now. of: county or department"""
        return self.callers.of(self.desk(role, of))

    def desk(self, role: Role = Role.COUNTY_OFFICER, of: str | None = None) -> Browser:
        """The same at the console."""
        if (role, of) not in self._colleagues:
            where = {"department" if role is Role.DEPARTMENT else "county": of}
            self._colleagues[role, of] = self.office.colleague(role, **where)
        colleague = self._colleagues[role, of]
        return self._signed_in((role, of), lambda: self.office.enter(colleague))

    def _signed_in(self, who: object, enter: Callable[[], Browser]) -> Browser:
        held = self._here.get(who)
        if held is None or held[0] != self.clock.now():
            held = self._here[who] = (self.clock.now(), enter())
        return held[1]
