"""The main ways through the product, clicked in a browser, with JavaScript and without."""

import io
import re
from collections.abc import Callable, Iterator

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from backend.access.actor import Role
from tests.browser.city import City
from tests.console.office import Colleague
from tests.enrolments.asking import entered
from tests.pages.town import Shop
from tests.scene import promised

Tab = Callable[..., Page]
with_and_without_script = pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
_SHOPS = iter(f"朔门老街小店{number}号" for number in range(1, 100))


@pytest.fixture
def tab(phone: Callable[..., BrowserContext], javascript: bool) -> Iterator[Tab]:
    """Opens a tab on a fresh phone; what a script asks back is answered with yes."""

    def open_tab(who: str = "nobody") -> Page:
        page = phone(who, javascript=javascript).new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        return page

    return open_tab  # type: ignore[return-value]


@pytest.fixture
def shop(city: City) -> Shop:
    """A certified shop of the station that the city's member answers for."""
    return city.town.shop(next(_SHOPS))


def _photo() -> FilePayload:
    picture = io.BytesIO()
    Image.new("RGB", (320, 240), "teal").save(picture, "JPEG")
    return {"name": "小票.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}


def _texted(city: City, phone: str) -> str:
    """The code that came to a number."""
    promised(city.town.app)
    arrived = [text["text"] for text in city.town.double.state.texts.values() if text["to"] == phone]
    return re.findall(r"\d{6}", arrived[-1])[0]


def _sign_in_by_wechat(page: Page, person: str) -> None:
    page.get_by_role("button", name="微信登录").click()
    page.get_by_text(person).click()


def _sign_in_as_staff(page: Page, city: City, colleague: Colleague) -> None:
    page.goto("/console")
    page.get_by_label("用户名").fill(colleague.username)
    page.get_by_label("密码", exact=True).fill(colleague.password)
    page.get_by_label("动态码").fill(city.office.code(colleague))
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("button", name="退出")).to_be_visible()


@with_and_without_script
def test_from_the_scan_to_the_rating(tab: Tab, shop: Shop) -> None:
    page = tab()
    page.goto(f"/b/{shop.token}")
    page.get_by_role("link", name="写评价").click()
    _sign_in_by_wechat(page, "顾客 林先生")
    expect(page.get_by_role("heading", level=1)).to_contain_text(shop.name)
    page.get_by_role("button", name="提交评价").click()
    expect(page.get_by_role("alert")).to_contain_text("总的来说")
    page.get_by_label("5 分，很满意").check()
    page.get_by_label("质量").select_option("4 分")
    page.get_by_label("说说经过").fill("老店了，味道没变。")
    page.get_by_role("button", name="提交评价").click()
    expect(page.get_by_role("status")).to_contain_text("评价已收到")
    expect(page.get_by_role("article").filter(has_text=shop.name)).to_contain_text("老店了，味道没变。")


@with_and_without_script
def test_from_the_scan_to_a_dispute_that_is_settled(tab: Tab, shop: Shop) -> None:
    consumer = tab()
    consumer.goto(f"/b/{shop.token}")
    consumer.get_by_role("link", name="我要投诉").click()
    _sign_in_by_wechat(consumer, "顾客 陈女士")
    consumer.get_by_label("哪方面的问题").select_option("质量")
    consumer.get_by_label("退货").check()
    consumer.get_by_label("涉及金额").fill("128.50")
    consumer.get_by_label("事情经过").fill("买的电饭煲用了三天就不通电，店里说要自己寄回厂家。")
    consumer.get_by_role("button", name="提交诉求").click()
    told = consumer.get_by_role("status").first.inner_text()
    found = re.search(r"编号 (HJ\w+-\w+)，查询码 ([\w-]+)", told)
    assert found
    number, code = found.groups()
    consumer.get_by_label("加一张照片").set_input_files(_photo())
    consumer.get_by_label("让联络站也能看这个文件").check()
    consumer.get_by_role("button", name="上传").click()
    expect(consumer.get_by_role("status").first).to_contain_text("照片已保存")

    member = tab("member")
    member.goto("/station")
    member.locator(f"a[href='/station/{number}']").click()
    expect(member.get_by_alt_text("消费者的第 1 张照片")).to_be_visible()
    member.get_by_label("退款").check()
    member.get_by_label("金额（元）").fill("128.50")
    member.get_by_label("具体怎么做").fill("带小票来店里，当场退款。")
    member.get_by_role("button", name="把方案发给消费者").click()
    expect(member.get_by_role("status")).to_contain_text("方案已发给消费者")

    consumer.goto("/my")
    consumer.get_by_role("link", name=f"{shop.name}：退货").click()
    expect(consumer.get_by_text("带小票来店里，当场退款。")).to_be_visible()
    consumer.get_by_role("button", name="接受方案").click()
    consumer.get_by_role("button", name="确认已经做到").click()
    expect(consumer.get_by_role("status")).to_contain_text("办结")

    anybody = tab()
    anybody.goto("/progress")
    anybody.get_by_label("编号").fill(number)
    anybody.get_by_label("查询码").fill(code)
    anybody.get_by_role("button", name="查询").click()
    expect(anybody.locator(".case-state")).to_have_text("已履行")
    expect(anybody.get_by_text("电饭煲")).to_have_count(0)


@with_and_without_script
def test_from_the_station_s_refusal_to_the_bureau(tab: Tab, city: City, shop: Shop) -> None:
    number = city.office.complaint(shop, city.town.person(f"gu-ke-of-{shop.unit_id}"))
    desk = tab()
    _sign_in_as_staff(desk, city, city.office.colleague(Role.COUNTY_OFFICER))
    desk.locator(f"a[href='/console/complaints/{number}']").click()
    expect(desk.locator(".case-state")).to_contain_text("等待决定是否受理")
    desk.get_by_role("button", name="受理", exact=True).click()
    expect(desk.locator(".case-state")).to_contain_text("调解中")


@with_and_without_script
def test_from_a_phone_number_to_an_application(tab: Tab, city: City, javascript: bool) -> None:
    """A shop without WeChat: entered in the register, invited, and applying, all on the web."""
    phone, uscc = ("13857712301", "91330302MA2ENR037U") if javascript else ("13857712302", "91330302MA2ENR045N")
    page, name = tab(), next(_SHOPS)
    page.goto("/enrol")
    page.get_by_label("统一社会信用代码").fill(uscc)
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("main").get_by_role("link", name="登录").click()
    page.get_by_label("手机号").fill(phone)
    page.get_by_role("button", name="发验证码").click()
    page.get_by_label("验证码").fill(_texted(city, phone))
    page.get_by_role("button", name="登录").click()
    page.get_by_label("营业执照上的名称").fill(f"温州市鹿城区{name}")
    page.get_by_label("店名").fill(name)
    page.get_by_label("类别").select_option("商店")
    page.get_by_label("所在县").select_option("鹿城区")
    page.get_by_label("经营地址").fill("朔门街 21 号")
    page.get_by_label("联系人", exact=True).fill("项立新")
    page.get_by_label("联系人的手机号码").fill(phone)
    page.get_by_label("同意用联系人的").check()
    page.get_by_role("button", name="提交申请").click()
    told = page.get_by_role("status").first.inner_text()
    found = re.search(r"编号 (RM\d{8}-\w+)", told)
    assert found
    as_found = {"unit_name": name, "station_name": f"{name}维权联络站"}
    entered(city.town, found[1], city.town.staff(Role.CITY_OFFICER), **as_found)
    page.reload()
    page.get_by_role("link", name="接受邀请").click()
    page.get_by_role("button", name="接受邀请").click()

    page.get_by_role("link", name="还没有认定：申请认定").click()
    page.get_by_role("button", name="申请认定").click()
    expect(page.get_by_label("统一社会信用代码")).to_have_value(uscc)
    page.get_by_label("营业执照", exact=True).set_input_files(_photo())
    page.get_by_label("做法和成效").fill("诉求当天答复，全部和解；")
    page.get_by_role("button", name="保存，以后再填").click()
    expect(page.get_by_role("status").first).to_contain_text("已保存，还没有提交")
    expect(page.get_by_alt_text("营业执照照片第 1 张")).to_be_visible()
    page.get_by_role("button", name="提交申请").click()
    expect(page.get_by_role("alert")).to_contain_text("自查还有 14 项没有选")
    page.get_by_label("开业日期").fill("2015-05-01")
    for ticked in (*page.get_by_label("（必须承诺）").all(), *page.get_by_label("做到了", exact=True).all()):
        ticked.check()
    page.get_by_label("做法和成效").fill("诉求当天答复，全部和解；每季度对员工做一次培训。")
    page.get_by_label("所填内容属实").check()
    page.get_by_role("button", name="提交申请").click()
    expect(page.locator(".case-state")).to_have_text("已提交，等待初审")
    expect(page.get_by_role("main")).to_contain_text("每季度对员工做一次培训")


@with_and_without_script
def test_from_the_proposal_to_the_red_page(tab: Tab, city: City, shop: Shop) -> None:
    first, second = city.office.colleague(Role.CITY_OFFICER), city.office.colleague(Role.CITY_OFFICER)
    desk = tab()
    _sign_in_as_staff(desk, city, first)
    desk.goto(f"/console/units/{shop.certificate_no}")
    desk.get_by_text("提议撤销证书（摘牌）").click()
    form = desk.locator("form[action$=removals], form:has-text('事实和依据')").last
    form.get_by_label("公众看到的原因").select_option("多次不答复消费者的和解诉求")
    form.get_by_label("事实和依据").fill("今年以来五次没有答复消费者的和解诉求。")
    form.get_by_role("button", name="提出摘牌提案").click()
    expect(desk.locator(".case-state")).to_contain_text("等待单位陈述申辩")
    proposed = desk.url

    member = tab("member")
    member.goto("/station")
    member.get_by_role("link", name=f"{shop.name}被提议摘牌").click()
    member.get_by_label("您的陈述申辩").fill("已经逐件补办，请求不予撤销。")
    member.get_by_role("button", name="提交陈述申辩").click()
    expect(member.get_by_role("status")).to_contain_text("陈述申辩已提交")

    desk.reload()
    expect(desk.locator("main")).to_contain_text("您是提案人，不能决定自己的提案")

    other = tab()
    _sign_in_as_staff(other, city, second)
    other.goto(proposed)
    other.get_by_label("撤销证书", exact=True).check()
    other.get_by_label("理由").fill("申辩不能说明前五次为什么不答复，决定撤销。")
    other.get_by_role("button", name="作出决定").click()
    expect(other.locator(".case-state")).to_contain_text("撤销")

    tourist = tab()
    tourist.goto(f"/b/{shop.token}")
    expect(tourist.get_by_role("heading", level=1)).to_have_text("证书已撤销")
    expect(tourist.locator("main > :first-child")).to_have_css("background-color", "rgb(166, 27, 27)")
    expect(tourist.locator("main > :first-child")).to_contain_text("多次不答复消费者的和解诉求")
