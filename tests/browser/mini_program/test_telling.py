"""What is told to the bureau from the phone, what is taken back, and that nothing is sent twice or with a name where none belongs."""

from typing import Any

import pytest
import sqlalchemy as sa
from playwright.sync_api import Route, expect

from backend.access.actor import Role
from backend.complaints import service as complaints
from backend.complaints.model import Complaint, Settlement
from backend.emergencies.model import EmergencyCase
from backend.follow_up import service as follow_up
from backend.follow_up.model import Reopening
from backend.infrastructure.database import session, unit_of_work
from backend.kernel.clock import FixedClock
from backend.notifications.model import MessageQuota
from backend.ratings.model import Rating
from backend.reports.model import Report
from backend.worker import Worker
from tests.browser.mini_program.conftest import Phone
from tests.browser.mini_program.fingers import press
from tests.browser.mini_program.test_consumer import fill_in
from tests.pages.town import IDENTITY, Shop, Town


@pytest.fixture
def shop(town: Town) -> Shop:
    return town.shop("瓯越电器")


def _rows(town: Town, *columns: Any) -> list[tuple[Any, ...]]:
    """What the database holds in these columns."""
    with town.app.app_context(), unit_of_work(read_only=True):
        return [tuple(row) for row in session().execute(sa.select(*columns)).all()]


def test_a_rating_is_sent_and_taken_back(phone: Phone, town: Town, shop: Shop) -> None:
    page = phone.open(f"/pages/rate/index?badge={shop.token}")
    press(page.get_by_role("radio", name="总的来说 4 分"))
    press(page.get_by_role("radio", name="质量 5 分"))
    press(page.get_by_role("radio", name="价格 1 分"))
    press(page.get_by_role("radio", name="价格 1 分"))
    press(page.get_by_role("button", name="提交评价"))
    expect(page.get_by_text("评价已收到")).to_be_visible()
    assert _rows(town, Rating.stars, Rating.quality, Rating.price) == [(4, 5, None)]
    phone.open("/pages/ratings/index")
    press(page.get_by_role("button", name="撤回"))
    press(page.get_by_role("button", name="确定"))
    expect(page.get_by_text("您已撤回")).to_be_visible()


def test_a_refused_request_goes_to_the_bureau(phone: Phone, town: Town, shop: Shop) -> None:
    number = town.request(shop, town.person("guke-chen"))
    town.act(complaints.refuse, town.member(shop).actor(), number, text="商品已拆封使用，不属于七天无理由退货的范围。")
    page = phone.open(f"/pages/case/index?no={number}")
    press(page.get_by_role("button", name="转市场监管部门"))
    expect(page.get_by_text("这一项必须填写。")).to_have_count(3)
    page.get_by_label("真实姓名").fill(IDENTITY.name)
    page.get_by_label("电话", exact=True).fill(IDENTITY.phone)
    page.get_by_label("通讯地址").fill(IDENTITY.address)
    press(page.get_by_role("button", name="转市场监管部门"))
    expect(page.get_by_text("投诉已经送到市场监管部门，等他们决定是否受理。您现在不用做什么。")).to_be_visible()
    ((complaint_no,),) = _rows(town, Complaint.case_no)
    town.act(complaints.accept_complaint, town.staff(Role.CITY_OFFICER), complaint_no)
    phone.open("/pages/notices/index")
    press(page.get_by_text("投诉已受理"))
    press(page.get_by_role("button", name="同意调解", exact=True))
    expect(page.get_by_text("您同意由市场监管部门调解。想改，可以再点。")).to_be_visible()


def test_a_lost_answer_does_not_make_a_second_request(phone: Phone, town: Town, shop: Shop) -> None:
    page, keys = phone.open(f"/pages/complain/index?badge={shop.token}"), list[str]()

    def lose_the_first(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        if len(keys) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/api/v1/settlements", lose_the_first)
    fill_in(page)
    press(page.get_by_role("button", name="提交诉求"))
    expect(page.get_by_text("已经送到联络站")).to_be_visible()
    assert len(keys) == 2
    assert len(set(keys)) == 1
    assert len(_rows(town, Settlement.id)) == 1


def test_an_ended_session_is_renewed_once(phone: Phone, town: Town, shop: Shop) -> None:
    town.request(shop, town.person("guke-chen"))
    page, sign_ins = phone.open(), list[str]()
    page.on("request", lambda request: sign_ins.append(request.url) if request.url.endswith("/sessions") else None)
    page.get_by_role("button", name="诉求", exact=True).wait_for()
    page.evaluate("wx.setStorageSync('token', 'x'.repeat(43))")
    press(page.get_by_role("button", name="诉求", exact=True))
    expect(page.get_by_text("等待联络站答复")).to_be_visible()
    assert len(sign_ins) == 1


def test_what_is_told_without_a_name_carries_none(phone: Phone, town: Town, shop: Shop) -> None:
    page, told = phone.open("/pages/me/index"), dict[str, dict[str, str]]()
    page.on("request", lambda request: told.update({request.url.rsplit("/", 1)[1]: request.headers}))
    press(page.get_by_role("button", name="微信登录"))
    expect(page.get_by_text("别人看到的就是这个称呼。")).to_be_visible()
    assert "authorization" in told["me"]
    phone.open("/pages/tip-off/index")
    press(page.get_by_role("button", name="提交举报"))
    for said in ("请写举报谁。", "请选择在哪个县（市、区）。", "请选择哪一类问题。", "至少写 10 个字。"):
        expect(page.get_by_text(said, exact=True)).to_be_visible()
    page.get_by_label("举报谁").fill("江滨小吃店")
    page.get_by_label("在哪个县（市、区）").select_option("鹿城区")
    page.get_by_label("哪一类问题").select_option("食品安全")
    page.get_by_label("看到了什么").fill("后厨用过期的调味料，冰箱里有三袋。")
    press(page.get_by_role("button", name="提交举报"))
    expect(page.get_by_text("举报已收到，谢谢您")).to_be_visible()
    phone.open(f"/pages/emergency/index?badge={shop.token}")
    press(page.get_by_role("button", name="马上通知监管人员"))
    for said in ("请选择出了什么事。", "至少写 4 个字。"):
        expect(page.get_by_text(said)).to_be_visible()
    page.get_by_label("出了什么事").select_option("疑似食物中毒")
    page.get_by_label("现在的情况").fill("一桌八个人吃完饭都在吐。")
    press(page.get_by_role("button", name="马上通知监管人员"))
    expect(page.get_by_text("已通知监管人员")).to_be_visible()
    phone.open(f"/pages/not-this-shop/index?badge={shop.token}")
    press(page.get_by_role("button", name="这里是另一家店"))
    expect(page.get_by_text("告诉监管部门了", exact=True)).to_be_visible()
    for name in ("tip-offs", "emergencies", "not-this-shop"):
        assert "authorization" not in told[name], name
    assert len(_rows(town, Report.id)) == len(_rows(town, EmergencyCase.id)) == 1


def test_reminders_are_asked_for_by_a_tap(phone: Phone, town: Town, shop: Shop) -> None:
    page = phone.open(f"/pages/complain/index?badge={shop.token}")
    fill_in(page)
    press(page.get_by_role("button", name="提交诉求"))
    press(page.get_by_role("button", name="有进展时用微信提醒我"))
    expect(page.get_by_text("记下了：下一次有进展，微信会提醒您一次。")).to_be_visible()
    assert sorted(_rows(town, MessageQuota.template, MessageQuota.remaining)) == [("case", 1), ("deadline", 1)]


@pytest.fixture
def closed_a_week_ago(town: Town, shop: Shop, clock: FixedClock) -> str:
    """The number of a request that the consumer called performed."""
    consumer = town.person("guke-chen")
    number = town.offered(shop, town.member(shop), consumer)
    town.agreed(consumer, number)
    town.act(complaints.confirm_performed, consumer.actor(), number)
    clock.advance(days=7)
    return number


def test_what_was_not_solved_is_opened_again(phone: Phone, town: Town, closed_a_week_ago: str) -> None:
    with town.app.app_context():
        follow_up.sweep()
    page = phone.open(f"/pages/case/index?no={closed_a_week_ago}")
    press(page.get_by_role("button", name="没有解决"))
    page.get_by_label("哪里没有解决").fill("说好三天内退款，到现在没有收到，电话也不接。")
    press(page.get_by_role("button", name="申请重新办理"))
    expect(page.get_by_text("重新办理：")).to_be_visible()
    assert len(_rows(town, Reopening.id)) == 1


def test_where_the_answer_alone_opens_it_again_nothing_more_is_asked(
    phone: Phone, town: Town, closed_a_week_ago: str
) -> None:
    """The week's draw chose this request for a call-back, and the answer contradicts what was said at the close."""
    Worker(town.app).run(once=True)
    page = phone.open(f"/pages/case/index?no={closed_a_week_ago}")
    press(page.get_by_role("button", name="没有解决"))
    expect(page.get_by_text("重新办理：")).to_be_visible()
    expect(page.get_by_role("button", name="申请重新办理")).to_have_count(0)
    assert len(_rows(town, Reopening.id)) == 1
