"""A browser (Debian's Chromium) before the real application; one city for all tests of this folder."""

import socket
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, sync_playwright

from backend.kernel.clock import FixedClock
from scripts.debian import chromium_program, missing_packages
from tests.browser.building import build
from tests.browser.city import City
from tests.browser.serving import address_of, served, settings_behind
from tests.browser.site import Site
from tests.conftest import PRESENT
from tests.console.office import Office
from tests.databases import Databases
from tests.lending import Applications
from tests.pages.town import Town
from wechat_double.server import Double

_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Chromium]:
    """Debian's Chromium without a window."""
    missing = {"chromium-headless-shell", "libatomic1"} & set(missing_packages())
    program = chromium_program()
    if missing or program is None:
        pytest.skip(f"not on this machine: apt-get install {' '.join(sorted(missing))}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(_FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def site(chromium: Chromium, databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The application at an address, with its city. Only SQLite: what a browser sees does not depend on the database."""
    folder, clock = tmp_path_factory.mktemp("browser"), FixedClock(PRESENT)
    with (
        Double() as double,
        databases.fresh("sqlite", folder) as url,
        socket.create_server(("127.0.0.1", 0)) as door,
        Applications().lent(settings_behind(door, url, folder / "data", double.base_url), clock) as app,
        served(app, door),
    ):
        town = Town(app, double)
        made = Site(chromium, address_of(door), build(town, Office(town, clock)))
        yield made
        made.close()


@pytest.fixture(scope="package")
def city(site: Site) -> City:
    return site.city


@pytest.fixture
def phone(site: Site) -> Iterator[Callable[..., BrowserContext]]:
    """Makes fresh phones: `phone("member", javascript=False)`; without a name, nobody has signed in yet."""
    made: list[BrowserContext] = []

    def make(who: str = "nobody", *, javascript: bool = True) -> BrowserContext:
        made.append(site.context(who, javascript=javascript))
        return made[-1]

    yield make
    for context in made:
        context.close()
