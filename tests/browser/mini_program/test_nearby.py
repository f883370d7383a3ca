"""Finding certified units in the mini-program: words, choices, a map, and distance; where the phone is, is asked for at a tap alone."""

import json
import math
import re

import pytest
from playwright.sync_api import Page, Request, expect

from backend.merchants.rules import DUTIES, Category, Commitment
from tests.browser.mini_program.conftest import Phone
from tests.browser.mini_program.fingers import button, press
from tests.browser.mini_program.test_consumer import cut_off
from tests.browser.mini_program.test_pages import check_look
from tests.pages.town import Town

#: Where the phone of these tests is, as its page may tell it.
HERE = {"lng_e3": 120672, "lat_e3": 28014}
MANY = 24


@pytest.fixture
def street(town: Town) -> None:
    """More units than a page holds, going east from 180 m west of the phone; one of them at home."""
    promises = (*((duty, None) for duty in DUTIES), (Commitment.NO_REASON_RETURN, 7))
    town.shop("江心海鲜", category=Category.RESTAURANT, commitments=promises, lng=120.701, lat=28.0135)
    for number in range(MANY):
        town.shop(f"瓯越{number:02}号店", lng=120.6702 + 0.002 * number, lat=28.0135)
    town.shop("小林网店", category=Category.ONLINE_SHOP, uscc="92330302MA2ABCDE73")


def _names(page: Page) -> list[str]:
    return page.locator("wx-view[role=link] .strong").locator("visible=true").all_text_contents()


def _pins(page: Page) -> dict[str, tuple[float, float]]:
    """Marker → where on the map its point is."""
    boxes = {pin.get_attribute("aria-label"): pin.bounding_box() for pin in page.locator("wx-map button").all()}
    return {str(name): (box["x"] + box["width"] / 2, box["y"] + box["height"]) for name, box in boxes.items() if box}


def test_finding_by_words_choices_and_distance(phone: Phone, town: Town, street: None) -> None:
    sent: list[Request] = []
    phone.page.on("request", lambda one: sent.append(one))  # noqa: PLW0108 - the browser library marks what it calls
    page = phone.open()
    press(button(page, "找附近的放心店"))
    page.get_by_text("瓯越00号店").wait_for()
    assert len(_names(page)) == 20
    page.mouse.wheel(0, 20_000)
    expect(page.get_by_text(f"就这 {MANY + 2} 家")).to_be_visible()
    assert len(set(_names(page))) == MANY + 2
    assert not [one for one in sent if "sessions" in one.url or "lng_e3" in f"{one.url}{one.post_data}"]
    page.get_by_label("承诺").select_option("线下无理由退货")
    page.get_by_text("就这 1 家").wait_for()
    assert _names(page) == ["江心海鲜"]
    page.get_by_label("承诺").select_option("不限承诺")
    page.get_by_label("类别").select_option("网店")
    page.get_by_text("就这 1 家").wait_for()
    assert _names(page) == ["小林网店"]
    page.get_by_label("类别").select_option("全部类别")
    page.get_by_label("店名或地址").fill("没有这家店")
    press(button(page, "查找"))
    page.get_by_text("没有找到").wait_for()
    page.get_by_label("店名或地址").fill("")
    press(button(page, "按离我的距离排"))
    page.get_by_text("100 米以内").first.wait_for()
    (asked,) = [json.loads(one.post_data or "") for one in sent if one.url.endswith("/nearby-units")]
    assert {name: asked[name] for name in HERE} == HERE, "to a thousandth of a degree, although the phone knows more"
    assert _names(page)[:2] == ["瓯越01号店", "瓯越00号店"]
    page.get_by_label("距离").select_option("1 公里以内")
    page.get_by_text("就这 6 家").wait_for()
    check_look(page)
    press(page.get_by_text("瓯越00号店"))
    page.get_by_text("证书有效").first.wait_for()
    press(page.get_by_role("button", name="返回"))
    press(button(page, "不再用我的位置"))
    expect(page.get_by_label("距离")).to_have_count(0)
    stored = page.evaluate("JSON.stringify([localStorage, sessionStorage])")
    assert not re.search(r"120\.?6", stored), "kept nowhere on the phone"


def test_a_map_has_every_unit_at_its_place(phone: Phone, town: Town) -> None:
    places = {"东店": (120.69, 28.01), "西店": (120.65, 28.01), "北店": (120.67, 28.04)}
    for name, (lng, lat) in places.items():
        town.shop(name, lng=lng, lat=lat)
    town.shop("小林网店", category=Category.ONLINE_SHOP, uscc="92330302MA2ABCDE73")
    page = phone.open("/pages/nearby/index")
    press(button(page, "在地图上看"))
    page.get_by_text("图上有 3 家；另外 1 家没有公开位置").wait_for()
    expect(page.locator("wx-map button")).to_have_count(len(places))
    pins = _pins(page)
    assert set(pins) == set(places)
    (east, south), (west, _), (middle, north) = pins["东店"], pins["西店"], pins["北店"]
    assert middle == pytest.approx((east + west) / 2, abs=1)
    stretched = math.asinh(math.tan(math.radians(28.04))) - math.asinh(math.tan(math.radians(28.01)))
    assert (south - north) / (east - west) == pytest.approx(math.degrees(stretched) / 0.04, rel=0.02)
    check_look(page)
    press(page.get_by_role("button", name="北店"))
    press(page.locator("wx-view[role=link]").get_by_text("北店"))
    page.get_by_text("证书有效").first.wait_for()


def test_without_leave_or_network_it_says_what_to_do(phone: Phone, town: Town) -> None:
    for number in range(MANY):
        town.shop(f"瓯越{number:02}号店")
    page = phone.open("/pages/nearby/index")
    page.get_by_text("瓯越00号店").wait_for()
    page.context.clear_permissions()
    press(button(page, "按离我的距离排"))
    page.get_by_text("没有得到您的位置").wait_for()
    assert len(_names(page)) == 20, "what stood there stands"
    check_look(page)
    press(button(page, "打开设置"))
    assert page.evaluate("wx._settings") == 1
    with cut_off(page):
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.get_by_text("网络不通").wait_for()
        assert len(_names(page)) == 20
        press(button(page, "查找"))
        page.get_by_text("网络不通").wait_for()
        assert _names(page) == []
    press(button(page, "再试一次"))
    page.get_by_text("瓯越00号店").wait_for()
