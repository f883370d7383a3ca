"""The consumer council's desk, and delegated mediation on the pages of the bureau and of both parties."""

import pytest

from backend.access.actor import Role
from tests.console.office import PERSONAL, Office
from tests.pages.town import Browser, Shop, Town

DESK = "/console/delegations"


@pytest.fixture
def consumer(town: Town) -> Browser:
    return town.person("gu-ke")


@pytest.fixture
def officer(office: Office) -> Browser:
    return office.at_desk(Role.COUNTY_OFFICER)


@pytest.fixture
def council(office: Office) -> Browser:
    return office.at_desk(Role.COUNCIL)


@pytest.fixture
def case(office: Office, officer: Browser, shop: Shop, consumer: Browser) -> str:
    """A complaint in mediation."""
    path = f"/console/complaints/{office.complaint(shop, consumer)}"
    officer.done(path, f"{path}/accept")
    return path


@pytest.fixture
def delegated(case: str, officer: Browser, consumer: Browser, town: Town, shop: Shop) -> str:
    """The council's page of it, after both agreed on their phones."""
    number = case.rsplit("/", 1)[1]
    settlement = _settlement(consumer, number)
    mine, theirs = f"/my/cases/{settlement}", f"/station/{settlement}"
    yes = {"agree": "true", "subject": "delegation"}
    assert "已答复：同意委托消费者权益保护委员会调解" in consumer.done(mine, f"{mine}/consent", yes)
    member = town.member(shop, "zhan-li-2")
    assert "您答复的是：同意" in member.done(theirs, f"{theirs}/consent", yes)
    assert "投诉人同意委托调解；被投诉人同意委托调解" in officer.get(case)
    page = officer.done(case, f"{case}/delegate", {"text": "双方对维修费用有分歧，请协助调解。"})
    assert "已委托消费者权益保护委员会调解" in page
    return DESK + "/" + page.split(f'href="{DESK}/')[1].split('"')[0]


def _settlement(consumer: Browser, complaint_no: str) -> str:
    return consumer.get(f"/my/cases/{complaint_no}").split("编号 HJ")[1][:16].join(["HJ", ""])


def test_an_empty_desk_says_so(council: Browser) -> None:
    assert "没有委托调解" in council.get(DESK)


def test_the_council_takes_on_mediates_and_reports(
    delegated: str, case: str, council: Browser, officer: Browser
) -> None:
    assert "消保委决定是否受理" in council.get(DESK)
    page = council.get(delegated)
    assert not [value for value in PERSONAL if value in page]
    assert "不能再转给别人" in page
    assert "消保委调解" in council.done(delegated, f"{delegated}/take-on")
    shown = council.post(delegated, f"{delegated}/identity", {"purpose": "电话联系约定时间"})
    assert PERSONAL[0] in shown.text
    refused = council.refused(delegated, f"{delegated}/report-agreement", {"form_scope": "agreement", "text": "退款"})
    assert "至少填写 5 个字" in refused
    agreed = {"text": "商家三日内退还货款。", "closing": "recorded"}
    assert "调解成功，已告知市场监管部门" in council.done(delegated, f"{delegated}/report-agreement", agreed)
    page = officer.get(case)
    assert ">商家三日内退还货款。</textarea>" in page, "the agreement is filled in for the bureau"
    assert "调解成功" in officer.done(case, f"{case}/record-agreement", agreed)


def test_the_bureau_takes_back(delegated: str, case: str, council: Browser, officer: Browser) -> None:
    assert "已收回，由本局继续调解" in officer.done(case, f"{case}/take-back")
    assert "已经收回" in council.get(delegated)


def test_a_colleague_of_the_bureau_reads_and_does_nothing(delegated: str, officer: Browser) -> None:
    page = officer.get(delegated)
    assert "您不用做什么" in page


def test_the_course_says_who_agreed_to_what(delegated: str, case: str, officer: Browser, consumer: Browser) -> None:
    words = "被投诉人同意委托消费者权益保护委员会调解"
    assert words in officer.get(case)
    assert words in consumer.get(f"/my/cases/{case.rsplit('/', 1)[1]}")


def test_a_delegation_offers_its_steps_to_the_council_alone(delegated: str, officer: Browser, council: Browser) -> None:
    page = officer.get(delegated)
    assert f'action="{delegated}/take-on"' in council.get(delegated), "the control"
    assert f'action="{delegated}' not in page
