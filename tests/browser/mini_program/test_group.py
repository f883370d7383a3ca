"""A group complaint on two phones: opened and shared, joined with a new request, elected, an offer answered by each for themselves."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from backend.complaints import service as complaints
from backend.complaints.model import Settlement
from backend.complaints.rules import Offer
from backend.group_complaints.model import ComplaintGroup, GroupMember
from backend.infrastructure.database import session
from tests.browser.mini_program.conftest import Phone
from tests.browser.mini_program.fingers import answer, button, press
from tests.browser.mini_program.test_consumer import fill_in
from tests.browser.mini_program.test_pages import check_look
from tests.pages.town import Shop, Town

ABOUT = "十一月在这家店买的电饭煲都不通电，店里一律说要自己寄回厂家。"
_SHOWN_CODE = "document.body.textContent.match(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/)[0]"
FIRST, SECOND = "guke-chen", "guke-lin"


@pytest.fixture
def shop(town: Town) -> Shop:
    return town.shop("瓯越电器")


@pytest.fixture
def at(phone: Phone) -> Callable[[str, str], Page]:
    """A page on somebody's phone."""
    return lambda who, path: phone.open(path, who)


def states(town: Town) -> list[str]:
    """Where each request is, the oldest first."""
    return town.act(lambda: [one.state for one in session().scalars(sa.select(Settlement).order_by(Settlement.id))])  # type: ignore[no-any-return]


def test_from_the_code_to_each_ones_own_answer(town: Town, shop: Shop, at: Callable[[str, str], Page]) -> None:
    number = town.request(shop, town.person(FIRST))
    group = f"/pages/group/index?no={number}"
    page = at(FIRST, f"/pages/case/index?no={number}")
    press(page.get_by_role("link", name="共同投诉：和有同样遭遇的人一起"))
    press(button(page, "发起共同投诉"))
    expect(page.get_by_text("至少写 10 个字。")).to_be_visible()
    page.get_by_label("大家的共同点").fill(ABOUT)
    press(button(page, "发起共同投诉"))
    expect(page.get_by_text("还只有您一个人。")).to_be_visible()
    press(button(page, "发给微信好友"))
    shared = page.evaluate("wx._shared")
    assert shared["title"] == "对瓯越电器的共同投诉，请加入"

    page = at(SECOND, shared["path"])
    press(button(page, "微信登录"))
    expect(page.get_by_text(ABOUT)).to_be_visible()
    check_look(page)
    press(button(page, "提出诉求并加入"))
    expect(page.get_by_text("您这一件就加入共同投诉")).to_be_visible()
    fill_in(page)
    press(button(page, "提交诉求"))
    press(button(page, "看共同投诉"))
    expect(page.get_by_text("2 人共同投诉").first).to_be_visible()
    press(button(page, "推选代表人"))
    page.get_by_text("消费者·").locator("visible=true").first.wait_for()
    press(page.get_by_role("checkbox").nth(0))
    press(button(page, "发给大家同意"))
    expect(page.get_by_text("第 1 件：推选代表人")).to_be_visible()
    second = str(
        town.act(
            lambda: (
                session()
                .scalars(sa.select(GroupMember.settlement_no).order_by(GroupMember.position.desc()).limit(1))
                .one()
            )
        )
    )

    page = at(FIRST, group)
    check_look(page)
    press(button(page, "同意：请您答复：推选代表人"))
    expect(page.get_by_text("您就是代表人。")).to_be_visible()
    member = town.member(shop)
    for one in (number, second):
        town.act(
            complaints.offer, member.actor(), one, kind=Offer.REPLACE, amount_fen=0, text="当场换新。", perform_by=None
        )
    press(button(page, "提请大家答复一件事（代表人）"))
    press(page.get_by_text("不接受联络站的方案", exact=True))
    page.get_by_label("写给大家看的话").fill("换了还会坏，请大家要求退款。")
    check_look(page)
    press(button(page, "发给大家答复"))
    expect(page.get_by_text("请您答复：不接受联络站的方案")).to_be_visible()
    expect(page.get_by_text("当场换新。")).to_be_visible()
    town.act(_change_offer, number)
    press(button(page, "同意：请您答复：不接受联络站的方案"))
    answer(page)
    expect(page.get_by_text("看清现在的方案")).to_be_visible()
    expect(page.get_by_text("改成退一半。")).to_be_visible()
    assert states(town) == ["offered", "offered"], "an offer that was not seen is not answered"
    press(button(page, "同意：请您答复：不接受联络站的方案"))
    answer(page)
    expect(page.get_by_text("请您答复：不接受联络站的方案")).to_have_count(0)
    assert states(town) == ["refused", "offered"]

    page = at(SECOND, f"/pages/group/index?no={second}")
    press(button(page, "不同意：请您答复：不接受联络站的方案"))
    expect(page.get_by_text("您不同意。")).to_be_visible()
    assert states(town) == ["refused", "offered"], "nobody decides for another"
    press(button(page, "退出共同投诉"))
    answer(page)
    expect(page.get_by_text("别人给了您加入码")).to_be_visible()
    left = town.act(lambda: session().scalars(sa.select(GroupMember.left_at).order_by(GroupMember.position)).all())
    assert [one is not None for one in left] == [False, True]


def test_a_representative_asks_all_to_go_to_the_bureau(town: Town, shop: Shop, at: Callable[[str, str], Page]) -> None:
    """By the code typed in, with requests that stand; each gives their identity for themselves."""
    first, second = (town.request(shop, town.person(who)) for who in (FIRST, SECOND))
    page = at(FIRST, f"/pages/group/index?no={first}")
    page.get_by_label("大家的共同点").fill(ABOUT)
    press(button(page, "发起共同投诉"))
    expect(page.get_by_text("还只有您一个人。")).to_be_visible()
    old = page.evaluate(_SHOWN_CODE)
    press(button(page, "换一个加入码，旧的作废"))
    answer(page)
    expect(page.get_by_text(old)).to_have_count(0)
    code = town.act(lambda: session().scalars(sa.select(ComplaintGroup.code)).one())
    assert page.evaluate(_SHOWN_CODE) == f"{code[:4]}-{code[4:8]}-{code[8:]}" != old
    page = at(SECOND, "/pages/cases/index")
    press(button(page, "微信登录"))
    press(page.get_by_role("link", name="别人给了我共同投诉的加入码"))
    page.get_by_label("加入码").fill("7K3Q-X9C2-M4TP")
    press(button(page, "看是哪件共同投诉"))
    expect(page.get_by_text("加入码不对")).to_be_visible()
    page.get_by_label("加入码").fill(code.lower())
    press(button(page, "看是哪件共同投诉"))
    press(button(page, f"用 {second} 加入"))
    press(button(page, "推选代表人"))
    press(page.get_by_role("checkbox").nth(1))
    press(button(page, "发给大家同意"))
    page = at(FIRST, f"/pages/group/index?no={first}")
    press(button(page, "同意：请您答复：推选代表人"))
    expect(page.get_by_text("您已同意由代表人代表。")).to_be_visible()
    member = town.member(shop)
    for number in (first, second):
        town.act(complaints.refuse, member.actor(), number, text="商品已拆封使用，不能退货。")
    page = at(SECOND, f"/pages/group/index?no={second}")
    press(button(page, "提请大家答复一件事（代表人）"))
    press(page.get_by_text("一起转市场监管部门", exact=True))
    page.get_by_label("写给大家看的话").fill("请大家一起去市场监管部门。")
    press(button(page, "发给大家答复"))
    expect(page.get_by_text("请您答复：一起转市场监管部门")).to_be_visible()
    page = at(FIRST, f"/pages/group/index?no={first}")
    press(button(page, "同意：请您答复：一起转市场监管部门"))
    answer(page)
    expect(page.get_by_text("这一项必须填写。")).to_have_count(3)
    page.get_by_label("真实姓名").fill("欧阳菁华")
    page.get_by_label("电话", exact=True).fill("13857712345")
    page.get_by_label("通讯地址").fill("温州市鹿城区信河街 88 号")
    press(button(page, "同意：请您答复：一起转市场监管部门"))
    answer(page)
    expect(page.get_by_text("请您答复：一起转市场监管部门")).to_have_count(0)
    assert states(town) == ["escalated", "refused"]
    page = at(SECOND, f"/pages/group/index?no={second}")
    press(button(page, "不同意：请您答复：一起转市场监管部门"))
    expect(page.get_by_text("您不同意。")).to_be_visible()


def _change_offer(number: str) -> None:
    settlement = session().scalars(sa.select(Settlement).filter_by(case_no=number)).one()
    settlement.offer_text = "改成退一半。"
