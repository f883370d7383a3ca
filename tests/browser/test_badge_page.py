"""What a tourist's phone shows after a scan: light, in one request, without script, with what to do always in sight."""

import itertools
import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.city import City
from tests.browser.site import PHONE, Site

MOST_BYTES = 50_000
STANDINGS = {
    "valid": ("证书有效", "rgb(15, 107, 60)"),
    "rectify": ("正在整改", "rgb(255, 207, 74)"),
    "suspended": ("证书暂停", "rgb(143, 67, 0)"),
    "revoked": ("证书已撤销", "rgb(166, 27, 27)"),
    "voided": ("这块牌已作废", "rgb(109, 31, 63)"),
}
Phone = Callable[..., BrowserContext]


@pytest.mark.parametrize("standing", [*STANDINGS, "not ours"])
def test_the_page_is_one_light_request(phone: Phone, city: City, standing: str) -> None:
    page = phone().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    answer = page.goto(f"/b/{city.names.get(standing, '1.7K3QX9C2M4TP.AbC_dEf-12')}", wait_until="networkidle")
    assert answer is not None
    assert len(answer.body()) <= MOST_BYTES
    assert [url for url in asked if not url.startswith("data:")] == [page.url]
    assert page.context.cookies() == []


def test_control_another_page_is_many_requests(phone: Phone) -> None:
    page = phone().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/about-mark", wait_until="networkidle")
    assert len(asked) > 3


@pytest.mark.parametrize("standing", STANDINGS)
def test_the_standing_comes_first_in_words_shape_and_colour(phone: Phone, city: City, standing: str) -> None:
    words, colour = STANDINGS[standing]
    page = phone(javascript=False).new_page()
    page.goto(f"/b/{city.names[standing]}")
    banner = page.locator("main > :first-child")
    expect(banner.get_by_role("heading", level=1)).to_contain_text(words)
    expect(banner).to_have_css("background-color", colour)
    expect(banner.locator("svg.icon-shape")).to_be_visible()
    expect(banner.locator("[lang=en]")).to_be_visible()


def test_each_standing_has_its_own_shape_and_colour(phone: Phone, city: City) -> None:
    page = phone().new_page()
    shapes = set()
    for standing in STANDINGS:
        page.goto(f"/b/{city.names[standing]}")
        shapes.add(page.locator("main > :first-child svg").inner_html())
    assert len(shapes) == len({colour for _, colour in STANDINGS.values()}) == len(STANDINGS)


def test_a_standing_that_is_not_plain_says_since_when_and_why(phone: Phone, city: City) -> None:
    page = phone().new_page()
    for standing, reason in (("rectify", "复核时不再符合"), ("suspended", "受到行政处罚"), ("revoked", "不答复")):
        page.goto(f"/b/{city.names[standing]}")
        banner = page.locator("main > :first-child")
        expect(banner).to_contain_text(reason)
        expect(banner).to_contain_text("2026年11月27日起")


def test_the_page_tells_who_it_is_what_was_promised_how_it_is_rated_and_how_disputes_ended(
    phone: Phone, city: City
) -> None:
    page = phone(javascript=False).new_page()
    page.goto(f"/b/{city.names['valid']}")
    text = page.locator("main").inner_text()
    order = (
        "证书有效",
        "瓯越电器",
        "鹿城区五马街 1 号",
        "店面照片",
        "4 条公示中的",
        "这家店的承诺",
        "6 人评价",
        "分数是怎么算的",
        "谢谢大家的意见",
        "投诉处理",
        "收到诉求",
        "监管公示",
        "退款已经改为当天办理",
        "看名录里的完整记录",
    )
    places = [text.index(words) for words in order]
    assert places == sorted(places)


@pytest.mark.parametrize("standing", [*STANDINGS, "not ours"])
def test_what_to_do_and_the_promise_are_in_sight_at_once(phone: Phone, city: City, standing: str) -> None:
    page = phone(javascript=False).new_page()
    page.goto(f"/b/{city.names.get(standing, '1.7K3QX9C2M4TP.AbC_dEf-12')}")
    expect(page.get_by_text("绝不要求付款")).to_be_in_viewport(ratio=1)
    bar = page.locator("nav.actions a")
    assert bar.count() == 3
    for link in bar.all():
        expect(link).to_be_in_viewport(ratio=1)
    expect(bar.last).to_have_attribute("href", "tel:12315")
    expect(bar.last).to_have_text("直接向 12315 投诉")


def test_what_to_do_stays_in_sight_while_one_reads(phone: Phone, city: City) -> None:
    page = phone().new_page()
    page.goto(f"/b/{city.names['valid']}")
    for _ in range(10):
        page.mouse.wheel(0, 600)
        for link in page.locator("nav.actions a").all():
            expect(link).to_be_in_viewport(ratio=1)
    expect(page.locator("footer p").last).to_be_in_viewport(ratio=1)


def test_the_bar_covers_nothing_that_has_the_focus(phone: Phone, city: City) -> None:
    """WCAG 2.2, 2.4.11. The page keeps the bar's height free when it scrolls to a link."""
    page = phone().new_page()
    page.goto(f"/b/{city.names['valid']}")
    links = page.locator("main a, footer a")
    for _ in range(links.count() + 1):
        page.keyboard.press("Tab")
        assert page.evaluate("""() => {
          const one = document.activeElement, box = one.getBoundingClientRect();
          const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
          return one === top || one.contains(top);
        }"""), page.evaluate("document.activeElement.outerHTML")


def test_on_a_low_screen_the_bar_takes_no_room(site: Site, city: City) -> None:
    """A phone held sideways, or a page enlarged to 200 %: what to do stands below the standing instead."""
    page = site.context().new_page()
    page.set_viewport_size({"width": PHONE["height"], "height": PHONE["width"]})
    page.goto(f"/b/{city.names['valid']}")
    expect(page.locator("nav.actions")).to_have_css("position", "static")
    page.context.close()


def test_on_paper_the_standing_is_black_on_white_and_says_when_it_was_looked_up(phone: Phone, city: City) -> None:
    page = phone().new_page()
    page.goto(f"/b/{city.names['revoked']}")
    page.emulate_media(media="print")
    banner = page.locator("main > :first-child")
    expect(banner).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(banner).to_have_css("border-top-style", "solid")
    expect(banner.get_by_role("heading", level=1)).to_have_css("color", "rgb(0, 0, 0)")
    expect(page.locator("nav.actions")).to_be_hidden()
    expect(page.get_by_text("查询日期 2026年11月27日")).to_be_visible()


def test_the_photo_travels_in_the_page(phone: Phone, city: City) -> None:
    page = phone(javascript=False).new_page()
    page.goto(f"/b/{city.names['valid']}")
    photo = page.get_by_role("img", name="店面照片")
    photo.scroll_into_view_if_needed()
    assert photo.evaluate("one => one.complete && one.naturalWidth") > 90
    assert (photo.get_attribute("src") or "").startswith("data:image/jpeg;base64,")


def test_every_section_has_a_heading_in_order_and_a_language(phone: Phone, city: City) -> None:
    """How a screen reader walks: one first heading, no level skipped, landmarks with names, English said in English."""
    page = phone().new_page()
    page.goto(f"/b/{city.names['rectify']}")
    levels = page.locator("h1, h2, h3").evaluate_all("all => all.map(one => +one.tagName[1])")
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    assert (
        page.locator("main section").evaluate_all(
            "all => all.filter(one => !one.getAttribute('aria-label') && !document.getElementById(one.getAttribute('aria-labelledby')))"
        )
        == []
    )
    english = page.locator("main [lang=en]").all_inner_texts()
    for words in ("Under rectification", "never asks you to pay", "Is this the shop", "Not this shop", "To complain"):
        assert any(words in line for line in english), words
    strays = page.evaluate("""() => {
      const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT), found = [];
      while (walker.nextNode()) {
        const text = walker.currentNode;
        if (/[A-Za-z]{4,} [A-Za-z]{3,}/.test(text.data) && text.parentElement.closest('[lang]').lang !== 'en') found.push(text.data);
      }
      return found;
    }""")
    assert strays == []


def _data(page: Page) -> Any:
    return json.loads(page.locator("script[type='application/ld+json']").text_content() or "")


def test_programs_read_what_people_read(phone: Phone, city: City) -> None:
    page = phone().new_page()
    for standing, status, kind in (("rectify", "Active", "Restaurant"), ("revoked", "Inactive", "Store")):
        page.goto(f"/b/{city.names[standing]}")
        data = _data(page)
        assert (data["@context"], data["@type"]) == ("https://schema.org", kind)
        assert data["name"] == page.locator(".shop-name").inner_text()
        certification = data["hasCertification"]
        assert certification["certificationStatus"] == f"https://schema.org/Certification{status}"
        assert certification["certificationIdentification"] in page.locator("main").inner_text()
    page.goto(f"/b/{city.names['valid']}")
    rating = _data(page)["aggregateRating"]
    assert rating["ratingCount"] == 6


def test_a_voided_plate_says_since_when_why_and_how_the_certificate_stands(phone: Phone, city: City) -> None:
    page = phone(javascript=False).new_page()
    page.goto(f"/b/{city.names['voided']}")
    banner = page.locator("main > :first-child")
    expect(banner).to_contain_text("这块牌被人翻拍、仿冒")
    expect(banner).to_contain_text("2026年11月27日起")
    expect(page.locator("main")).to_contain_text("这家单位现在的证书：")
    expect(page.locator(".shop .chip")).to_have_text("有效")


@pytest.mark.parametrize("width", [320, 360, 768])
def test_a_long_name_and_a_large_system_font_break_nothing(site: Site, city: City, width: int) -> None:
    page = site.context().new_page()
    page.set_viewport_size({"width": width, "height": 780})
    page.goto(f"/b/{city.names['valid']}")
    page.evaluate("""() => {
      document.documentElement.style.fontSize = '200%';
      for (const one of document.querySelectorAll('.shop-name, h1, .shop-address span')) one.textContent = '温州市鹿城区五马街道老字号瓯越海鲜大排档有限责任公司解放路第一分店';
    }""")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.context.close()
