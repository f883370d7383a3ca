"""Pages by keys alone: the skip link, a focus that is seen, forms that can be filled in and sent."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.city import City, path_of
from tests.browser.places import ADDRESSES
from tests.browser.site import DESK, Site

WITH_MENU = ("home", "register", "badge, valid", "complain", "my case, waiting", "station", "console, complaints")
_SEEN = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  return parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== 'none' || style.boxShadow !== 'none';
}"""


def _open(site: Site, name: str) -> Page:
    who, address = ADDRESSES[name]
    page = site.page(who)
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    page.goto(path_of(address, site.city.names))
    return page


@pytest.mark.parametrize("name", WITH_MENU)
def test_the_first_key_leads_past_the_menu(site: Site, name: str) -> None:
    page = _open(site, name)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    expect(page.get_by_role("link", name="跳到正文")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.locator("main#main")).to_be_focused()
    page.close()


@pytest.mark.parametrize("name", WITH_MENU)
def test_the_focus_is_seen_wherever_it_goes(site: Site, name: str) -> None:
    page = _open(site, name)
    been: set[str] = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        at = str(page.evaluate("(document.activeElement.outerHTML || '').slice(0, 200)"))
        if at.startswith("<body") or (at in been and len(been) > 40):
            break
        been.add(at)
        assert page.evaluate(_SEEN), at
    assert len(been) > 5
    page.close()


def test_control_a_focus_that_is_not_seen_is_found(site: Site) -> None:
    page = _open(site, "home")
    page.keyboard.press("Tab")
    assert page.evaluate(_SEEN)
    page.evaluate("document.activeElement.style.cssText = 'outline: none !important; box-shadow: none !important'")
    assert not page.evaluate(_SEEN)
    page.close()


def test_a_rating_is_given_by_keys_alone(site: Site, city: City) -> None:
    page = site.page("newcomer")
    page.goto(f"/b/{city.names['suspended']}/rate")
    page.get_by_label("5 分，很满意").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("4 分，满意")).to_be_checked()
    while page.evaluate("document.activeElement.name") != "text":
        page.keyboard.press("Tab")
    page.keyboard.type("发货很快")
    while page.evaluate("document.activeElement.type") != "submit":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("评价已收到")
    page.close()


def test_a_refused_form_brings_the_reader_to_its_faults(site: Site, city: City) -> None:
    page = site.page("newcomer")
    page.goto(f"/b/{city.names['suspended']}/complain")
    page.get_by_role("button", name="提交诉求").press("Enter")
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    expect(page.locator(first)).to_be_focused()
    expect(page.locator(first)).to_have_attribute("aria-invalid", "true")
    described = page.locator(first).get_attribute("aria-describedby") or ""
    said = [page.locator(f"#{part}").inner_text() for part in described.split()]
    assert any("错误" in text for text in said)
    page.close()
