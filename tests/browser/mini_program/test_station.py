"""The liaison station on a phone: joining, the inbox, taking a request, and answering it once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from backend.access.actor import Role
from backend.accounts import service as accounts
from backend.casework import queries as cases
from backend.compensation import service as compensation
from backend.compensation.rules import Because
from backend.complaints import queries
from backend.complaints import service as complaints
from backend.complaints.rules import Side
from backend.kernel.clock import FixedClock
from tests.browser.mini_program.conftest import Phone
from tests.browser.mini_program.fingers import TWICE, answer, button, press, see
from tests.browser.site import PHONE
from tests.pages.town import IDENTITY, Browser, Shop, Town
from tests.pdf_files import sound

WORDS = "带小票来五马街店里，当场退款。"


@pytest.fixture
def shop(town: Town) -> Shop:
    return town.shop("瓯越电器")


@pytest.fixture
def consumer(town: Town) -> Browser:
    return town.person("guke-chen")


@pytest.fixture
def member(town: Town, shop: Shop) -> Browser:
    return town.member(shop, "zhan-wang")


@pytest.fixture
def number(town: Town, shop: Shop, consumer: Browser) -> str:
    return town.request(shop, consumer)


@pytest.fixture
def at_station(phone: Phone, member: Browser) -> Callable[[str], Page]:
    """Opens a page as the station's member."""
    return lambda path: phone.open(path, who="zhan-wang")


def write_offer(page: Page) -> None:
    press(page.get_by_text("退款", exact=True))
    page.get_by_label("金额（元）").fill("128.50")
    page.get_by_label("具体怎么做").fill(WORDS)


def steps(town: Town, number: str) -> list[str]:
    """What was done with the request."""
    return [event.action for event in town.act(lambda: cases.events(queries.by_number(number)))]


def request_of(town: Town, number: str) -> Any:
    return town.act(queries.by_number, number)


def test_a_member_joins_by_invitation_and_finds_the_inbox(phone: Phone, town: Town, shop: Shop, number: str) -> None:
    code = town.act(
        accounts.invite, town.staff(Role.CITY_OFFICER), Role.STATION_MEMBER, station_id=shop.station_id
    ).code
    page = phone.open("/pages/me/index", who="zhan-wang")
    press(button(page, "微信登录"))
    press(page.get_by_text("我有邀请码"))
    page.get_by_label("邀请码").fill("K7Q3-9XPM-2D4T-HH0V")
    press(button(page, "看看邀请我做什么"))
    expect(page.get_by_text("没有这个邀请码，请核对后重新输入。")).to_be_visible()
    page.get_by_label("邀请码").fill(code)
    press(button(page, "看看邀请我做什么"))
    for words in ("五马街维权联络站", "鹿城区", "2026年11月30日"):
        expect(page.get_by_text(words).locator("visible=true")).to_be_visible()
    press(button(page, "接受邀请"))
    expect(page.get_by_text("您已成为五马街维权联络站的维权联络站人员")).to_be_visible()
    press(button(page, "去维权联络站"))
    expect(page.get_by_text("等您办（1 件）")).to_be_visible()
    press(page.get_by_text("要求退货、赔偿损失"))
    expect(page.get_by_text(f"编号 {number}").locator("visible=true")).to_be_visible()
    page = phone.open("/pages/me/index", who="zhan-wang")
    press(page.get_by_text("维权联络站", exact=True))
    expect(page.get_by_text("还没有人接手")).to_be_visible()


def test_who_is_no_member_is_told_how_to_become_one(phone: Phone) -> None:
    page = phone.open("/pages/station/index", who="guke-chen")
    expect(page.get_by_text("您还不是联络站人员")).to_be_visible()
    press(button(page, "我有邀请码"))
    expect(page.get_by_role("heading", name="接受邀请")).to_be_visible()


def test_a_notice_leads_to_the_request(at_station: Callable[[str], Page], number: str) -> None:
    page = at_station("/pages/notices/index")
    press(page.get_by_role("link").first)
    expect(page.get_by_text(f"编号 {number}").locator("visible=true")).to_be_visible()
    expect(button(page, "我来办")).to_be_visible()


def test_a_request_is_taken_answered_and_agreed(
    phone: Phone, town: Town, at_station: Callable[[str], Page], number: str
) -> None:
    page = at_station("/pages/station/index")
    expect(page.get_by_text("还剩 4 天").first).to_be_visible()
    press(page.get_by_text("要求退货、赔偿损失"))
    press(button(page, "我来办"))
    expect(page.get_by_text("这件诉求由您在办，只有您能答复。")).to_be_visible()
    press(button(page, "把方案发给消费者"))
    for words in ("请选择您愿意怎样解决。", "请写清楚具体怎么做。"):
        expect(page.get_by_text(words)).to_be_visible()
    assert steps(town, number) == ["submit", "take"]
    write_offer(page)
    press(button(page, "把方案发给消费者"))
    answer(page, "再想想")
    expect(page.get_by_label("具体怎么做")).to_have_value(WORDS)
    press(button(page, "把方案发给消费者"))
    answer(page)
    expect(page.get_by_text("联络站已提出方案")).to_be_visible()
    expect(button(page, "把方案发给消费者")).to_have_count(0)
    expect(page.get_by_text("您写好、没有发出的说明")).to_have_count(0)
    page = phone.open(f"/pages/case/index?no={number}", who="guke-chen")
    expect(page.get_by_text(WORDS)).to_be_visible()
    press(button(page, "接受方案"))
    expect(page.get_by_text("已达成约定")).to_be_visible()
    page = at_station(f"/pages/station-case/index?no={number}")
    expect(page.get_by_text("消费者接受了您的方案，请按约定做到。")).to_be_visible()
    assert steps(town, number) == ["submit", "take", "offer", "accept"]


def test_two_taps_make_one_offer(town: Town, at_station: Callable[[str], Page], number: str) -> None:
    page = at_station(f"/pages/station-case/index?no={number}")
    sent = []
    page.on("request", lambda one: sent.append(one.url) if one.url.endswith("/offer") else None)
    write_offer(page)
    button(page, "把方案发给消费者").evaluate(TWICE)
    expect(page.get_by_role("dialog")).to_have_count(1)
    answer(page)
    expect(page.get_by_text("联络站已提出方案")).to_be_visible()
    assert len(sent) == 1
    assert steps(town, number).count("offer") == 1


def test_an_offer_whose_answer_got_lost_is_not_a_second_one(
    town: Town, at_station: Callable[[str], Page], number: str
) -> None:
    page = at_station(f"/pages/station-case/index?no={number}")

    def lose(route: Any) -> None:
        route.fetch()
        route.abort()

    page.route("**/offer", lose, times=1)
    write_offer(page)
    press(button(page, "把方案发给消费者"))
    answer(page)
    expect(page.get_by_text("联络站已提出方案")).to_be_visible()
    assert steps(town, number).count("offer") == 1


def test_what_a_colleague_took_meanwhile_is_refused_and_nothing_is_lost(
    town: Town, shop: Shop, at_station: Callable[[str], Page], number: str
) -> None:
    page = at_station(f"/pages/station-case/index?no={number}")
    write_offer(page)
    town.act(complaints.take, town.member(shop, "zhan-li").actor(), number)
    press(button(page, "把方案发给消费者"))
    answer(page)
    expect(page.get_by_role("alert").get_by_text("要换人，请对方先点“请同事接手”。")).to_be_visible()
    expect(page.get_by_label("具体怎么做")).to_have_value(WORDS)
    page = at_station(f"/pages/station-case/index?no={number}")
    expect(page.get_by_text("您写好、没有发出的说明")).to_be_visible()
    expect(page.get_by_text(WORDS)).to_be_visible()
    expect(button(page, "把方案发给消费者")).to_have_count(0)
    assert steps(town, number) == ["submit", "take"]


def test_a_request_is_handed_over_and_refused_with_reasons(
    town: Town, shop: Shop, at_station: Callable[[str], Page], number: str
) -> None:
    colleague = town.member(shop, "zhan-li").actor()
    town.act(complaints.take, colleague, number)
    page = at_station(f"/pages/station-case/index?no={number}")
    expect(page.get_by_text("只有对方能答复。")).to_be_visible()
    expect(button(page, "我来办")).to_have_count(0)
    town.act(complaints.hand_over, colleague, number)
    page = at_station(f"/pages/station-case/index?no={number}")
    press(button(page, "我来办"))
    press(button(page, "请同事接手"))
    expect(page.get_by_text("您已请同事接手")).to_be_visible()
    press(button(page, "不同意，写明理由"))
    page.get_by_label("为什么不同意").fill("商品已拆封使用，不属于无理由退货的范围。")
    press(button(page, "不同意，发给消费者"))
    answer(page)
    expect(page.get_by_text("您没有同意。")).to_be_visible()
    assert request_of(town, number).state == "refused"


def test_evidence_is_sent_and_looked_at(
    town: Town, at_station: Callable[[str], Page], number: str, tmp_path: Path
) -> None:
    Image.new("RGB", (640, 480), "#0b5f58").save(tmp_path / "photo.jpg")
    (tmp_path / "contract.pdf").write_bytes(sound())
    page = at_station(f"/pages/station-case/index?no={number}")
    with page.expect_file_chooser() as chooser:
        press(button(page, "＋ 照片"))
    chooser.value.set_files(tmp_path / "photo.jpg")
    with page.expect_file_chooser() as chooser:
        press(button(page, "从微信聊天里选一份 PDF"))
    chooser.value.set_files(tmp_path / "contract.pdf")
    press(button(page, "上传"))
    answer(page)
    expect(page.get_by_role("button", name="您上传的 PDF 1（1 页）")).to_be_visible()
    press(page.get_by_role("button", name="您上传的照片 2"))
    picture = page.get_by_role("dialog").locator("img")
    expect(picture).to_be_visible()
    assert picture.evaluate("e => e.decode().then(() => e.naturalWidth)") == 640
    assert {one.side for one in town.act(lambda: queries.evidence(queries.by_number(number).id))} == {Side.STATION}


def test_a_shared_phone_is_shown_once_to_who_does_it(
    town: Town, at_station: Callable[[str], Page], member: Browser, consumer: Browser, number: str
) -> None:
    town.act(complaints.share_phone, consumer.actor(), number, phone="13857712345")
    page = at_station(f"/pages/station-case/index?no={number}")
    expect(page.get_by_text("在办的人能看到号码")).to_be_visible()
    press(button(page, "我来办"))
    press(button(page, "看消费者的电话（会留下记录）"))
    answer(page)
    press(button(page, "打电话 13857712345"))
    assert page.evaluate("wx._called") == "13857712345"
    page = at_station(f"/pages/station-case/index?no={number}")
    expect(button(page, "看消费者的电话（会留下记录）")).to_be_visible()
    expect(page.get_by_text("13857712345")).to_have_count(0)


def test_whom_an_officer_shields_gets_no_words(town: Town, at_station: Callable[[str], Page], number: str) -> None:
    town.act(lambda: complaints.through_officer(queries.by_number(number), only=True))
    page = at_station(f"/pages/station-case/index?no={number}")
    expect(page.get_by_text("这件事由市场监管人员转告双方").first).to_be_visible()
    expect(page.get_by_label("具体怎么做")).to_have_count(0)
    expect(button(page, "＋ 照片")).to_have_count(0)
    press(page.get_by_text("赔礼道歉", exact=True))
    press(button(page, "把方案发给消费者"))
    answer(page)
    expect(page.get_by_text("联络站已提出方案")).to_be_visible()
    assert request_of(town, number).offer_text is None
    press(button(page, "和消费者的对话"))
    expect(page.get_by_text("要说的话，请告诉市场监管部门。")).to_be_visible()
    expect(button(page, "发送")).to_have_count(0)


def test_the_conversation_counts_what_is_unread_and_has_ready_answers(
    town: Town, at_station: Callable[[str], Page], member: Browser, consumer: Browser, number: str
) -> None:
    town.act(complaints.say, consumer.actor(), number, text="什么时候可以来店里？")
    town.act(complaints.keep_ready_answer, member.actor(), title="请带小票来店", text="请带小票来店里，我们当场核对。")
    page = at_station("/pages/station/index")
    expect(page.get_by_text("1 条新消息")).to_be_visible()
    press(page.get_by_text("要求退货、赔偿损失"))
    press(page.get_by_role("button", name="1 条新消息"))
    expect(page.get_by_text("什么时候可以来店里？")).to_be_visible()
    press(button(page, "请带小票来店"))
    press(button(page, "发送"))
    expect(page.get_by_text("请带小票来店里，我们当场核对。").locator("visible=true")).to_be_visible()
    expect(page.get_by_label("写给消费者")).to_have_value("")
    press(page.get_by_role("button", name="返回"))
    expect(button(page, "和消费者的对话")).to_be_visible()
    assert steps(town, number) == ["submit", "take"]


def test_paying_first_is_agreed_to_within_the_cap_and_noted_with_its_voucher(
    town: Town,
    clock: FixedClock,
    phone: Phone,
    shop: Shop,
    member: Browser,
    consumer: Browser,
    tmp_path: Path,
) -> None:
    number = town.offered(shop, member, consumer)
    town.agreed(consumer, number)
    clock.advance(days=10)
    town.act(compensation.request, consumer.actor(), number, because=Because.UNPERFORMED, amount_fen=12850)
    page = phone.open(f"/pages/station-case/index?no={number}", who="zhan-wang")
    press(button(page, "同意先行赔付"))
    answer(page)
    expect(page.get_by_role("alert").get_by_text("限额")).to_be_visible()
    town.act(compensation.set_cap, member.actor(), shop.certificate_no, per_case_fen=50000, per_day_fen=50000)
    press(button(page, "同意先行赔付"))
    answer(page)
    page.set_viewport_size(
        {"width": 390, "height": 160}
    )  # the keyboard is open: the field is out of sight, and in a component
    press(button(page, "登记已付款"))
    see(page.get_by_text("请填写银行流水号。"))
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.get_by_label("银行流水号").fill("6217000012345678")
    Image.new("RGB", (640, 480), "#0b5f58").save(tmp_path / "voucher.jpg")
    with page.expect_file_chooser() as chooser:
        press(button(page, "＋ 照片").first)
    chooser.value.set_files(tmp_path / "voucher.jpg")
    press(button(page, "登记已付款"))
    answer(page)
    expect(page.get_by_text("已赔付")).to_be_visible()
    expect(button(page, "登记已付款")).to_have_count(0)


def test_the_station_agrees_to_mediation_and_asks_the_mediator_to_step_back(
    town: Town, at_station: Callable[[str], Page], member: Browser, consumer: Browser, number: str
) -> None:
    officer = town.staff(Role.CITY_OFFICER)
    town.act(complaints.refuse, member.actor(), number, text="商品已拆封使用，不能退货。")
    complaint = town.act(complaints.escalate, consumer.actor(), number, IDENTITY).case_no
    town.act(complaints.accept_complaint, officer, complaint)
    page = at_station(f"/pages/station-case/index?no={number}")
    press(button(page, "不同意调解"))
    answer(page, "再想想")
    press(button(page, "同意调解"))
    expect(page.get_by_text("您答复的是：同意调解")).to_be_visible()
    press(button(page, "不同意委托"))
    expect(page.get_by_text("您答复的是：不同意。")).to_be_visible()
    press(button(page, "申请调解人员回避"))
    press(button(page, "提出回避申请"))
    expect(page.get_by_text("请写明理由，至少 5 个字。")).to_be_visible()
    page.get_by_label("为什么要回避").fill("调解人员是消费者的亲戚。")
    press(button(page, "提出回避申请"))
    answer(page)
    expect(page.get_by_text("您申请了调解人员回避。决定以前，调解中止。")).to_be_visible()
    expect(page.get_by_label("为什么要回避")).to_have_count(0)
    assert town.act(lambda: queries.complaint_of(queries.by_number(number).id)).state == "recusal_asked"


def test_the_station_reads_its_own_figures(
    town: Town, at_station: Callable[[str], Page], shop: Shop, member: Browser, consumer: Browser
) -> None:
    town.offered(shop, member, consumer)
    town.act(complaints.refuse, member.actor(), town.request(shop, consumer), text="商品已拆封使用，不能退货。")
    page = at_station("/pages/station/index")
    press(button(page, "本站统计"))
    for words in ("商店（1 家）", "不到 1 分钟", "0%", "质量：2 件，100%", "同类中位数每晚算一次，明天可以看到。"):
        expect(page.get_by_text(words).locator("visible=true").first).to_be_visible()
    press(button(page, "最近一年"))
    press(button(page, "这些数怎么算的"))
    expect(page.get_by_text("不到 5 家有数据的不显示。")).to_be_visible()
