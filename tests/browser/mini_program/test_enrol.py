"""A shop owner's phone: looks whether the shop stands in the register, asks, joins its station, and begins to apply."""

from playwright.sync_api import expect

from backend.access.actor import Role
from backend.enrolments import queries
from tests.browser.mini_program.conftest import Phone
from tests.browser.mini_program.fingers import TWICE, button, press, see
from tests.enrolments.asking import ASKED, USCC, entered
from tests.pages.town import Town

REGISTERED = "91330302MA2ABCDEXP"
LABELS = {
    "营业执照上的名称": "merchant_name", "店名": "unit_name", "经营地址": "address", "联系人": "contact", "联系人的手机号码": "phone",
}  # fmt: skip


def test_from_the_home_page_to_the_draft(phone: Phone, town: Town) -> None:
    town.shop("瓯越手机", uscc=REGISTERED)
    page = phone.open(who="dian-zhu")
    press(page.get_by_text("申请成为放心消费单位"))
    code = page.get_by_label("统一社会信用代码")
    code.fill(REGISTERED)
    press(button(page, "下一步"))
    page.get_by_text("这家单位已经在名录里，不用再申请").wait_for()
    code.fill(USCC)
    press(button(page, "下一步"))
    for _ in range(2):  # whoever goes down again without having mended it is shown it again
        press(button(page, "提交申请"))
        see(page.get_by_role("alert").filter(has_text="请填写营业执照上的名称。"))
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
    for label, field in LABELS.items():
        page.get_by_label(label, exact=True).fill(ASKED[field])
    press(page.get_by_role("radiogroup", name="类别").get_by_text("商店", exact=True))
    press(page.get_by_role("radiogroup", name="所在县").get_by_text("鹿城区", exact=True))
    press(page.get_by_role("switch", name="同意用联系人"))
    page.context.set_offline(True)
    press(button(page, "提交申请"))
    page.get_by_text("您填的内容还在").wait_for()
    page.context.set_offline(False)
    page = phone.open("/pages/enrol/index", who="dian-zhu")
    for label, field in LABELS.items():
        expect(page.get_by_label(label, exact=True)).to_have_value(ASKED[field])
    button(page, "提交申请").evaluate(TWICE)
    page.get_by_text("已提交，等待核实").wait_for()
    (made,) = town.act(queries.mine, town.person("dian-zhu").actor())
    with town.app.app_context():
        assert (made.uscc, made.contact, made.phone) == (USCC, ASKED["contact"], ASKED["phone"])
    entered(town, made.case_no, town.staff(Role.CITY_OFFICER))
    page = phone.open("/pages/notices/index", who="dian-zhu")
    press(page.get_by_text("加入名录的申请有结果"))
    press(button(page, "接受邀请"))
    press(button(page, "接受邀请"))
    page.get_by_text("您已成为瓯江电器维权联络站的维权联络站人员").wait_for()
    page = phone.open("/pages/station-unit/index", who="dian-zhu")
    press(button(page, "申请认定"))
    press(button(page, "申请认定"))
    expect(page.get_by_label("统一社会信用代码")).to_have_value(USCC)
