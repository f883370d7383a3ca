"""Experience reviews at the console: from a new campaign to the published report, and inviting volunteers."""

import re

import pytest

from backend.access.actor import Role
from backend.kernel.clock import FixedClock
from tests.console.office import Office
from tests.pages.town import Browser, Shop, Town

LIST = "/console/campaigns"
NEW = f"{LIST}/new"
FORM = {
    "title": "商店明码标价体验",
    "category": "shop",
    "sample_size": "1",
    "checklist": "价格标得清楚\r\n\r\n 店里能看到联络站电话 \r\n愿意开发票\r\n",
}


@pytest.fixture
def council(office: Office) -> Browser:
    return office.at_desk(Role.COUNCIL)


@pytest.fixture
def campaign(council: Browser) -> str:
    """The page of a new campaign."""
    answer = council.post(NEW, NEW, {"idempotency_key": "new-campaign", **FORM})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


@pytest.fixture
def drawn(council: Browser, campaign: str, shop: Shop, volunteer: Browser) -> str:
    """The page of a campaign whose visits are assigned."""
    council.done(campaign, f"{campaign}/draw")
    return campaign


@pytest.fixture
def volunteer(town: Town) -> Browser:
    return town.volunteer()


def _visit(volunteer: Browser, shop: Shop) -> None:
    """The volunteer hands the form in."""
    number = re.search(r"/volunteer/(RW[0-9A-Z-]+)", volunteer.get("/volunteer"))
    assert number is not None
    path = f"/volunteer/{number[1]}"
    volunteer.done(path, f"{path}/start", {"badge": shop.token})
    answers = {"answer_0": "pass", "answer_1": "fail", "answer_2": "na", "remark": "电话被海报挡住了。"}
    volunteer.done(path, f"{path}/submit", answers)


def test_an_empty_list_says_so(council: Browser) -> None:
    assert "还没有体验活动" in council.get(LIST)


def test_a_new_campaign_has_one_check_a_line(council: Browser, campaign: str) -> None:
    page = council.get(campaign)
    for words in ("商店明码标价体验", "准备中", "抽取体验单位", "<li>店里能看到联络站电话</li>", "新建活动"):
        assert words in page
    assert page.count("<li>") >= 3
    assert "商店明码标价体验" in council.get(LIST)


def test_a_refused_campaign_comes_back_filled_in(council: Browser) -> None:
    typed = {**FORM, "idempotency_key": "new-campaign", "sample_size": "九百", "checklist": "x" * 61 + "\n一样\n一样"}
    page = council.refused(NEW, NEW, typed)
    assert "抽取多少家：这里应当填写整数。" in page
    assert "检查项：最多 60 个字，现在有 61 个。" in page
    assert 'value="商店明码标价体验"' in page
    assert "一样\n一样</textarea>" in page
    page = council.refused(NEW, NEW, {**typed, "sample_size": "1", "checklist": "一样\n一样"})
    assert "检查项：有重复的检查项。" in page
    page = council.refused(NEW, NEW, {**typed, "sample_size": "1", "checklist": "\n".join(map(str, range(21)))})
    assert "请写 1 到 20 行，现在有 21 行。" in page


def test_drawing_needs_volunteers(council: Browser, campaign: str, shop: Shop) -> None:
    page = council.refused(campaign, f"{campaign}/draw", status=409)
    assert "没有足够的志愿者" in page


def test_drawn_visits_are_shown_with_their_progress(
    council: Browser, drawn: str, shop: Shop, volunteer: Browser
) -> None:
    page = council.get(drawn)
    for words in ("体验中", "体验任务（1 个，已交 0 个）", shop.name, volunteer.actor().alias, "待到店", "抽取种子"):
        assert words in page
    _visit(volunteer, shop)
    page = council.get(drawn)
    for words in ("已交 1 个", "看体验表", "电话被海报挡住了。", "店里能看到联络站电话：<strong>没有做到</strong>"):
        assert words in page


def test_a_report_is_closed_and_published(council: Browser, drawn: str, shop: Shop, volunteer: Browser) -> None:
    _visit(volunteer, shop)
    page = council.done(drawn, f"{drawn}/close")
    assert "已结束体验" in page
    page = council.refused(drawn, f"{drawn}/publish", {"form_scope": "publish", "summary": "很好"})
    assert "总结：至少填写 10 个字。" in page
    page = council.done(drawn, f"{drawn}/publish", {"summary": "多数店标价清楚，联络站电话常被挡住。"})
    assert "已公布" in page
    assert "联络站电话常被挡住" in page
    report = re.search(r'href="(/reports/[^"]+)"', page)
    assert report is not None
    assert "联络站电话常被挡住" in council.get(report[1])


def test_nothing_is_published_without_a_visit(council: Browser, drawn: str) -> None:
    page = council.done(drawn, f"{drawn}/close")
    assert "还没有提交的体验表，不能公布" in page
    council.refused(drawn, f"{drawn}/publish", {"summary": "多数店标价清楚，联络站电话常被挡住。"}, 409)


def test_what_is_overdue_comes_first(office: Office, council: Browser, campaign: str, clock: FixedClock) -> None:
    clock.advance(days=61)
    council = office.at_desk(Role.COUNCIL)
    later = council.post(NEW, NEW, {"idempotency_key": "another-one", **FORM, "title": "第二次体验"})
    page = council.get(LIST)
    assert page.index("商店明码标价体验") < page.index("第二次体验")
    assert "已超期" in page
    assert later.status_code == 303


def test_a_volunteer_is_invited_by_a_code_shown_once(council: Browser, town: Town) -> None:
    answer = council.post(LIST, f"{LIST}/volunteers", {"idempotency_key": "invite-one"})
    code = re.search(r"<code>([0-9A-Z-]{19})</code>", answer.text)
    assert code is not None
    assert code[1] not in council.get(LIST)
    person = town.person("xin-zhi-yuan-zhe")
    person.done(f"/join?code={code[1]}", "/join", {"code": code[1]})
    assert "现在有 1 名志愿者" in council.get(LIST)


@pytest.mark.parametrize("role", [Role.CITY_OFFICER, Role.JOINT_OFFICE])
def test_others_read_without_visits_and_do_nothing(office: Office, council: Browser, drawn: str, role: Role) -> None:
    desk = office.at_desk(role)
    assert drawn in desk.get(LIST)
    page = desk.get(drawn)
    assert "您的身份只能查看" in page
    assert "体验任务（" not in page
    assert "体验任务（" in council.get(drawn), "the control"
    desk.get(NEW, 403)
    for step in ("draw", "close", "publish"):
        assert desk.post("/console/password", f"{drawn}/{step}", {"summary": "x" * 20}).status_code == 403


def test_who_invites_for_stations_does_not_invite_volunteers(office: Office, officer: Browser) -> None:
    page = officer.refused("/console/password", f"{LIST}/volunteers", {"idempotency_key": "invite-two"}, 403)
    assert "您的身份不能邀请消费体验志愿者" in page
    joint = office.at_desk(Role.JOINT_OFFICE)
    refused = joint.post("/console/password", f"{LIST}/volunteers", {"idempotency_key": "invite-two"})
    assert refused.status_code == 403


@pytest.mark.parametrize("role", [Role.COUNTY_OFFICER, Role.OPERATOR])
def test_other_staff_do_not_come_in(office: Office, council: Browser, campaign: str, role: Role) -> None:
    desk = office.at_desk(role)
    desk.get(LIST, 403)
    desk.get(campaign, 403)
    council.get(campaign)
