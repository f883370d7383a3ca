"""What belongs to the phone: WeChat's privacy gate, refused and then agreed to, and how large the text is."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.mini_program.conftest import Phone
from tests.browser.mini_program.fingers import answer, button, press
from tests.browser.mini_program.test_pages import check_large_text, check_look
from tests.pages.town import Town

_TEXT_PX = "parseFloat(getComputedStyle(document.querySelector('section:not([hidden]) wx-page')).fontSize)"


def _refusal(page: Page) -> object:
    """What a private interface fails with."""
    return page.evaluate("wx.getLocation({}).catch(error => [error.errno, error.errMsg])")


def test_the_gate_is_refused_and_then_agreed_to(phone: Phone, town: Town) -> None:
    shop = town.shop("五马茶楼", lng=120.6725, lat=28.0135)
    page = phone.open("/pages/nearby/index", privacy="ask")
    page.get_by_text("就这 1 家").wait_for()
    press(button(page, "按离我的距离排"))
    sheet = page.get_by_role("dialog", name="隐私保护提示")
    expect(sheet.locator(".use").first).to_contain_text("您的位置")
    check_look(page)
    check_large_text(page)
    expect(button(page, "同意")).to_be_in_viewport(ratio=1)
    press(sheet.get_by_role("link", name="看《放心消费在温州小程序隐私保护指引》"))
    answer(page, "关闭")
    press(button(page, "不同意"))
    page.get_by_text("没有用您的位置").wait_for()
    expect(sheet).to_have_count(0)
    press(button(page, "按离我的距离排"))
    page.get_by_text("没有用您的位置").wait_for()
    expect(sheet).to_have_count(0)
    assert _refusal(page) == [104, "getLocation:fail privacy permission is not authorized"], "a refusal is remembered"
    press(page.get_by_text("五马茶楼"))
    page.get_by_text("证书有效").first.wait_for()

    page = phone.open(f"/pages/complain/index?badge={shop.token}", privacy="ask")
    press(button(page, "＋ 照片"))
    page.get_by_text("不传照片也能提交").wait_for()
    page = phone.open("/pages/me/index", privacy="ask")
    page.get_by_text("您选了不同意").wait_for()

    page = phone.open("/pages/nearby/index", privacy="ask")
    press(button(page, "按离我的距离排"))
    press(button(page, "再看隐私说明"))
    press(button(page, "同意"))
    page.get_by_text("由近到远排").wait_for()
    page = phone.open("/pages/me/index", privacy="ask")
    page.get_by_text("您已经同意").wait_for()


def test_what_is_not_copied_is_shown(phone: Phone) -> None:
    """The page that cannot copy says what to write down, and copies once its user agrees."""
    page = phone.open("/pages/badge/index?badge=none", privacy="ask")
    page.get_by_text("不是我们发的码").wait_for()
    page.evaluate("getCurrentPages()[0].copy({ currentTarget: { dataset: { text: 'https://example.cn' } } }) && 0")
    press(button(page, "不同意"))
    expect(page.get_by_role("dialog")).to_contain_text("https://example.cn")
    answer(page, "再问我")
    press(button(page, "同意"))
    page.get_by_text("内容已复制").wait_for()
    assert page.evaluate("wx._clipboard") == "https://example.cn"


@pytest.mark.parametrize("state", ["refused", "undeclared"])
def test_where_wechat_itself_keeps_the_gate_shut(phone: Phone, town: Town, state: str) -> None:
    shop = town.shop("五马茶楼")
    page = phone.open("/pages/nearby/index", privacy=state)
    page.get_by_text("就这 1 家").wait_for()
    press(button(page, "按离我的距离排"))
    page.get_by_text({"refused": "没有用您的位置", "undeclared": "手机没有定到位"}[state]).wait_for()
    phone.open(f"/pages/complain/index?badge={shop.token}", privacy=state)
    press(button(page, "＋ 照片"))
    page.get_by_text({"refused": "没有打开照片", "undeclared": "现在打不开，请稍后再试"}[state]).wait_for()


def test_large_text_is_chosen_and_kept(phone: Phone) -> None:
    page = phone.open("/pages/me/index")
    page.get_by_text("大字版").wait_for()
    usual = page.evaluate(_TEXT_PX)
    page.get_by_role("switch", name="大字版").check()
    assert page.evaluate(_TEXT_PX) == pytest.approx(1.4 * usual)
    press(page.get_by_role("button", name="首页"))
    page.get_by_text("这家店放心吗").wait_for()
    assert page.evaluate(_TEXT_PX) == pytest.approx(1.4 * usual), "on every page, and after the program was closed"
    page = phone.open("/pages/home/index")
    page.get_by_text("这家店放心吗").wait_for()
    assert page.evaluate(_TEXT_PX) == pytest.approx(1.4 * usual)


def test_large_text_follows_wechat_until_it_is_chosen(phone: Phone) -> None:
    page = phone.open("/pages/me/index", text="1.2")
    expect(page.get_by_role("switch", name="大字版")).to_be_checked()
    large = page.evaluate(_TEXT_PX)
    page.get_by_role("switch", name="大字版").uncheck()
    assert page.evaluate(_TEXT_PX) == pytest.approx(large / 1.2)


def test_the_first_screen_of_a_scan_takes_one_request(phone: Phone, town: Town) -> None:
    """The scan. Whether the unit is kept and what the council warns of is asked beside it, and missed by nobody when it does not come."""
    shop, later = town.shop("五马茶楼"), list[str]()
    page = phone.open("/pages/me/index")
    press(button(page, "微信登录"))
    page.get_by_text("别人看到的就是这个称呼").wait_for()

    def lose(route: Route) -> None:
        later.append(route.request.url.partition("/api/v1/")[2].partition("?")[0])
        route.abort()

    page.route(re.compile(r"/api/v1/(?!scans)"), lose)
    page = phone.open(f"/pages/badge/index?badge={shop.token}")
    page.get_by_text("证书有效").first.wait_for()
    page.wait_for_load_state("networkidle")
    assert set(later) == {f"me/kept-units/{shop.certificate_no}", "consumer-warnings"}


def test_what_is_cut_off_in_large_text_is_found(phone: Phone) -> None:
    """The control of test_pages: a line that may not break."""
    page = phone.open("/pages/home/index")
    page.get_by_text("这家店放心吗").wait_for()
    check_large_text(page)
    page.add_style_tag(content="wx-view { white-space: nowrap }")
    with pytest.raises(AssertionError):
        check_large_text(page)
