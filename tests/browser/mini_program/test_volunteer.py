"""A volunteer's way through the mini-program: from the draw over the scan in the shop to the form, and stepping back."""

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, Route, expect

from backend.access.actor import Role
from backend.experience_reviews import service as reviews
from backend.experience_reviews.model import Visit
from backend.infrastructure.database import session
from backend.merchants.rules import Category
from tests.browser.mini_program.conftest import Phone
from tests.browser.mini_program.fingers import button, press
from tests.browser.mini_program.test_consumer import agree, cut_off
from tests.pages.town import Shop, Town

VOLUNTEER = "zhiyuan-zhao"
CHECKLIST = ["价格标得清楚", "店里能看到联络站电话", "愿意开发票"]
REMARK = "货架上有三件没有价签。"


def the_visit(town: Town) -> Visit:
    """The only visit, as it is now."""
    return town.act(lambda: session().scalars(sa.select(Visit)).one())  # type: ignore[no-any-return]


def drawn(town: Town) -> str:
    """The number of a visit that the council drew for the volunteer, to the only shop."""
    council = town.staff(Role.COUNCIL)
    town.volunteer(VOLUNTEER)
    words = {"title": "商场超市明码标价体验", "category": Category.SHOP, "sample_size": 1, "checklist": CHECKLIST}
    campaign = town.act(reviews.create, council, **words)
    town.act(reviews.draw, council, campaign.number)
    return the_visit(town).number


@pytest.fixture
def shop(town: Town) -> Shop:
    return town.shop("瓯越电器")


@pytest.fixture
def visit(town: Town, shop: Shop) -> str:
    return drawn(town)


def scan(phone: Phone, token: str) -> None:
    """Scan a badge on the visit's page."""
    press(phone.page.get_by_role("button", name="我到店了，扫放心码"))
    phone.page.get_by_label("二维码内容").fill(f"{phone.address}/b/{token}")
    press(phone.page.get_by_role("button", name="确定"))


def point(page: Page, position: int, words: str) -> None:
    """Answer a point of the form."""
    press(page.get_by_role("radiogroup", name=CHECKLIST[position]).get_by_text(words, exact=True))


def fill_in(page: Page) -> None:
    """The form as one fills it in the shop; sent by whoever calls."""
    for position, words in enumerate(["做到了", "没有做到", "没遇到，不好说"]):
        point(page, position, words)
    page.get_by_label("还想说的话").fill(REMARK)


def started(phone: Phone, visit: str, shop: Shop) -> Page:
    """The visit's page once the badge was scanned."""
    page = phone.open(f"/pages/visit/index?no={visit}", VOLUNTEER)
    scan(phone, shop.token)
    page.get_by_text("请填体验表").wait_for()
    return page


def test_from_the_draw_to_the_form_without_network(phone: Phone, town: Town, shop: Shop, visit: str) -> None:
    page = phone.open("/pages/me/index", VOLUNTEER)
    press(page.get_by_role("button", name="微信登录"))
    press(page.get_by_text("我的体验任务"))
    for words in ("等您去（1 家）", "还剩 14 天", "鹿城区五马街 1 号"):
        expect(page.get_by_text(words)).to_be_visible()
    press(page.get_by_text("瓯越电器"))
    scan(phone, shop.token)
    expect(page.get_by_text("还剩 3 天").filter(visible=True).first).to_be_visible()
    assert the_visit(town).state == "started"
    with cut_off(page):
        fill_in(page)
        press(page.get_by_role("button", name="提交体验表"))
        agree(page)
        expect(page.get_by_text("网络不通，没有送到")).to_be_visible()
    assert the_visit(town).state == "started"
    press(page.get_by_role("button", name="再提交一次"))
    expect(page.get_by_text("体验表已经提交，不能再修改。")).to_be_visible()
    handed_in = the_visit(town)
    assert (handed_in.state, handed_in.answers, handed_in.remark) == ("submitted", ["pass", "fail", "na"], REMARK)
    phone.open(f"/pages/visit/index?no={visit}", VOLUNTEER)
    expect(page.get_by_text(REMARK)).to_be_visible()
    for control in ("radio", "textbox"):
        expect(page.get_by_role(control)).to_have_count(0)


def test_what_was_typed_is_there_again(phone: Phone, visit: str, shop: Shop) -> None:
    page = started(phone, visit, shop)
    fill_in(page)
    phone.open(f"/pages/visit/index?no={visit}", VOLUNTEER)
    expect(page.get_by_label("还想说的话")).to_have_value(REMARK)
    expect(page.get_by_role("radio", checked=True)).to_have_count(3)


def test_a_started_visit_opens_without_network(phone: Phone, town: Town, visit: str, shop: Shop) -> None:
    page = started(phone, visit, shop)
    phone.open("/pages/me/index", VOLUNTEER)
    press(page.get_by_text("我的体验任务"))
    page.get_by_text("已到店，待提交").wait_for()
    with cut_off(page):
        page.evaluate("wx.reLaunch({ url: '/pages/me/index' })")
        press(page.get_by_text("我的体验任务"))
        press(page.get_by_text("瓯越电器"))
        fill_in(page)
    press(page.get_by_role("button", name="提交体验表"))
    agree(page)
    expect(page.get_by_text("体验表已经提交，不能再修改。")).to_be_visible()
    assert the_visit(town).remark == REMARK


def test_a_lost_answer_is_not_handed_in_twice(phone: Phone, town: Town, visit: str, shop: Shop) -> None:
    page, answers = started(phone, visit, shop), list[tuple[str, int]]()

    def lose_two(route: Route) -> None:
        answers.append((route.request.headers["idempotency-key"], route.fetch().status))
        if len(answers) <= 2:
            route.abort()
        else:
            route.continue_()

    page.route("**/api/v1/visits/*/submit", lose_two)
    fill_in(page)
    press(page.get_by_role("button", name="提交体验表"))
    agree(page)
    press(page.get_by_role("button", name="再提交一次"))
    expect(page.get_by_text("体验表已经提交，不能再修改。")).to_be_visible()
    assert len({key for key, _ in answers}) == 1
    assert [status for _, status in answers] == [200, 200, 200]
    assert the_visit(town).state == "submitted"


def test_a_form_with_gaps_is_not_sent(phone: Phone, town: Town, visit: str, shop: Shop) -> None:
    page = started(phone, visit, shop)
    point(page, 0, "做到了")
    press(page.get_by_role("button", name="提交体验表"))
    expect(page.get_by_text("还有 2 项没有选。")).to_be_visible()
    expect(page.get_by_text("请选一项。")).to_have_count(2)
    assert the_visit(town).state == "started"


def test_another_shops_badge_does_not_start_the_visit(phone: Phone, town: Town, visit: str) -> None:
    other = town.shop("江心海鲜")
    page = phone.open(f"/pages/visit/index?no={visit}", VOLUNTEER)
    scan(phone, other.token)
    expect(page.get_by_text("您扫的不是这次要体验的单位")).to_be_visible()
    assert the_visit(town).state == "assigned"


def test_stepping_back_for_a_conflict(phone: Phone, town: Town, visit: str) -> None:
    page = phone.open(f"/pages/visit/index?no={visit}", VOLUNTEER)
    press(page.get_by_role("button", name="我要回避，不去这家"))
    agree(page)
    expect(page.get_by_text("您已经回避，这家店不用去了。")).to_be_visible()
    assert the_visit(town).state == "conflicted"


def test_a_consumer_sees_no_way_to_visits(phone: Phone, town: Town, visit: str) -> None:
    page = phone.open("/pages/me/index")
    press(page.get_by_role("button", name="微信登录"))
    expect(page.get_by_text("我的评价")).to_be_visible()
    expect(page.get_by_text("我的体验任务")).to_have_count(0)


def test_several_visits_are_ordered_by_the_straight_line_and_shown_on_the_map(phone: Phone, town: Town) -> None:
    """The phone stands at 120.6722, 28.0135; its place is not sent."""
    for name, lng, lat in (("远处商店", 120.80, 28.01), ("对门商店", 120.6725, 28.0137), ("隔壁街商店", 120.66, 28.01)):
        town.shop(name, lng=lng, lat=lat)
    council = town.staff(Role.COUNCIL)
    town.volunteer(VOLUNTEER)
    words = {"title": "商场超市明码标价体验", "category": Category.SHOP, "sample_size": 3, "checklist": CHECKLIST}
    town.act(reviews.draw, council, town.act(reviews.create, council, **words).number)
    page = phone.open("/pages/visits/index", VOLUNTEER)
    press(button(page, "按离我的距离排"))
    expect(page.get_by_text("按直线距离算，不是走路、坐车的路程")).to_be_visible()
    order = page.get_by_role("link").filter(has_text="商店").all_inner_texts()
    assert [text.split()[0] for text in order] == ["对门商店", "隔壁街商店", "远处商店"]
    assert [next(line for line in text.splitlines() if line.startswith("直线")) for text in order] == [
        "直线 100 米以内",
        "直线约 1.3 公里",
        "直线约 12.6 公里",
    ]
    press(button(page, "在地图里看隔壁街商店"))
    assert page.evaluate("wx._opened") == {
        "latitude": 28.01, "longitude": 120.66, "name": "隔壁街商店", "address": "鹿城区五马街 3 号", "scale": 16,
    }  # fmt: skip
    press(button(page, "按期限排"))
    expect(page.get_by_text("直线约")).to_have_count(0)


def test_a_scan_from_the_first_page_leads_to_the_visit(phone: Phone, town: Town, shop: Shop, visit: str) -> None:
    """Of the unit that waits for the volunteer, and not of another one; the scan that led there counts as the arrival."""
    other = town.shop("鹿城书店", station="南塘联络站")
    page = phone.open("/pages/me/index", VOLUNTEER)
    press(button(page, "微信登录"))
    page.get_by_text("我的体验任务").wait_for()
    for token, shown in ((other.token, "证书有效"), (shop.token, f"任务编号 {visit}")):
        page = phone.open("/pages/home/index", VOLUNTEER)
        press(button(page, "扫店里的放心码"))
        page.get_by_label("二维码内容").fill(f"{phone.address}/b/{token}")
        press(button(page, "确定"))
        page.get_by_text(shown).locator("visible=true").first.wait_for()
    press(button(page, "我到店了，用刚才扫的码"))
    page.get_by_text("请填体验表").wait_for()
    assert the_visit(town).state == "started"
