"""Renewal on a station's phones: saved as it is typed, without a network too, by two at a time; then the objection and its answer."""

from pathlib import Path

from playwright.sync_api import expect

from backend.access.policy import Action
from backend.applications import queries
from tests.applications.desk import USCC
from tests.applications.making import applied, colleague, ends_soon, fill_in, objected
from tests.browser.mini_program.conftest import Phone
from tests.browser.mini_program.fingers import KEPT, answer, button, choose, press, see
from tests.browser.mini_program.test_consumer import cut_off
from tests.pages.town import Shop, Town

PLACE = {"unit": "/pages/station-unit/index?number={}", "case": "/pages/station-application/index?no={}"}


def stated(town: Town, shop: Shop, number: str) -> str:
    """What the server has of the form's words."""
    found = town.act(queries.application, colleague(shop), Action.APPLICATION_READ, number)
    return str(found.form["statement"])


def photos_of(town: Town, shop: Shop, number: str) -> list[str]:
    """What the photos show that the server has."""
    case = town.act(queries.application, colleague(shop), Action.APPLICATION_READ, number)
    return [one.kind.value for one in town.act(queries.photos, case)]


def test_typed_kept_and_chosen(phone: Phone, town: Town, tmp_path: Path) -> None:
    shop = ends_soon(town, "瓯越电器")
    town.member(shop, "zhan-wang")
    page = phone.open(PLACE["unit"].format(shop.certificate_no), who="zhan-wang")
    press(button(page, "申请认定、续期"))
    press(button(page, "申请续期"))
    text = page.get_by_label("做法和成效")
    expect(page.get_by_label("统一社会信用代码")).to_have_value(USCC)
    text.fill("诉求当天答复。")
    page.get_by_text("已保存").wait_for()
    number = page.get_by_text("RD2026").locator("visible=true").inner_text()
    assert stated(town, shop, number) == "诉求当天答复。"
    with page.expect_response(lambda one: one.status == 201):
        choose(page, tmp_path / "wrong.jpg", "red", 1)
    press(button(page, "去掉第 1 张照片"))
    expect(button(page, "去掉第 1 张照片")).to_have_count(0)
    with page.expect_response(lambda one: one.status == 201):  # it is sent before the network goes
        choose(page, tmp_path / "licence.jpg", "blue")
    expect(button(page, "＋ 照片")).to_have_count(1)
    with cut_off(page):
        text.fill("诉求当天答复，全部和解。")
        page.get_by_text("没有网络，先存在这部手机上").wait_for()
        fill_in(town, shop, number, "同事写的：每季度培训一次员工，诉求当天答复，没有一件超期。")
    phone.open(PLACE["case"].format(number), who="zhan-wang")
    page.get_by_text("这份申请在别的手机上改过", exact=True).wait_for()
    expect(page.get_by_label("做法和成效")).to_have_value("诉求当天答复，全部和解。")
    press(button(page, "用另一部手机上的"))
    expect(page.get_by_label("做法和成效")).to_have_value("同事写的：每季度培训一次员工，诉求当天答复，没有一件超期。")
    press(button(page, "换成没有选的那一份"))
    page.get_by_text("已保存").wait_for()
    assert stated(town, shop, number) == "诉求当天答复，全部和解。"
    press(button(page, "换成没有选的那一份"))
    page.get_by_text("现在 100 分").wait_for()
    expect(button(page, "去掉第 1 张照片")).to_be_visible()  # what was sent before is there after starting again
    with cut_off(page):
        choose(page, tmp_path / "front.jpg", "green")
        page.get_by_text("没有网络，照片先存在这部手机上").wait_for()
        choose(page, tmp_path / "shelf.jpg", "white")
        expect(page.get_by_role("button", name="看第 2 张照片")).to_be_visible()
        page.wait_for_function(f"{KEPT}.length === 2")
    assert photos_of(town, shop, number) == ["licence"]
    page.evaluate(f"localStorage.removeItem({KEPT}[1])")  # a phone that needs its room
    with page.expect_response(lambda one: one.status == 201):
        phone.open(PLACE["case"].format(number), who="zhan-wang")
    page.get_by_role("alert").filter(has_text="有 1 张没有送出，手机已经把它清掉了，请重新选").wait_for()
    expect(button(page, "去掉第 1 张照片")).to_have_count(2)
    page.wait_for_function(f"{KEPT}.length === 0")
    assert photos_of(town, shop, number) == ["licence", "premises"]
    press(button(page, "提交申请"))
    page.get_by_text("请先确认。").wait_for()
    press(page.get_by_role("switch", name="所填内容属实"))
    press(button(page, "提交申请"))
    answer(page)
    page.get_by_text("已提交，等待初审").wait_for()
    expect(page.get_by_label("做法和成效")).to_have_count(0)
    for filled in (USCC, "100 分", "同事写的：每季度培训一次员工"):
        expect(page.get_by_text(filled)).to_be_visible()
    expect(page.get_by_role("button", name="看第 1 张照片")).to_have_count(2)
    assert photos_of(town, shop, number) == ["licence", "premises"]
    assert stated(town, shop, number).startswith("同事写的")


def test_what_is_missing_is_said_and_an_objection_answered(phone: Phone, town: Town) -> None:
    shop = ends_soon(town, "瓯越电器")
    town.member(shop, "zhan-wang")
    number = applied(town, shop)
    page = phone.open(PLACE["case"].format(number), who="zhan-wang")
    press(page.get_by_role("switch", name="所填内容属实"))
    press(button(page, "提交申请"))
    answer(page)
    see(page.get_by_text("请选择开业日期。"))  # the first of those that the server refused
    page.get_by_text("自查还有 14 项没有选。").wait_for()
    other = ends_soon(town, "瓯越手机")
    objected(town, applied(town, other, "public_notice"))
    page = phone.open("/pages/notices/index", who="zhan-wang")
    press(page.get_by_text("有人对“瓯越手机”的公示提出异议"))
    page.get_by_text("十月份拒绝履行退货承诺").wait_for()
    page.get_by_label("答复这件异议").fill("当天已经退款，退款记录在店里。")
    press(button(page, "返回"))
    press(page.get_by_text("有人对“瓯越手机”的公示提出异议"))
    press(button(page, "提交答复"))
    answer(page)
    page.get_by_text("您的答复：当天已经退款").wait_for()
    for step in ("提交", "初审完成", "复核通过，推荐公示", "开始公示"):
        expect(page.get_by_text(step, exact=True).locator("visible=true")).to_be_visible()
