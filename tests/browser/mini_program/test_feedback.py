"""Feedback in the mini-program: written without network and sent later, answered, and read from the notice; or without a name."""

import re

from backend.access.actor import Role
from backend.feedback import queries, service
from tests.browser.mini_program.conftest import Phone
from tests.browser.mini_program.fingers import button, press
from tests.browser.mini_program.test_consumer import cut_off
from tests.browser.mini_program.test_pages import check_look
from tests.pages.town import Town


def test_said_answered_and_said_without_a_name(phone: Phone, town: Town) -> None:
    page, operator = phone.open("/pages/me/index"), town.staff(Role.OPERATOR)
    press(button(page, "微信登录"))
    press(page.get_by_role("link", name="投诉建议"))
    press(page.get_by_text("看不懂", exact=True))
    page.get_by_label("具体内容").fill("“期限暂停计算”是什么意思？")
    with cut_off(page):
        press(button(page, "提交"))
        page.get_by_text("网络不通，没有送到").wait_for()
    page = phone.open("/pages/feedback/index")  # the program was closed in between
    press(button(page, "提交"))
    page.get_by_text("有了答复，“消息”里会告诉您。").wait_for()
    page.get_by_text("还没有答复，有了会告诉您。").wait_for()
    (said,) = town.act(lambda: [(one.number, one.text) for one in queries.waiting(operator)])
    assert said[1] == "“期限暂停计算”是什么意思？"
    town.act(service.answer, operator, said[0], text="是等检测结果的意思。")
    page = phone.open("/pages/notices/index")
    press(page.get_by_text("您对本程序提的意见"))
    page.get_by_text("是等检测结果的意思。").wait_for()
    check_look(page)
    press(page.get_by_text("表扬", exact=True))
    page.get_by_label("具体内容").fill("扫码很快。")
    press(page.get_by_role("switch", name="匿名提交"))
    press(button(page, "提交"))
    told = page.get_by_text("查询码只显示这一次").inner_text()
    number, code = re.findall(r"编号 (\S+?)，查询码 (\S+?)。", told)[0]
    assert town.act(lambda: [one.account_id for one in queries.waiting(operator)]) == [None]
    town.act(service.answer, operator, number, text="谢谢您。")
    page = phone.open("/pages/progress/index")
    page.get_by_label("编号").fill(number)
    page.get_by_label("查询码").fill(code)
    press(button(page, "查询"))
    page.get_by_text("谢谢您。").wait_for()
    check_look(page)
