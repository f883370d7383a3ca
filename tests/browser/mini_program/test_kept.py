"""Keeping a unit in the mini-program: a tap on its page, the list with how it stands now, the notice when that changes."""

from playwright.sync_api import expect

from backend.access.actor import Role
from backend.certification.rules import Ground
from backend.supervision import service as supervision
from tests.browser.mini_program.conftest import Phone
from tests.browser.mini_program.fingers import button, press
from tests.browser.mini_program.test_consumer import cut_off
from tests.browser.mini_program.test_pages import check_look
from tests.pages.town import Town
from tests.scene import promised


def test_kept_told_and_taken_out(phone: Phone, town: Town) -> None:
    shop = town.shop("五马茶楼")
    page = phone.open(f"/pages/badge/index?number={shop.certificate_no}")
    press(button(page, "收藏，有变动告诉我"))
    button(page, "已收藏，点这里移出").wait_for()
    town.act(supervision.suspend, town.staff(Role.CITY_OFFICER), shop.certificate_no, ground=Ground.G04_FOOD_ACCIDENT)
    promised(town.app)
    page = phone.open("/pages/me/index")
    press(page.get_by_role("link", name="消息"))
    press(page.get_by_text("您收藏的“五马茶楼”现在是：证书暂停"))
    page.get_by_text("发生食品安全事故").wait_for()
    button(page, "已收藏，点这里移出").wait_for()
    page = phone.open("/pages/me/index")
    press(page.get_by_role("link", name="我的收藏"))
    page.get_by_text("五马茶楼").wait_for()
    expect(page.locator(".chip, [class*=chip]").first).to_contain_text("暂停")
    check_look(page)
    with cut_off(page):
        press(button(page, "不再收藏五马茶楼"))
        page.get_by_text("网络不通").wait_for()
    press(button(page, "再试一次"))
    press(button(page, "不再收藏五马茶楼"))
    page.get_by_text("还没有收藏").wait_for()
