"""Units by distance on the web pages: asked for at a press, rounded on the phone, and never in an address."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Request

from tests.browser.city import City
from tests.browser.looking import look
from tests.browser.test_in_shop import AT_SHOP

Phones = Callable[..., BrowserContext]


def test_the_place_is_sent_at_a_press_and_rounded(phone: Phones, city: City) -> None:
    context = phone()
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"longitude": AT_SHOP[0], "latitude": AT_SHOP[1], "accuracy": 20})
    page, sent = context.new_page(), list[Request]()
    page.on("request", lambda request: sent.append(request))  # noqa: PLW0108 - the browser library marks what it calls
    page.goto("/units")
    page.get_by_role("link", name="按离我的距离找").click()
    page.get_by_label("距离").select_option("3 公里以内")
    page.get_by_role("button", name="取我的位置").click()
    page.get_by_text("离您由近到远").wait_for()
    (asked,) = [request.post_data or "" for request in sent if request.method == "POST"]
    assert "lng_e3=120660&lat_e3=28010" in asked, "in the coordinates of the register, to a thousandth of a degree"
    assert not [request.url for request in sent if "1206" in request.url or "120.6" in request.url]
    assert "100 米以内" in page.locator("article.unit-card").first.inner_text()
    found = look(page)
    assert {**found.broken, "small": found.small, "cut": found.cut} == {"phone": [], "desk": [], "small": [], "cut": []}
    assert max(found.sideways.values()) <= 0


def test_without_leave_it_says_what_else_there_is(phone: Phones, city: City) -> None:
    page = phone().new_page()
    page.goto("/units/nearby")
    page.get_by_role("button", name="取我的位置").click()
    page.get_by_text("您没有允许取位置").wait_for()
    page.get_by_role("link", name="在名录里按县（市、区）查").click()
    page.get_by_role("heading", name="放心消费单位名录").wait_for()
