"""A warning in the mini-program: told to who keeps such a shop, on the home page, on the badge page of a shop that it is for, in the list."""

from datetime import timedelta

from playwright.sync_api import expect

from backend.access.actor import Role
from backend.consumer_warnings import service as warnings
from backend.favourites import service as favourites
from backend.kernel.clock import FixedClock, local_date
from backend.merchants.rules import Category
from tests.browser.mini_program.conftest import Phone
from tests.browser.mini_program.fingers import button, press
from tests.browser.mini_program.test_consumer import cut_off
from tests.browser.mini_program.test_pages import check_look
from tests.pages.town import Town
from tests.scene import promised

TITLE = "梭子蟹以次充好，点单前写明产地"


def test_a_warning_reaches_whom_it_is_for(phone: Phone, town: Town, clock: FixedClock) -> None:
    tea, shop = town.shop("五马茶楼", category=Category.RESTAURANT), town.shop("瓯越电器")
    council, today = town.staff(Role.COUNCIL), local_date(clock.now())
    town.act(favourites.keep, town.person("guke-chen").actor(), tea.certificate_no)
    said = {
        "text": "点单前请店家写明产地和重量，当面过秤。",
        "counties": ["330302"],
        "categories": [Category.RESTAURANT],
    }
    days = {"from_on": today, "until_on": today + timedelta(days=9)}
    number = town.act(warnings.publish, council, title=TITLE, **said, **days).number
    promised(town.app)
    page, asked = phone.open(f"/pages/badge/index?badge={shop.token}"), list[int]()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_text("消保委对本地同类商家的提醒")).to_have_count(0)
    page = phone.open(f"/pages/badge/index?badge={tea.token}")
    page.get_by_text("不是说这家店有问题。").wait_for()
    check_look(page)
    press(page.get_by_role("link", name=TITLE))
    page.get_by_text("当面过秤").wait_for()
    with cut_off(page):
        page.evaluate("wx.reLaunch({ url: '/pages/home/index' })")
        page.evaluate(f"wx.navigateTo({{ url: '/pages/warnings/index?no={number}' }})")
        page.get_by_text("当面过秤").locator("visible=true").wait_for()
    page.on("response", lambda answer: asked.append(answer.status) if "/consumer-warnings" in answer.url else None)
    page = phone.open(f"/pages/badge/index?badge={tea.token}")
    page.get_by_text("不是说这家店有问题。").wait_for()
    assert asked == [304], "what the phone holds is not sent again"
    page = phone.open("/pages/me/index")
    press(button(page, "微信登录"))
    press(page.get_by_role("link", name="消息"))
    press(page.get_by_text("消保委发布了消费警示"))
    page.get_by_text("当面过秤").wait_for()
    page = phone.open()
    press(page.get_by_role("link", name=TITLE))
    page.get_by_text("当面过秤").wait_for()
    town.act(warnings.withdraw, council, number, why="店家已经整改。")
    press(button(page, "看全部消费警示"))
    page.get_by_text("已撤回").wait_for()
    check_look(page)
