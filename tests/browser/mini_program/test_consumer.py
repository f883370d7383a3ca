"""A consumer's ways through the mini-program, from the scan to the end of a dispute, and what goes wrong on the way."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from backend.complaints.model import Settlement
from backend.infrastructure.database import session
from backend.ratings.model import Rating
from tests.browser.mini_program.conftest import Phone
from tests.browser.mini_program.fingers import KEPT, TWICE, button, choose, press, see
from tests.pages.town import Shop, Town

FACTS = "买的电饭煲用了三天就不通电，店里说要自己寄回厂家修。"


@pytest.fixture
def shop(town: Town) -> Shop:
    return town.shop("五马茶楼")


def fill_in(page: Page) -> None:
    """A complaint as one types it; sent by whoever calls."""
    page.get_by_label("哪方面的问题").select_option("质量")
    press(page.get_by_text("退货", exact=True))
    page.get_by_label("涉及金额（元）").fill("128.50")
    page.get_by_label("事情经过").fill(FACTS)


def settlements(town: Town) -> list[Settlement]:
    """All requests, the oldest first."""
    return town.act(lambda: list(session().scalars(sa.select(Settlement).order_by(Settlement.id))))  # type: ignore[no-any-return]


def agree(page: Page) -> None:
    """Say yes to what the program asks once more."""
    press(page.get_by_role("dialog").get_by_role("button", name="确定"))


@contextmanager
def cut_off(page: Page) -> Iterator[None]:
    """No network, until the block ends."""
    page.context.set_offline(True)
    try:
        yield
    finally:
        page.context.set_offline(False)


def test_scan_complain_and_follow(phone: Phone, town: Town, shop: Shop) -> None:
    page = phone.open()
    press(page.get_by_role("button", name="扫店里的放心码"))
    page.get_by_label("二维码内容").fill(f"{phone.address}/b/{shop.token}")
    press(page.get_by_role("button", name="确定"))
    page.get_by_text("证书有效").first.wait_for()
    press(page.get_by_role("button", name="我要投诉"))
    fill_in(page)
    press(page.get_by_role("button", name="提交诉求"))
    page.get_by_text("已经送到联络站").wait_for()
    (made,) = settlements(town)
    assert (made.facts, made.amount_fen, made.wanted, made.unit_id) == (FACTS, 12850, ["return"], shop.unit_id)
    consents = (made.consent_publish, made.consent_delegate, made.file_for_me)
    assert consents == (False, False, False), "off until they are given"
    press(page.get_by_role("button", name="看这件诉求"))
    page.get_by_text(made.case_no).filter(visible=True).first.wait_for()
    press(page.get_by_role("button", name="撤回诉求"))
    agree(page)
    page.get_by_text("这件事已经办结").wait_for()
    assert settlements(town)[0].state == "withdrawn"


def test_a_shop_found_by_its_name_takes_a_request(phone: Phone, town: Town, shop: Shop) -> None:
    """Who is at home with what they bought has no badge to scan; a calculator's result comes into the request all the same."""
    page = phone.open()
    page.get_by_placeholder("店名、地址或编号").fill("五马茶楼")
    press(page.get_by_role("button", name="查询"))
    press(page.get_by_text("五马茶楼").locator("visible=true").first)
    press(page.get_by_role("button", name="我要投诉"))
    press(page.get_by_role("link", name="能不能退货"))
    press(page.get_by_text("网络、电视、电话、邮购"))
    press(page.get_by_text("打开查验、合理调试过"))
    page.get_by_label("哪天拿到商品").fill("2026-11-20")
    press(page.get_by_role("button", name="看能不能退"))
    press(page.get_by_role("button", name="用这个结果写诉求"))
    expect(page.get_by_role("checkbox", name="退货")).to_be_checked()
    press(page.get_by_role("button", name="提交诉求"))
    page.get_by_text("已经送到联络站").wait_for()
    (made,) = settlements(town)
    assert (made.wanted, made.unit_id, made.plate_id) == (["return"], shop.unit_id, None)
    assert made.facts.startswith("我要求退货退款。")


def test_an_offer_is_accepted_and_confirmed(phone: Phone, town: Town, shop: Shop) -> None:
    consumer, member = town.person("guke-chen"), town.member(shop)
    number = town.offered(shop, member, consumer)
    page = phone.open("/pages/cases/index")
    press(page.get_by_role("button", name=re.compile("登录")))
    press(page.get_by_text(number).first)
    page.get_by_text("带小票来店里，当场退款。").wait_for()
    press(page.get_by_role("button", name="接受方案"))
    press(page.get_by_role("button", name="确认已经做到"))
    agree(page)
    page.get_by_text("这件事已经办结").wait_for()
    assert settlements(town)[0].state == "performed"


def test_an_offer_that_changed_is_refused_in_words(phone: Phone, town: Town, shop: Shop) -> None:
    """A 409: what the server says stands on the screen, and nothing was accepted."""
    consumer, member = town.person("guke-chen"), town.member(shop)
    number = town.offered(shop, member, consumer)
    page = phone.open(f"/pages/case/index?no={number}")
    page.get_by_role("button", name="接受方案").wait_for()
    town.act(lambda: setattr(session().scalars(sa.select(Settlement)).one(), "offer_text", "改成退一半。"))
    press(page.get_by_role("button", name="接受方案"))
    page.get_by_role("alert").first.wait_for()
    assert settlements(town)[0].state == "offered"


@pytest.mark.parametrize("way", ["badge", "scene", "q"])
def test_every_way_to_a_badge(phone: Phone, shop: Shop, way: str) -> None:
    value = {"badge": shop.token, "scene": shop.token, "q": f"https%3A%2F%2Fexample%2Fb%2F{shop.token}"}[way]
    if way == "q":
        value = f"{phone.address}/b/{shop.token}".replace(":", "%3A").replace("/", "%2F")
    page = phone.open(f"/pages/badge/index?{way}={value}")
    page.get_by_text("证书有效").first.wait_for()
    expect(page).to_have_title("五马茶楼")


@pytest.mark.parametrize("more", ["", "-01"])
def test_a_number_that_is_typed_opens_its_unit(phone: Phone, shop: Shop, more: str) -> None:
    """As it stands on the certificate, or on a plate."""
    page = phone.open()
    page.get_by_placeholder("店名、地址或编号").fill(shop.certificate_no.lower() + more)
    press(page.get_by_role("button", name="查询"))
    page.get_by_text("证书有效").first.wait_for()
    expect(page).to_have_title("五马茶楼")


def test_a_code_that_is_not_ours_is_said_so(phone: Phone, town: Town) -> None:
    page = phone.open("/pages/badge/index?badge=1.AAAAAAAAAAAA.AAAAAAAAAA")
    page.get_by_text("不是我们发的码").wait_for()


def test_stars_words_and_a_photo_become_a_rating(phone: Phone, town: Town, shop: Shop, tmp_path: Path) -> None:
    page = phone.open(f"/pages/badge/index?badge={shop.token}")
    press(page.get_by_role("button", name="写评价"))
    press(page.get_by_role("radiogroup").first.get_by_role("radio").nth(3))
    page.get_by_label("说说经过").fill("老板很耐心，退货也爽快。")
    choose(page, tmp_path / "dish.jpg", "green")
    page.wait_for_function(f"{KEPT}.length === 1")
    page.route("**/photos", lambda upload: upload.abort())
    press(page.get_by_role("button", name="提交评价"))
    page.get_by_text("评价已收到").wait_for()
    page.get_by_text("还有 1 张照片没有传上去").wait_for()
    (rating,) = town.act(lambda: list(session().scalars(sa.select(Rating))))
    assert rating.stars == 4
    page.unroute("**/photos")
    phone.open("/pages/ratings/index")  # closed before it went through: it waits beside the rating
    press(button(page, "上传照片"))
    press(page.get_by_role("button", name=re.compile("看第 1 张照片，")))
    page.get_by_role("dialog", name="预览").wait_for()
    assert page.evaluate(KEPT) == []


def test_a_form_begins_empty_after_another_was_sent(phone: Phone, town: Town, shop: Shop) -> None:
    """setData writes into what it was given: a form that every page shares would keep the words of the one before."""
    page = phone.open(f"/pages/rate/index?badge={shop.token}")
    press(page.get_by_role("radiogroup").first.get_by_role("radio").nth(3))
    page.get_by_label("说说经过").fill("老板很耐心，退货也爽快。")
    press(page.get_by_role("button", name="提交评价"))
    page.get_by_text("评价已收到").wait_for()
    next_one = town.shop("江心寺茶庄")
    page.evaluate("url => wx.navigateTo({ url })", f"/pages/rate/index?badge={next_one.token}")
    page.get_by_text("江心寺茶庄").filter(visible=True).first.wait_for()
    expect(page.get_by_label("说说经过").locator("visible=true")).to_have_value("")
    expect(page.get_by_role("radio", checked=True).locator("visible=true")).to_have_count(0)


def test_without_network_nothing_is_lost_and_one_request_is_made(
    phone: Phone, town: Town, shop: Shop, tmp_path: Path
) -> None:
    page = phone.open(f"/pages/complain/index?badge={shop.token}")
    page.get_by_role("button", name="提交诉求").wait_for()
    fill_in(page)
    choose(page, tmp_path / "receipt.jpg", "white")
    with cut_off(page):
        press(page.get_by_role("button", name="提交诉求"))
        page.get_by_text("网络不通").wait_for()
    assert settlements(town) == []
    phone.open(f"/pages/complain/index?badge={shop.token}")
    expect(page.get_by_label("事情经过")).to_have_value(FACTS)
    expect(button(page, "去掉第 1 张照片")).to_be_visible()
    page.route("**/photos", lambda upload: upload.abort())
    press(page.get_by_role("button", name="提交诉求"))
    page.get_by_text("已经送到联络站").wait_for()
    page.get_by_text("还有 1 张照片没有传上去").wait_for()
    (made,) = settlements(town)
    page.unroute("**/photos")
    phone.open(f"/pages/case/index?no={made.case_no}")  # closed before it went through: it waits beside the case
    press(button(page, "上传"))
    button(page, "上传收据（文件指纹）").wait_for()
    assert page.evaluate(KEPT) == []
    choose(page, tmp_path / "goods.jpg", "green")
    page.wait_for_function(f"{KEPT}.length === 1")
    phone.open("/pages/me/index")
    press(button(page, "退出登录"))
    agree(page)
    button(page, "微信登录").wait_for()
    assert page.evaluate(KEPT) == [], "nothing of whoever used this phone stays on it"


def test_a_file_that_is_no_photo_holds_up_no_other(phone: Phone, town: Town, shop: Shop, tmp_path: Path) -> None:
    page = phone.open(f"/pages/complain/index?badge={shop.token}")
    fill_in(page)
    (tmp_path / "broken.jpg").write_bytes(b"no photo")
    with page.expect_file_chooser() as chooser:
        press(button(page, "＋ 照片"))
    chooser.value.set_files(tmp_path / "broken.jpg")
    choose(page, tmp_path / "receipt.jpg", "white")
    page.wait_for_function(f"{KEPT}.length === 2")
    phone.open(f"/pages/complain/index?badge={shop.token}")  # from now on the phone has its copies alone
    press(button(page, "提交诉求"))
    page.get_by_text("还有 1 张照片没有传上去").wait_for()
    press(button(page, "看这件诉求"))
    page.get_by_text("您的照片 1").first.wait_for()
    press(button(page, "去掉第 1 张照片"))
    expect(button(page, "上传")).to_have_count(0)
    with cut_off(page):
        press(button(page, "撤回诉求"))
        agree(page)
        see(page.get_by_text("网络不通，没有送到").first)  # said at the top of a long page
    choose(page, tmp_path / "goods.jpg", "green")
    page.wait_for_function(f"{KEPT}.length === 1")
    press(button(page, "撤回诉求"))
    agree(page)
    page.get_by_text("这件事已经办结").wait_for()
    page.wait_for_function(f"{KEPT}.length === 0")  # nobody takes it any more
    press(button(page, "返回"))
    expect(page.get_by_text("没有传上去").locator("visible=true")).to_have_count(0)


def test_a_phone_without_room_sends_all_the_same(phone: Phone, town: Town, shop: Shop, tmp_path: Path) -> None:
    page = phone.open(f"/pages/complain/index?badge={shop.token}")
    page.get_by_role("button", name="提交诉求").wait_for()
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('exceed storage max size') } }")
    fill_in(page)
    page.get_by_text("手机空间满了").wait_for()
    choose(page, tmp_path / "receipt.jpg", "white")
    press(button(page, "提交诉求"))
    page.get_by_text("已经送到联络站").wait_for()
    press(button(page, "看这件诉求"))
    page.get_by_text("您的照片 1").first.wait_for()
    assert settlements(town)[0].facts == FACTS


def test_two_taps_make_one_request(phone: Phone, town: Town, shop: Shop) -> None:
    page = phone.open(f"/pages/complain/index?badge={shop.token}")
    page.get_by_role("button", name="提交诉求").wait_for()
    fill_in(page)
    page.get_by_role("button", name="提交诉求").evaluate(TWICE)
    page.get_by_text("已经送到联络站").wait_for()
    assert len(settlements(town)) == 1


def test_a_session_that_ended_is_renewed_unseen(phone: Phone, town: Town, shop: Shop) -> None:
    page = phone.open(f"/pages/complain/index?badge={shop.token}")
    page.get_by_role("button", name="提交诉求").wait_for()
    page.evaluate("wx.setStorageSync('token', 'x'.repeat(43))")
    fill_in(page)
    press(page.get_by_role("button", name="提交诉求"))
    page.get_by_text("已经送到联络站").wait_for()
    assert len(settlements(town)) == 1


def test_what_is_missing_is_said_at_its_field(phone: Phone, town: Town, shop: Shop) -> None:
    page = phone.open(f"/pages/complain/index?badge={shop.token}")
    press(page.get_by_role("button", name="提交诉求"))
    see(page.get_by_text("请选择哪方面的问题。"))
    page.get_by_text("有几项还没有填好").wait_for()
    assert settlements(town) == []


def test_going_back_in_the_middle_keeps_the_form(phone: Phone, shop: Shop) -> None:
    page = phone.open(f"/pages/badge/index?badge={shop.token}")
    press(page.get_by_role("button", name="我要投诉"))
    page.get_by_label("事情经过").fill(FACTS)
    press(page.get_by_role("button", name="返回"))
    press(page.get_by_role("button", name="我要投诉"))
    expect(page.get_by_label("事情经过")).to_have_value(FACTS)


def test_the_phones_own_back_goes_one_page_back(phone: Phone, shop: Shop) -> None:
    page = phone.open(f"/pages/badge/index?badge={shop.token}")
    here = page.url
    press(page.get_by_role("button", name="我要投诉"))
    page.get_by_label("事情经过").fill(FACTS)
    press(page.get_by_text("预付款能退多少").first)
    page.get_by_text("退多少").filter(visible=True).first.wait_for()
    page.evaluate("history.back()")
    expect(page.get_by_label("事情经过")).to_have_value(FACTS)
    page.evaluate("history.back()")
    page.get_by_role("button", name="我要投诉").wait_for()
    assert page.url == here
    page.evaluate("setTimeout(() => history.back())")
    expect(page).to_have_url("about:blank")
