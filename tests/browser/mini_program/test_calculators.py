"""The calculators of the mini-program, and the request that a result writes."""

from playwright.sync_api import expect

from tests.browser.mini_program.conftest import Phone
from tests.browser.mini_program.fingers import button, press
from tests.browser.mini_program.test_pages import check_large_text, check_look
from tests.pages.town import Town


def test_a_refund_is_computed_and_written_into_the_request(phone: Phone, town: Town) -> None:
    shop = town.shop("五马茶楼")
    page = phone.open(f"/pages/complain/index?badge={shop.token}")
    page.get_by_label("事情经过").fill("店关门了，卡里还有钱。")
    press(page.get_by_role("link", name="预付款能退多少"))
    press(button(page, "计算"))
    expect(page.get_by_text("请填实际付了多少。")).to_be_visible()
    press(page.get_by_text("储值卡"))
    press(page.get_by_text("不是我的原因"))
    page.get_by_label("实际付了多少（元）").fill("1000")
    page.get_by_label("赠送了多少（元）").fill("200")
    page.get_by_label("已经用掉多少（元）").fill("300")
    press(button(page, "计算"))
    page.get_by_text("应退本金 750 元").wait_for()
    check_look(page)
    press(button(page, "用这个结果写诉求"))
    expect(page.get_by_label("涉及金额（元）")).to_have_value("750.00")
    facts = page.get_by_label("事情经过").input_value()
    assert facts.startswith("店关门了，卡里还有钱。\n我要求退还预付款 750.00 元。"), "what was typed stays"
    assert "法释〔2025〕4号" in facts
    expect(page.get_by_role("checkbox", name="退还货款和服务费用")).to_be_checked()


def test_a_return_is_looked_up_from_the_first_page(phone: Phone) -> None:
    page = phone.open()
    press(page.get_by_role("link", name="能不能退货"))
    press(page.get_by_text("网络、电视、电话、邮购"))
    press(page.get_by_text("打开查验、合理调试过"))
    page.get_by_label("哪天拿到商品").fill("2026-11-20")
    press(button(page, "看能不能退"))
    page.get_by_text("依据：").first.wait_for()
    assert not page.get_by_role("button", name="用这个结果写诉求").count(), "to whom is not known"
    check_look(page)
    check_large_text(page)
