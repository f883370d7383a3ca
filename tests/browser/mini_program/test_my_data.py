"""A person's own data on the phone: taken home as a file, put right, and forgotten, with what the law keeps and why."""

import json

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from backend.accounts.model import Account
from backend.complaints import queries as disputes
from backend.complaints import service as complaints
from backend.complaints.model import Complainant
from backend.infrastructure.database import session
from backend.kernel.clock import FixedClock
from tests.browser.mini_program.conftest import Phone
from tests.browser.mini_program.fingers import answer, button, press
from tests.browser.mini_program.test_pages import check_look
from tests.pages.town import IDENTITY, Town

FACTS = "鹊桥路口买的电饭煲三天就不通电，店里说自己寄回厂家。"


@pytest.fixture
def number(town: Town) -> str:
    """A request with an identity that was settled, so that nothing is under way."""
    consumer, shop = town.person("guke-chen"), town.shop("五马茶楼")
    made = town.request(shop, consumer, facts=FACTS, identity=IDENTITY, file_for_me=True)
    town.act(complaints.withdraw_settlement, consumer.actor(), made)
    return made


def test_it_is_taken_home_put_right_and_forgotten(phone: Phone, town: Town, number: str, clock: FixedClock) -> None:
    page = phone.open("/pages/me/index")
    press(button(page, "微信登录"))
    press(page.get_by_role("link", name="我的个人信息"))
    expect(page.get_by_text(IDENTITY.phone)).to_be_visible()
    clock.advance(minutes=11)
    press(button(page, "导出我的信息"))
    expect(page.get_by_text("请先重新登录")).to_be_visible()
    press(button(page, "重新登录"))
    expect(button(page, "重新登录")).to_have_count(0)

    press(button(page, "导出我的信息"))
    press(page.get_by_role("button", name="诉求和投诉"))
    expect(page.get_by_text(FACTS)).to_be_visible()
    press(button(page, "把文件发到微信聊天"))
    name, text = page.evaluate("wx._shared.file.text().then(text => [wx._shared.name, text])")
    assert (name, json.loads(text)["诉求和投诉"][0]["编号"]) == ("我的个人信息.json", number)
    check_look(page)

    press(button(page, f"更正 {number} 的姓名、电话、地址"))
    page.get_by_label("电话", exact=True).fill("1")
    press(button(page, "保存更正"))
    expect(page.get_by_role("alert").first).to_be_visible()
    page.get_by_label("电话", exact=True).fill("13957700000")
    press(button(page, "保存更正"))
    expect(page.get_by_text("13957700000", exact=True)).to_be_visible()
    held = town.act(lambda: session().scalars(sa.select(Complainant)).one().phone)
    assert held == "13957700000"

    press(button(page, "我要注销"))
    press(button(page, "注销账号"))
    expect(page.get_by_text("请填写“注销”两个字。")).to_be_visible()
    page.get_by_label("请填写“注销”两个字").fill("注销")
    press(button(page, "注销账号"))
    answer(page)
    expect(page.get_by_text("账号已注销")).to_be_visible()
    expect(page.get_by_text("您同意或撤回过哪些事项、什么时间")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage)") == []
    assert town.act(lambda: session().scalars(sa.select(Account).filter_by(erased_at=None)).all()) == []
    assert town.act(disputes.by_number, number).facts != FACTS


def test_what_is_under_way_is_named_instead(phone: Phone, town: Town) -> None:
    consumer, shop = town.person("guke-chen"), town.shop("五马茶楼")
    running = town.request(shop, consumer)
    page = phone.open("/pages/my-data/index")
    press(button(page, "微信登录"))
    press(page.get_by_role("link", name=running))
    press(button(page, "撤回诉求"))
    answer(page)
    expect(page.get_by_text("这件事已经办结")).to_be_visible()
    press(page.get_by_role("button", name="返回"))
    expect(button(page, "我要注销")).to_be_visible()
