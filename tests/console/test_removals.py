"""Removal proposals at the console: the queue, four eyes, the decision, taking a proposal back."""

import pytest

from backend.access.actor import Role
from backend.kernel.clock import FixedClock
from backend.supervision import service as supervision
from tests.console.office import YUEQING, Office
from tests.pages.town import Browser, Shop, Town

QUEUE = "/console/removals"
TEXT = "多次教育仍不答复消费者，予以撤销。"


@pytest.fixture
def number(office: Office, shop: Shop, officer: Browser) -> str:
    return office.proposal(shop, officer)


@pytest.fixture
def case(number: str) -> str:
    return f"{QUEUE}/{number}"


@pytest.fixture
def answered(town: Town, shop: Shop, number: str, case: str) -> str:
    """A proposal that the unit has answered."""
    member = town.member(shop)
    town.act(supervision.reply, member.actor(), number, text="店长生病住院，已经换人专门答复。")
    return case


def test_the_queue_shows_the_open_ones_first_to_run_out(
    office: Office, town: Town, officer: Browser, number: str, clock: FixedClock
) -> None:
    page = officer.get(QUEUE)
    for words in (
        number,
        "瓯越电器",
        "等待单位陈述申辩",
        "单位陈述申辩",
        "还剩",
        "（您）",
        "多次不答复消费者的和解诉求",
    ):
        assert words in page
    clock.advance(days=15)
    officer = office.at_desk(Role.COUNTY_OFFICER)
    later = office.proposal(town.shop("鹿城书店"), officer)
    page = officer.get(QUEUE)
    assert page.index(number) < page.index(later)
    assert "已到期" in page, "the time to reply is over, and nobody is late"


def test_the_proposer_does_not_decide(office: Office, officer: Browser, answered: str) -> None:
    page = officer.get(answered)
    assert "您是提案人，不能决定自己的提案" in page
    assert "店长生病住院" in page
    page = officer.refused(answered, f"{answered}/decide", {"revoke": "true", "text": TEXT}, 409)
    assert "决定人不能是提案人" in page
    second = office.at_desk(Role.COUNTY_OFFICER)
    assert "作出决定" in second.get(answered), "the control"


def test_a_second_officer_revokes(office: Office, officer: Browser, shop: Shop, answered: str) -> None:
    second = office.at_desk(Role.CITY_OFFICER)
    page = second.refused(answered, f"{answered}/decide", {"form_scope": "decide", "text": "撤"})
    assert "决定：这一项必须填写。" in page
    assert "理由：至少填写 5 个字。" in page
    assert ">撤</textarea>" in page
    page = second.done(answered, f"{answered}/decide", {"revoke": "true", "text": TEXT})
    for words in ("决定撤销", TEXT, "决定人：周同事", "已经办结"):
        assert words in page
    assert "已撤销" in officer.get(f"/console/units/{shop.certificate_no}")
    assert answered not in officer.get(QUEUE)
    assert answered in officer.get(f"{QUEUE}?state=all")


def test_a_second_officer_keeps(office: Office, officer: Browser, shop: Shop, answered: str) -> None:
    second = office.at_desk(Role.COUNTY_OFFICER)
    page = second.done(answered, f"{answered}/decide", {"revoke": "false", "text": "已经整改到位，不予撤销。"})
    assert "决定不撤销" in page
    assert "已撤销" not in officer.get(f"/console/units/{shop.certificate_no}")


def test_nobody_decides_before_the_unit_could_answer(office: Office, case: str) -> None:
    second = office.at_desk(Role.COUNTY_OFFICER)
    assert "作出决定" not in second.get(case)
    second.refused(case, f"{case}/decide", {"revoke": "true", "text": TEXT}, 409)


def test_a_proposal_is_taken_back(officer: Browser, case: str) -> None:
    assert "提案已撤回" in officer.done(case, f"{case}/withdraw")
    officer.refused(case, f"{case}/withdraw", status=409)


def test_the_joint_office_reads_and_does_not_decide(office: Office, officer: Browser, answered: str) -> None:
    desk = office.at_desk(Role.JOINT_OFFICE)
    page = desk.get(answered)
    assert "等市场监管部门另一名承办人决定" in page
    assert "撤回提案" not in page
    assert "撤回提案" in officer.get(answered), "the control"
    for step in ("decide", "withdraw"):
        assert desk.post(QUEUE, f"{answered}/{step}", {"revoke": "true", "text": TEXT}).status_code == 403


@pytest.mark.parametrize("role", [Role.COUNCIL, Role.OPERATOR])
def test_other_staff_do_not_come_in(office: Office, officer: Browser, case: str, role: Role) -> None:
    desk = office.at_desk(role)
    desk.get(QUEUE, 403)
    desk.get(case, 403)
    officer.get(case)


def test_another_county_finds_nothing(office: Office, number: str, case: str) -> None:
    stranger = office.at_desk(Role.COUNTY_OFFICER, county=YUEQING)
    assert number not in stranger.get(f"{QUEUE}?state=all")
    stranger.get(case, 404)
    assert number in office.at_desk(Role.CITY_OFFICER).get(QUEUE), "the control"
