"""Phones on which the mini-program runs: the program's own files in Chromium, against the application on both databases."""

import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Page

from backend.kernel.clock import FixedClock
from tests.browser.serving import address_of, served, settings_behind
from tests.browser.site import PHONE
from tests.lending import Applications
from tests.pages.town import Town
from wechat_double.server import Double


class Templates:
    """The program's templates as the first phone compiled them: the same files need not be compiled for every test."""

    def __init__(self) -> None:
        self._made = ""

    def hand_to(self, context: BrowserContext) -> None:
        """Phones of this context start with what was made, if it was."""
        if self._made:
            context.add_init_script(f"globalThis.madeTemplates = {json.dumps(self._made)}")

    def keep_from(self, page: Page) -> None:
        """Wait for the first phone's."""
        if not self._made:
            self._made = page.wait_for_function("globalThis.madeTemplates").json_value()


@dataclass
class Phone:
    """Somebody's phone; `page` is its screen."""

    page: Page
    address: str
    templates: Templates

    def open(self, path: str = "", who: str = "guke-chen", **phone: str) -> Page:
        """Start the program, at a page when one is named, such as "/pages/badge/index?scene=…".

        phone   what WeChat is like on it: privacy (ask, refused, undeclared), text (its text size, such as 1.4)
        """
        self.page.goto(f"{self.address}/mp/?{urlencode({'who': who, **phone, **({'path': path} if path else {})})}")
        self.templates.keep_from(self.page)
        return self.page


@pytest.fixture(scope="package")
def templates() -> Templates:
    return Templates()


@pytest.fixture(scope="package")
def door() -> Iterator[socket.socket]:
    """Where the application is found by every phone: at one address, so that one application serves all tests."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        yield door


@pytest.fixture
def served_town(
    applications: Applications,
    door: socket.socket,
    database_url: str,
    data_dir: Path,
    double: Double,
    clock: FixedClock,
) -> Iterator[tuple[Town, str]]:
    settings = settings_behind(door, database_url, data_dir, double.base_url)
    with applications.lent(settings, clock) as app, served(app, door):
        yield Town(app, double), address_of(door)


@pytest.fixture
def town(served_town: tuple[Town, str]) -> Town:
    return served_town[0]


@pytest.fixture
def phone(
    chromium: Chromium, served_town: tuple[Town, str], clock: FixedClock, database_kind: str, templates: Templates
) -> Iterator[Phone]:
    """A phone, driven by mouse on SQLite and by touch on PostgreSQL: neither depends on the other, and each pair costs as much again.

    Whatever the program or the harness complains of fails the test.
    """
    touch, problems = database_kind == "postgresql", list[str]()
    context = chromium.new_context(
        viewport=PHONE,  # type: ignore[arg-type]
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        has_touch=touch,
        is_mobile=touch,
        permissions=["geolocation"],
        geolocation={"latitude": 28.0135, "longitude": 120.6722},
    )
    context.set_default_timeout(8_000)
    context.clock.set_fixed_time(clock.now())  # the phone and the server have one day
    templates.hand_to(context)
    page = context.new_page()
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "console",
        lambda said: (
            problems.append(said.text)
            if said.type in {"error", "warning"} and "Failed to load resource" not in said.text
            else None
        ),
    )
    yield Phone(page, served_town[1], templates)
    context.close()
    assert not problems, problems
