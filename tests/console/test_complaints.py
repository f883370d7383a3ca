"""The bureau's complaints: the queue, one case with its steps, refused forms, and the look at an identity."""

import io

import pytest
import sqlalchemy as sa
from PIL import Image

from backend.access.actor import Role
from backend.complaints import service as complaints
from backend.complaints.model import IdentityView, Settlement
from backend.infrastructure import photos
from backend.infrastructure.audit import AuditEntry
from backend.infrastructure.database import session
from backend.kernel.clock import FixedClock
from tests.console.office import PERSONAL, YUEQING, Office
from tests.pages.town import Browser, Shop, Town

QUEUE = "/console/complaints"
REASON = "已经由法院立案，正在审理。"


@pytest.fixture
def number(office: Office, shop: Shop, consumer: Browser) -> str:
    """A complaint that just came in."""
    return office.complaint(shop, consumer)


@pytest.fixture
def case(number: str) -> str:
    return f"{QUEUE}/{number}"


@pytest.fixture
def mediated(officer: Browser, case: str) -> str:
    """A complaint in mediation."""
    officer.done(case, f"{case}/accept")
    return case


def test_an_empty_queue_says_so(officer: Browser) -> None:
    assert "没有这样的投诉" in officer.get(QUEUE)


def test_the_queue_shows_number_unit_state_deadline_and_owner(officer: Browser, number: str) -> None:
    page = officer.get(QUEUE)
    for words in (number, "瓯越电器", "鹿城区", "等待决定是否受理", "总局令第121号", "还剩", "还没有人承办", "共 1 件"):
        assert words in page
    officer.done(f"{QUEUE}/{number}", f"{QUEUE}/{number}/accept")
    page = officer.get(QUEUE)
    assert "周同事" in page
    assert "调解中" in page


def test_what_is_overdue_comes_first(
    officer: Browser, office: Office, town: Town, shop: Shop, consumer: Browser, clock: FixedClock
) -> None:
    old = office.complaint(shop, consumer)
    clock.advance(days=12)
    officer = office.at_desk(Role.COUNTY_OFFICER)
    new = office.complaint(town.shop("鹿城书店"), town.person("gu-ke-2"))
    page = officer.get(QUEUE)
    assert page.index(old) < page.index(new)
    assert "1 件已超期" in page
    assert "已超期" in page


def test_the_queue_is_filtered_by_state_and_owner(officer: Browser, office: Office, number: str) -> None:
    colleague = office.at_desk(Role.CITY_OFFICER)
    assert number in officer.get(f"{QUEUE}?state=received")
    assert number not in officer.get(f"{QUEUE}?state=in_mediation")
    assert number not in officer.get(f"{QUEUE}?whose=mine")
    officer.done(f"{QUEUE}/{number}", f"{QUEUE}/{number}/accept")
    assert number in officer.get(f"{QUEUE}?whose=mine")
    assert number not in colleague.get(f"{QUEUE}?whose=mine")
    assert number in colleague.get(f"{QUEUE}?whose=all&state=in_mediation")


def test_closed_complaints_are_found_when_asked_for(officer: Browser, case: str, number: str) -> None:
    officer.done(case, f"{case}/refuse", {"ground": "R16_2", "text": REASON})
    assert number not in officer.get(QUEUE)
    assert number in officer.get(f"{QUEUE}?state=all")
    assert number in officer.get(f"{QUEUE}?state=not_accepted")


def test_the_queue_has_pages(officer: Browser, office: Office, town: Town) -> None:
    for count in range(21):
        office.complaint(town.shop(f"第{count}家店"), town.person(f"gu-ke-{count}"))
    assert officer.get(QUEUE).count('<th scope="row">') == 20
    assert "第 1 页，共 2 页" in officer.get(QUEUE)
    assert officer.get(f"{QUEUE}?page=2").count('<th scope="row">') == 1
    officer.get(f"{QUEUE}?page=99999999999999999999")


def test_a_number_leads_to_its_case(officer: Browser, number: str, town: Town, shop: Shop, consumer: Browser) -> None:
    settlement_no = town.act(lambda: session().scalars(sa.select(Settlement.case_no)).one())
    for typed in (number, f" {number.lower()} ", settlement_no):
        answer = officer.client.get(f"{QUEUE}?text={typed}")
        assert (answer.status_code, answer.headers["Location"]) == (303, f"{QUEUE}/{number}")
    waiting = town.request(shop, consumer)
    page = officer.get(f"{QUEUE}?text={waiting}", 404)
    assert "这个诉求还在联络站，没有转成投诉。" in page
    assert f'value="{waiting}"' in page
    assert number in officer.get(f"{QUEUE}?text=电饭煲"), "what is no number is searched for"
    assert number not in officer.get(f"{QUEUE}?text=电饭锅")
    officer.get(f"{QUEUE}?text=%00%27")


def test_the_case_tells_what_happened(officer: Browser, case: str) -> None:
    page = officer.get(case)
    for words in (
        "买的电饭煲用了三天就不通电",
        "退货、赔偿损失",
        "128.50 元",
        "联络站不同意",
        "小票丢了，没有办法退货。",
        "消费者向维权联络站提出诉求",
        "收到投诉",
        "投诉人没有上传照片",
    ):
        assert words in page
    assert "/console/units/FXXF-330302-2026-00001" in page


def test_accepting_makes_one_the_officer_in_charge(officer: Browser, mediated: str) -> None:
    page = officer.get(mediated)
    for words in ("调解中，承办人：周同事", "受理，开始调解", "记下一方是否同意调解", "送检验检测", "终止调解"):
        assert words in page
    assert f'action="{mediated}/accept"' not in page


def test_what_was_done_is_not_possible_twice(officer: Browser, mediated: str) -> None:
    page = officer.refused(mediated, f"{mediated}/accept", status=409)
    assert "没有提交成功" in page
    assert "不能这样做" in page


def test_a_refusal_needs_ground_and_reason(officer: Browser, case: str) -> None:
    page = officer.refused(case, f"{case}/refuse", {"form_scope": "refuse", "ground": "", "text": "不管"})
    assert "属于哪一种情形" in page
    assert "告诉投诉人的理由：至少填写 5 个字。" in page
    assert ">不管</textarea>" in page
    assert '<details class="task" open>' in page
    assert officer.get(case).count('<details class="task" open>') == 0, "the control"
    page = officer.done(case, f"{case}/refuse", {"ground": "R16_2", "text": REASON})
    for words in ("不予受理", REASON, "法院、仲裁机构", "请求消费者协会", "已经办结"):
        assert words in page


def test_testing_pauses_the_period_and_adds_its_days(
    officer: Browser, office: Office, mediated: str, clock: FixedClock
) -> None:
    page = officer.done(mediated, f"{mediated}/pause-for-testing")
    assert "期限暂停计算" in page
    assert "暂停计算" in officer.get(QUEUE)
    clock.advance(days=10)
    officer = office.at_desk(Role.COUNTY_OFFICER)
    page = officer.done(mediated, f"{mediated}/resume")
    assert "已扣除暂停的 10 天" in page


def test_an_agreement_closes_the_case(officer: Browser, mediated: str) -> None:
    text = "商家三日内退还货款 128.50 元。"
    assert "记录调解协议" not in officer.get(mediated)
    for party in ("consumer", "merchant"):
        said = {"party": party, "agree": "true", "way": "phone"}
        page = officer.done(mediated, f"{mediated}/note-consent", said)
    assert "同意（电话答复" in page
    assert "记录调解协议" in page
    assert "至少填写 5 个字" in officer.refused(
        mediated, f"{mediated}/record-agreement", {"form_scope": "agreement", "text": "退款", "closing": "signed"}
    )
    page = officer.done(mediated, f"{mediated}/record-agreement", {"text": text, "closing": "performed"})
    assert "调解成功" in page
    assert "当场履行完毕，留存记录" in page
    assert text in page


def test_termination_is_served_on_both_sides(officer: Browser, mediated: str) -> None:
    page = officer.done(mediated, f"{mediated}/terminate", {"ground": "T23_3", "text": "商家明确表示不同意退款。"})
    for words in ("等待送达", "商家明确表示不同意退款。", "一方明确表示不能达成调解协议", "通知已送达双方"):
        assert words in page
    page = officer.done(mediated, f"{mediated}/serve-notice")
    assert "调解终止" in page
    assert "终止调解通知已送达双方" in page


@pytest.mark.parametrize("step", ["accept", "refuse", "terminate", "identity"])
def test_another_countys_officer_finds_no_such_case(office: Office, officer: Browser, case: str, step: str) -> None:
    stranger = office.at_desk(Role.COUNTY_OFFICER, county=YUEQING)
    stranger.get(case, 404)
    assert case not in stranger.get(QUEUE)
    fields = {"ground": "R16_2" if step == "refuse" else "T23_3", "text": REASON, "purpose": "核实情况"}
    assert stranger.post("/console/password", f"{case}/{step}", fields).status_code == 404
    officer.get(case)
    assert case in officer.get(QUEUE)


@pytest.mark.parametrize("role", [Role.JOINT_OFFICE, Role.COUNCIL, Role.OPERATOR])
def test_other_staff_do_not_come_in(office: Office, officer: Browser, case: str, role: Role) -> None:
    desk = office.at_desk(role)
    desk.get(QUEUE, 403)
    desk.get(case, 403)
    assert desk.post("/console/password", f"{case}/accept").status_code == 403
    assert officer.post(case, f"{case}/accept").status_code == 303, "the control"


def test_photos_open_by_short_links(
    officer: Browser, town: Town, consumer: Browser, number: str, clock: FixedClock
) -> None:
    held = io.BytesIO()
    Image.new("RGB", (64, 48), "red").save(held, "PNG")
    photo = photos.clean(held.getvalue())
    settlement_no = town.act(lambda: session().scalars(sa.select(Settlement.case_no)).one())
    town.act(complaints.add_photo, consumer.actor(), settlement_no, photo, for_station=False)
    page = officer.get(f"{QUEUE}/{number}")
    link = "/api/v1/evidence/" + page.split('<img src="/api/v1/evidence/')[1].split('"', maxsplit=1)[0]
    assert officer.client.get(link).content_type == "image/jpeg"
    clock.advance(minutes=6)
    assert officer.client.get(link).status_code == 404


@pytest.mark.parametrize("personal", PERSONAL)
def test_queue_and_case_never_name_the_complainant(officer: Browser, case: str, personal: str) -> None:
    assert personal not in officer.get(QUEUE)
    assert personal not in officer.get(f"{QUEUE}?state=all")
    assert personal not in officer.get(case)
    shown = officer.post(case, f"{case}/identity", {"purpose": "电话联系约定调解时间"})
    assert personal in shown.text, "the control: the name exists and is shown when asked for"
    assert personal not in officer.get(case)


def test_a_look_at_the_identity_is_noted_with_its_purpose(officer: Browser, town: Town, case: str) -> None:
    def noted() -> tuple[list[str], list[str]]:
        looks = sa.select(IdentityView.purpose)
        audited = sa.select(AuditEntry.actor_id).where(AuditEntry.action == "complaint.identity_reveal")
        return (
            town.act(lambda: list(session().scalars(looks))),
            town.act(lambda: list(session().scalars(audited))),
        )

    page = officer.refused(case, f"{case}/identity", {"form_scope": "identity", "purpose": "看"})
    assert "为什么要看：至少填写 4 个字。" in page
    assert noted() == ([], [])
    shown = officer.post(case, f"{case}/identity", {"purpose": "电话联系约定调解时间"})
    assert (shown.status_code, shown.headers["Cache-Control"]) == (200, "no-store")
    assert noted() == (["电话联系约定调解时间"], [officer.actor().account_id])
    assert "电话联系约定调解时间" in officer.get(case)
    assert officer.client.get(f"{case}/identity").status_code == 405, "no address shows it again"


def test_a_form_is_printed_after_a_purpose_and_the_look_is_noted(officer: Browser, case: str) -> None:
    assert f'href="{case}/documents/1"' in officer.get(case)
    paper = f"{case}/documents/1"
    assert "投诉登记表" in officer.get(paper)
    assert "为什么要下载：至少填写 4 个字。" in officer.refused(paper, paper, {"form_scope": "paper", "purpose": "看"})
    answer = officer.post(paper, paper, {"purpose": "打印盖章后归档"})
    assert (answer.status_code, answer.content_type) == (200, "application/pdf")
    assert "打印盖章后归档" in officer.get(case)
    officer.get(f"{case}/documents/6", 404)


def test_the_complainant_takes_the_form_home(officer: Browser, consumer: Browser, case: str, number: str) -> None:
    officer.done(case, f"{case}/refuse", {"ground": "R16_2", "text": REASON})
    page = consumer.get(f"/my/cases/{number}")
    assert "投诉不予受理决定书（PDF）" in page
    answer = consumer.client.get(f"/my/cases/{number}/documents/6/pdf")
    assert (answer.status_code, answer.content_type) == (200, "application/pdf")
    officer.get(f"/my/cases/{number}/documents/6/pdf", 403)
