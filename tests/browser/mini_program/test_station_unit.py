"""The station's unit on a phone: its certificate, its plates, and the reply beside its ratings."""

from playwright.sync_api import expect

from tests.browser.mini_program.conftest import Phone
from tests.browser.mini_program.fingers import answer, button, press
from tests.pages.town import Town


def test_a_lost_plate_is_void_at_once_and_ratings_are_replied_to(phone: Phone, town: Town) -> None:
    shop = town.shop("瓯越电器")
    town.member(shop, "zhan-wang")
    town.shop("瓯越手机")
    town.shop("别家电器", station="别处维权联络站")
    page = phone.open("/pages/station/index", who="zhan-wang")
    press(button(page, "单位的证书、标牌和评价回应"))
    for name in ("瓯越电器", "瓯越手机"):
        expect(page.get_by_role("link", name=name)).to_be_visible()
    expect(page.get_by_text("别家电器")).to_have_count(0)
    page.get_by_label("找一家单位").fill("fxxf-330302-2026-00003")
    press(button(page, "找"))
    expect(page.get_by_role("alert").locator("visible=true")).to_be_visible()
    expect(page.get_by_text("别家电器")).to_have_count(0)
    press(button(page, "换一家单位"))
    page.get_by_label("找一家单位").fill("手机")
    press(button(page, "找"))
    expect(page.get_by_role("link", name="瓯越电器")).to_have_count(0)
    press(page.get_by_role("link", name="瓯越手机"))
    expect(page.get_by_text("瓯越手机").locator("visible=true")).to_be_visible()
    press(button(page, "换一家单位"))
    press(button(page, "扫店里的放心码"))
    page.get_by_label("二维码内容").fill(f"{phone.address}/b/{shop.token}")
    answer(page)
    expect(page.get_by_text(shop.name).locator("visible=true")).to_be_visible()
    press(page.get_by_role("button", name="丢了"))
    answer(page)
    expect(page.get_by_text("这块牌已作废，新牌已订")).to_be_visible()
    expect(page.get_by_text("此牌已作废：遗失，2026年11月23日")).to_be_visible()
    expect(page.get_by_role("button", name="丢了")).to_have_count(0)
    page.get_by_label("写一段回应").fill("已经换了新的营业员，欢迎监督。")
    press(button(page, "提交回应"))
    expect(page.get_by_text("等待审核")).to_be_visible()
    expect(page.get_by_label("写一段回应")).to_have_value("")
    card = page.request.get(f"{phone.address}/api/v1/badges/{shop.token}").json()
    assert card["standing"] == "VOIDED"


def test_a_unit_moves_and_its_badge_says_so(phone: Phone, town: Town) -> None:
    shop = town.shop("瓯越电器")
    town.member(shop, "zhan-wang")
    page = phone.open(f"/pages/station-unit/index?number={shop.certificate_no}", who="zhan-wang")
    press(button(page, "要停业、迁址"))
    press(button(page, "公告"))
    expect(page.get_by_text("请选择停业还是迁址。")).to_be_visible()
    press(page.get_by_text("迁址", exact=True).locator("visible=true"))
    page.get_by_label("从哪天起").locator("visible=true").fill("2026-12-30")
    page.get_by_label("新地址").fill("鹿城区信河街 8 号")
    press(page.get_by_text("按付款的原路退回"))
    press(button(page, "公告"))
    answer(page)
    expect(page.get_by_text("请写最晚哪天退完，不晚于停业、迁址后 90 天。")).to_be_visible()
    page.get_by_label("最晚哪天退完").locator("visible=true").fill("2026-12-31")
    press(button(page, "公告"))
    answer(page)
    expect(page.get_by_text("2026年12月30日起迁址")).to_be_visible()
    page = phone.open(f"/pages/badge/index?badge={shop.token}", who="guke-chen")
    expect(page.get_by_text("这家店2026年12月30日起迁址，新地址：鹿城区信河街 8 号")).to_be_visible()
    page = phone.open(f"/pages/station-closing/index?number={shop.certificate_no}", who="zhan-wang")
    press(button(page, "撤回公告"))
    answer(page)
    expect(page.get_by_text("单位已撤回")).to_be_visible()
    expect(button(page, "公告")).to_be_visible()
    page.evaluate("url => wx.redirectTo({ url })", f"/pages/station-closing/index?number={shop.certificate_no}")
    press(page.get_by_text("停业", exact=True).locator("visible=true"))
    page.get_by_label("从哪天起").locator("visible=true").fill("2027-01-15")
    press(page.get_by_text("没有发售预付卡"))
    press(button(page, "公告"))
    answer(page)
    press(button(page, "撤回公告"))  # another notice, another act
    answer(page)
    expect(page.get_by_text("单位已撤回")).to_have_count(2)
