"""A consumer's own case on the phone: evidence and papers are opened, mediation is answered, money is asked for first, 12315 and retaliation."""

import io
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from backend.access.actor import Actor, Role
from backend.compensation import service as compensation
from backend.compensation.model import AdvancePayment
from backend.complaints import phones, queries
from backend.complaints import service as complaints
from backend.complaints.mediation_model import MediationConsent, Recusal
from backend.infrastructure import photos
from backend.infrastructure.database import session
from backend.joint_meeting import service as joint_meeting
from backend.kernel.clock import FixedClock
from backend.retaliation.model import Retaliation
from tests.browser.mini_program.conftest import Phone
from tests.browser.mini_program.fingers import answer, button, press, see
from tests.browser.mini_program.test_pages import check_look
from tests.console.office import Office
from tests.pages.town import IDENTITY, Browser, Shop, Town
from tests.pdf_files import sound
from tests.scene import picture

WHY = "同一电话、地址有多人投诉，需要核实身份。"


@pytest.fixture
def shop(town: Town) -> Shop:
    return town.shop("瓯越电器")


@pytest.fixture
def consumer(town: Town) -> Browser:
    return town.person("guke-chen")


@dataclass(frozen=True)
class Mediated:
    """A request by its number, the complaint that it became, and the officer who handles it."""

    number: str
    complaint: str
    officer: Actor


@pytest.fixture
def mediated(town: Town, shop: Shop, consumer: Browser) -> Mediated:
    """A request with a photo of each side, which the bureau has accepted as a complaint."""
    member, number = town.member(shop), town.request(shop, consumer)
    for who, colour in ((consumer, "red"), (member, "blue")):
        found = complaints.cleaned(picture(colour))
        town.act(complaints.add_photo, who.actor(), number, found, for_station=False)
    town.act(complaints.refuse, member.actor(), number, text="商品已拆封使用，不属于七天无理由退货的范围。")
    lodged = town.act(complaints.escalate, consumer.actor(), number, IDENTITY)
    officer = town.staff(Role.CITY_OFFICER)
    town.act(complaints.accept_complaint, officer, lodged.case_no)
    return Mediated(number, lodged.case_no, officer)


def opened(page: Page) -> str:
    """The type of the document that the phone was asked to open."""
    page.wait_for_function("'_opened' in wx")
    kind: str = page.evaluate("(() => { const { fileType } = wx._opened; delete wx._opened; return fileType })()")
    return kind


def test_evidence_papers_and_mediation(phone: Phone, town: Town, mediated: Mediated, tmp_path: Path) -> None:
    page = phone.open(f"/pages/case/index?no={mediated.number}")
    press(page.get_by_role("button", name="联络站的照片 2"))
    picture_shown = page.get_by_role("dialog", name="预览").locator("img")
    expect(picture_shown).to_have_js_property("naturalWidth", 64)
    press(page.get_by_role("button", name="关闭"))
    (tmp_path / "broken.pdf").write_bytes(b"no PDF")
    (tmp_path / "contract.pdf").write_bytes(sound())
    for name in ("broken.pdf", "contract.pdf"):
        with page.expect_file_chooser() as chooser:
            press(button(page, "从微信聊天里选一份 PDF"))
        chooser.value.set_files(tmp_path / name)
        press(button(page, "上传"))
        if name == "broken.pdf":
            page.get_by_text("这个文件不是能打开的照片").first.wait_for()
            press(button(page, "去掉 broken.pdf"))
            expect(button(page, "上传")).to_have_count(0)
    press(page.get_by_role("button", name="您的 PDF 3（1 页）"))
    assert opened(page) == "pdf"
    press(page.get_by_role("button", name="投诉受理决定书"))
    assert opened(page) == "pdf"
    press(button(page, "上传收据（文件指纹）"))
    held = town.act(lambda: [one.sha256 for one in queries.evidence(queries.by_number(mediated.number).id)])
    for fingerprint in held:
        expect(page.get_by_text(fingerprint)).to_be_visible()

    town.act(complaints.ask_identity, mediated.officer, mediated.complaint, reason=WHY, until=date(2026, 12, 5))
    phone.open(f"/pages/case/index?no={mediated.number}")
    expect(page.get_by_text("请您在 2026年12月5日 前提供身份证件。")).to_be_visible()
    page.get_by_label("证件种类").select_option("护照")
    page.get_by_label("证件号码").fill("E12345678")
    press(button(page, "提供证件号码"))
    expect(page.get_by_text("请您在 2026年12月5日 前提供身份证件。")).to_have_count(0)
    press(button(page, "同意调解"))
    expect(page.get_by_text("您同意由市场监管部门调解。")).to_be_visible()
    press(button(page, "不同意委托"))
    expect(page.get_by_text("您答复的是：不同意。")).to_be_visible()
    given = town.act(lambda: session().execute(sa.select(MediationConsent.subject, MediationConsent.agreed)).all())
    assert sorted((subject.value, agreed) for subject, agreed in given) == [("delegation", False), ("mediation", True)]
    press(button(page, "申请调解人员回避"))
    press(button(page, "申请回避"))
    see(page.get_by_text("请写明理由，至少 5 个字。"))
    check_look(page)
    page.get_by_label("为什么要回避").fill("调解人员是店主的亲戚。")
    press(button(page, "申请回避"))
    answer(page)
    expect(page.get_by_text("您申请了调解人员回避。决定以前，调解中止。")).to_be_visible()
    assert town.act(lambda: session().scalars(sa.select(Recusal)).one().reason) == "调解人员是店主的亲戚。"


def test_what_is_asked_first_and_its_voucher(
    phone: Phone, town: Town, shop: Shop, consumer: Browser, clock: FixedClock
) -> None:
    member = town.member(shop)
    number = town.offered(shop, member, consumer)
    town.agreed(consumer, number)
    page = phone.open(f"/pages/case/index?no={number}")
    press(page.get_by_role("link", name="先行赔付"))
    expect(page.get_by_text("现在还不能申请")).to_be_visible()
    expect(page.get_by_text("期限过了还没有做到的，才能申请先行赔付")).to_be_visible()
    clock.advance(days=4)
    press(page.get_by_role("button", name="返回"))
    press(page.get_by_role("link", name="先行赔付"))
    press(page.get_by_text("约定到期没有做到", exact=True))
    page.get_by_label("请求先赔多少（元）").fill("500")
    press(button(page, "申请先行赔付"))
    expect(page.get_by_text("最多 128.50 元：")).to_be_visible()
    page.get_by_label("请求先赔多少（元）").fill("128.50")
    check_look(page)
    press(button(page, "申请先行赔付"))
    expect(page.get_by_text("等待决定：128.50 元")).to_be_visible()
    (asked,) = town.act(lambda: session().execute(sa.select(AdvancePayment.case_no, AdvancePayment.amount_fen)).all())
    assert asked.amount_fen == 12850
    town.act(compensation.set_cap, member.actor(), shop.certificate_no, per_case_fen=50_000, per_day_fen=100_000)
    town.act(compensation.approve, member.actor(), asked.case_no)
    voucher = photos.clean(picture("green"))
    town.act(compensation.pay, member.actor(), asked.case_no, voucher, reference="6222020200011234")
    press(page.get_by_role("button", name="返回"))
    press(page.get_by_role("link", name="先行赔付：已赔付"))
    press(button(page, "看付款凭证"))
    expect(page.get_by_role("dialog", name="预览").locator("img")).to_have_js_property("naturalWidth", 64)


def test_the_package_is_taken_and_the_number_comes_back(phone: Phone, town: Town, mediated: Mediated) -> None:
    page = phone.open(f"/pages/case/index?no={mediated.number}")
    press(page.get_by_role("link", name="直接到全国 12315 平台投诉"))
    press(button(page, "取材料包（ZIP）"))
    press(button(page, "发到微信聊天，比如“文件传输助手”"))
    name, content = page.evaluate(
        "wx._shared.file.arrayBuffer().then(held => [wx._shared.name, [...new Uint8Array(held)]])"
    )
    assert name == f"材料包-{mediated.number}.zip"
    assert any("登记表" in one for one in zipfile.ZipFile(io.BytesIO(bytes(content))).namelist())
    page.get_by_label("12315 平台的编号").fill("不是编号")
    press(button(page, "记下编号"))
    expect(page.get_by_text("12315 平台的编号由数字和字母组成，请照平台上的填写。")).to_be_visible()
    check_look(page)
    page.get_by_label("12315 平台的编号").fill("1330302002026112500001234")
    press(button(page, "记下编号"))
    expect(page.get_by_text("1330302002026112500001234")).to_be_visible()
    press(page.get_by_role("button", name="返回"))
    expect(page.get_by_role("link", name="12315 平台编号 1330302002026112500001234")).to_be_visible()


def test_retaliation_is_told_and_followed_by_its_code(phone: Phone, town: Town, shop: Shop, consumer: Browser) -> None:
    number = town.request(shop, consumer)
    page = phone.open(f"/pages/case/index?no={number}")
    press(page.get_by_role("link", name="因为这件事被施压、威胁、报复"))
    press(button(page, "马上告诉监管人员"))
    expect(page.get_by_text("请至少选一项。")).to_be_visible()
    press(page.get_by_text("威胁我或者家人", exact=True))
    page.get_by_label("具体情况").fill("店主打电话说再投诉就不客气，有录音。")
    check_look(page)
    press(page.get_by_role("button", name="返回"))
    press(page.get_by_role("link", name="因为这件事被施压、威胁、报复"))
    expect(page.get_by_label("具体情况")).to_have_value("店主打电话说再投诉就不客气，有录音。")
    press(button(page, "马上告诉监管人员"))
    expect(page.get_by_text("已通知监管人员", exact=True)).to_be_visible()
    told = town.act(lambda: session().scalars(sa.select(Retaliation)).one())
    assert (told.about_no, told.acts) == (number, ["threatened"])
    press(button(page, "复制编号和查询码"))
    said = page.evaluate("wx._clipboard")
    press(button(page, "查进度、看留言"))
    page.get_by_label("编号", exact=True).fill(told.case_no)
    page.get_by_label("查询码").fill(said.split("查询码 ")[1])
    press(button(page, "查询"))
    expect(page.get_by_text("等待接手")).to_be_visible()
    page.get_by_label("回答或者补充").fill("今天又来了两个人。")
    press(button(page, "发送"))
    expect(page.get_by_text("今天又来了两个人。")).to_be_visible()


def test_the_phone_is_shown_looked_at_and_taken_back(phone: Phone, town: Town, shop: Shop, consumer: Browser) -> None:
    number = town.request(shop, consumer, identity=IDENTITY, file_for_me=True)
    page = phone.open(f"/pages/case/index?no={number}")
    press(page.get_by_role("link", name="让联络站看到我的电话"))
    press(button(page, "用别的号码"))
    page.get_by_label("手机号").fill("1")
    press(button(page, "让联络站看到这个号码"))
    expect(page.get_by_role("alert").first).to_be_visible()
    press(page.get_by_role("button", name="让联络站看到 138"))
    expect(page.get_by_text("联络站还没有看过。")).to_be_visible()
    expect(button(page, "收回，不让联络站看")).to_be_visible()
    check_look(page)
    member = town.member(shop)
    town.act(complaints.take, member.actor(), number)
    assert town.act(complaints.view_phone, member.actor(), number)[0] == IDENTITY.phone
    press(page.get_by_role("button", name="返回"))
    press(page.get_by_role("link", name="联络站能看到您的电话，可以收回"))
    expect(page.get_by_text("看过", exact=False).last).to_contain_text("联络站的办理人")
    press(button(page, "收回，不让联络站看"))
    expect(page.get_by_text("联络站现在看不到您的电话。")).to_be_visible()
    assert town.act(lambda: phones.shared(queries.by_number(number).id)) is None


def test_where_a_complaint_went(phone: Phone, town: Town, shop: Shop, consumer: Browser, clock: FixedClock) -> None:
    """Into another one of the same person, and from there to the joint meeting: who has it, since when, until when."""
    office, member, numbers = Office(town, clock), town.member(shop), list[str]()
    for number in (town.request(shop, consumer), town.request(shop, consumer)):
        town.act(complaints.refuse, member.actor(), number, text="小票丢了，没有办法退货。")
        numbers.append(town.act(complaints.escalate, consumer.actor(), number, IDENTITY).case_no)
    first, second = numbers
    county = office.at_desk(Role.COUNTY_OFFICER).actor()
    town.act(complaints.merge, county, second, into=first, text="同一张小票、同一件商品，上个月已经投诉。")
    made = town.act(joint_meeting.propose, county, first, why="同时涉及旅行社合同和食品安全，需要文旅部门牵头。")
    asked = {"lead": "tourism", "assistants": ["market"], "asked": "请核实合同履行情况，答复投诉人。"}
    town.act(joint_meeting.send, office.at_desk(Role.JOINT_OFFICE).actor(), made.case_no, **asked)
    page = phone.open(f"/pages/case/index?no={second}")
    press(page.get_by_role("link", name=f"看 {first}"))
    led = page.locator(".card").filter(has_text="由联席会议交办", visible=True)
    for words in ("市文化广电旅游局", "从什么时候", "期限", "还剩", "打电话"):
        expect(led).to_contain_text(words)
    check_look(page)
