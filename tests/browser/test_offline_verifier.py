"""The downloaded page verifies without a network, and says the same as the site."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from backend.credentials import service as credentials
from backend.credentials import verifying
from backend.credentials.verifying import Outcome
from backend.infrastructure.rate_limit import limiter
from tests.browser.site import Site
from tests.conftest import PRESENT


@pytest.fixture
def kept(site: Site, phone: Callable[..., BrowserContext], tmp_path: Path) -> Page:
    """The page, opened from a folder on a phone without a network."""
    app = site.city.town.app
    with app.app_context():
        credentials.give_places()
    limiter.reset()
    file = tmp_path / "核验.html"
    file.write_bytes(app.test_client().get("/verify/offline").data)
    context = phone()
    context.set_offline(True)
    page = context.new_page()
    page.clock.set_fixed_time(_in_three_days(site))
    page.goto(file.as_uri())
    return page


def _in_three_days(site: Site) -> datetime:
    now: datetime = site.city.town.app.extensions["fangxin"].clock.now()
    return now + timedelta(days=3)


def fetched(site: Site, path: str) -> str:
    limiter.reset()
    answer = site.city.town.app.test_client().get(path)
    assert answer.status_code == 200, path
    return answer.text


def token(site: Site, certificate: str) -> str:
    return fetched(site, f"/units/{certificate}/credential")


def changed(text: str, at: int) -> str:
    """One letter is another."""
    return text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]


def test_it_says_what_the_site_says(kept: Page, site: Site) -> None:
    names, soon = site.city.names, _in_three_days(site)
    good = token(site, names["certificate"])
    header, payload, signature = good.split(".")
    tries = [
        *(
            (one, soon)
            for one in (good, token(site, names["suspended_no"]), token(site, names["revoked_no"]), "放心", "")
        ),
        *((changed(good, at), soon) for at in (5, len(header) + 2, len(header) + 90, len(good) - 40, len(good) - 1)),
        (f"{header}.{payload}.{signature}.", soon),
        (fetched(site, "/credentials/status/revocation/1"), soon),
        (good, PRESENT + timedelta(days=2000)),
        (good, PRESENT - timedelta(days=2000)),
    ]
    document = json.loads(fetched(site, "/.well-known/did.json"))
    lists = [fetched(site, f"/credentials/status/{purpose}/1") for purpose in ("revocation", "suspension")]
    result, seen = kept.locator("#result"), set()
    for pasted, at in tries:
        expected = verifying.judge(pasted, document, lists, at).outcome
        kept.clock.set_fixed_time(at)
        kept.get_by_label("或者粘贴凭证内容").fill(pasted)
        kept.get_by_role("button", name="核验").click()
        expect(result).to_have_class(expected.value)
        expect(result.get_by_role("heading")).to_have_text(expected.zh)
        seen.add(expected)
    assert seen == set(Outcome) - {Outcome.STRANGER, Outcome.UNCHECKED}


def test_it_tells_how_old_its_lists_are(kept: Page, site: Site) -> None:
    kept.get_by_label("或者粘贴凭证内容").fill(token(site, site.city.names["certificate"]))
    kept.get_by_role("button", name="核验").click()
    expect(kept.locator("#result")).to_contain_text("已有3 天")


def test_a_file_can_be_chosen(kept: Page, site: Site, tmp_path: Path) -> None:
    file = tmp_path / "证书.jwt"
    file.write_text(token(site, site.city.names["certificate"]))
    kept.get_by_label("凭证文件").set_input_files(file)
    kept.get_by_role("button", name="核验").click()
    expect(kept.locator("#result")).to_have_class(Outcome.GENUINE.value)
