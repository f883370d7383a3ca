"""Every page of the mini-program, by day and by night: no rule of accessibility broken, nothing wider than the phone, targets large enough.

Night and 大字版 come over the page that stands already: only its styles depend on them, and another start would cost as much as the first.
"""

import pytest
from playwright.sync_api import Page

from scripts.pictures import ADDRESSES, pages
from tests.applications.making import applied, ends_soon
from tests.browser.looking import broken_rules
from tests.browser.mini_program.conftest import Phone
from tests.browser.mini_program.test_volunteer import VOLUNTEER, drawn
from tests.pages.town import Town

#: Whose phone shows it, by how the page's name begins; the others are a consumer's.
_WHO = {"station": "zhan-wang", "visits": VOLUNTEER, "visit": VOLUNTEER}
_SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_SMALL = """() => [...document.querySelectorAll('wx-button, wx-input, wx-textarea, wx-picker, [role=button]')]
  .filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 43.5)
  .map(one => `${one.tagName} ${one.textContent.trim().slice(0, 20)} ${one.getBoundingClientRect().height}`)"""


#: As utils/large-text.js draws its largest, on a small phone.
_LARGE = "document.querySelector('section:not([hidden]) wx-page').style.setProperty('--scale', '1.4')"
_SMALL_PHONE = {"width": 375, "height": 667}
_CUT_OFF = """() => [...document.querySelectorAll('wx-button, wx-view, .picked')]
  .filter(one => one.checkVisibility() && (one.scrollWidth > one.clientWidth + 1 || (one.tagName === 'WX-BUTTON' && one.scrollHeight > one.clientHeight + 1)))
  .filter(one => !one.matches('.bar-track, .cover') && getComputedStyle(one).display !== 'inline')
  .map(one => `${one.className} ${one.textContent.trim().slice(0, 30)} ${one.scrollWidth} in ${one.clientWidth}`)"""


def check_large_text(page: Page) -> None:
    """大字版 on a small phone: nothing sideways, nothing cut off."""
    page.set_viewport_size(_SMALL_PHONE)  # type: ignore[arg-type]
    page.evaluate(_LARGE)
    assert page.evaluate(_CUT_OFF) == []
    assert page.evaluate(_SIDEWAYS) <= 0


def check_look(page: Page) -> None:
    """What everybody can read and touch: no rule of accessibility broken, nothing sideways, targets of 44 px."""
    page.evaluate("scrollTo(0, 0)")  # nothing half under the bar at the top
    assert broken_rules(page) == []
    assert page.evaluate(_SIDEWAYS) <= 0
    assert page.evaluate(_SMALL) == []


@pytest.mark.databases_alike
@pytest.mark.parametrize("name", pages())
def test_a_page_can_be_read_and_touched(phone: Phone, town: Town, name: str) -> None:
    shop = town.shop("五马茶楼")
    number = town.offered(shop, town.member(shop), town.person("guke-chen"))
    asked = town.request(shop, town.person("guke-lin"))
    phone.page.emulate_media(color_scheme="light")
    visit = drawn(town) if name.startswith("visit") else ""
    application = applied(town, ends_soon(town, "瓯越电器")) if name == "station-application" else ""
    query = ADDRESSES.get(name, "").format(
        token=shop.token,
        number=number,
        asked=asked,
        certificate=shop.certificate_no,
        visit=visit,
        application=application,
    )
    page = phone.open(f"/pages/{name}/index?{query}", _WHO.get(name.split("-", maxsplit=1)[0], "guke-chen"))
    page.locator("wx-page, #pages section").first.wait_for()
    page.wait_for_load_state("networkidle")
    check_look(page)
    page.emulate_media(color_scheme="dark")
    check_look(page)
    page.emulate_media(color_scheme="light")
    check_large_text(page)
