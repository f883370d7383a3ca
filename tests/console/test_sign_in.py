"""Signing in at the console: where it leads, what a refusal shows, the first sign-in, one's own password."""

import pytest

from backend.access.actor import Role
from backend.kernel.clock import FixedClock
from tests.console.office import NEW_PASSWORD, PASSWORD, Office, path_after
from tests.pages.town import Browser

SIGN_IN = "/console/sign-in"


@pytest.mark.parametrize(
    ("role", "first"),
    [
        (Role.COUNTY_OFFICER, "/console/complaints"),
        (Role.CITY_OFFICER, "/console/complaints"),
        (Role.JOINT_OFFICE, "/console/returned"),
        (Role.COUNCIL, "/console/delegations"),
        (Role.OPERATOR, "/console/units"),
    ],
)
def test_each_role_comes_to_its_first_queue(office: Office, role: Role, first: str) -> None:
    desk = office.at_desk(role)
    answer = desk.client.get("/console")
    assert (answer.status_code, path_after(answer.headers["Location"])) == (303, first)
    page = desk.get(first)
    assert 'aria-current="page"' in page
    assert "退出" in page


def test_a_colleague_is_greeted_by_name(office: Office) -> None:
    colleague, desk = office.colleague(Role.OPERATOR), office.nobody()
    page = desk.done(SIGN_IN, SIGN_IN, office.form(colleague, next="/console/units"))
    assert f">{colleague.display_name}</a>" in page


def test_who_is_not_signed_in_is_sent_to_sign_in_and_comes_back(office: Office) -> None:
    browser = office.nobody()
    answer = browser.client.get("/console/units?words=五马街")
    assert answer.status_code == 303
    address = path_after(answer.headers["Location"])
    assert address.startswith(f"{SIGN_IN}?next=/console/units")
    assert 'name="next" value="/console/units?words=' in browser.get(address)
    colleague = office.colleague(Role.OPERATOR)
    answer = browser.post(address, SIGN_IN, office.form(colleague, next="/console/units?words=五马街"))
    assert path_after(answer.headers["Location"]).startswith("/console/units?words=")


@pytest.mark.parametrize("foreign", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_signing_in_leads_nowhere_else(office: Office, foreign: str) -> None:
    answer = office.nobody().post(SIGN_IN, SIGN_IN, office.form(office.colleague(Role.OPERATOR), next=foreign))
    assert (answer.status_code, path_after(answer.headers["Location"])) == (303, "/console")


def test_a_wrong_sign_in_comes_back_with_the_name_and_without_the_password(office: Office) -> None:
    colleague, browser = office.colleague(Role.CITY_OFFICER), office.nobody()
    page = browser.refused(SIGN_IN, SIGN_IN, office.form(colleague, password="完全不对的一句密码呀"), 401)
    assert "用户名、密码或动态码不正确" in page
    assert f'value="{colleague.username}"' in page
    assert "完全不对的一句密码呀" not in page
    assert browser.client.get("/console/complaints").status_code == 303, "still nobody"


def test_a_code_that_is_no_code_is_said_beside_the_field(office: Office) -> None:
    page = office.nobody().refused(SIGN_IN, SIGN_IN, office.form(office.colleague(Role.OPERATOR), one_time_code="12"))
    assert "动态码：动态码是 6 位数字。" in page
    assert 'href="#f-one_time_code"' in page


def test_a_form_without_its_csrf_token_is_refused(office: Office) -> None:
    colleague, browser = office.colleague(Role.OPERATOR), office.nobody()
    assert browser.client.post(SIGN_IN, data=office.form(colleague)).status_code == 400
    assert browser.post(SIGN_IN, SIGN_IN, office.form(colleague)).status_code == 303, "the control"


def test_the_first_sign_in_needs_a_password_of_ones_own(office: Office, clock: FixedClock) -> None:
    colleague, browser = office.colleague(Role.CITY_OFFICER, must_change=True), office.nobody()
    page = browser.refused(SIGN_IN, SIGN_IN, office.form(colleague))
    assert "新密码：首次登录请设置自己的新密码。" in page
    assert '<details class="task" open>' in page
    assert browser.post(SIGN_IN, SIGN_IN, office.form(colleague, new_password=NEW_PASSWORD)).status_code == 303
    assert "投诉" in browser.get("/console/complaints")
    clock.advance(seconds=30)
    assert office.nobody().post(SIGN_IN, SIGN_IN, office.form(colleague)).status_code == 401
    assert office.nobody().post(SIGN_IN, SIGN_IN, office.form(colleague, password=NEW_PASSWORD)).status_code == 303


def test_who_is_signed_in_does_not_sign_in_again(office: Office) -> None:
    assert office.at_desk(Role.OPERATOR).client.get(SIGN_IN).status_code == 303


def test_who_came_by_wechat_is_told_to_use_the_staff_account(consumer: Browser, officer: Browser) -> None:
    for path in ("/console", "/console/complaints", "/console/units", "/console/removals", "/console/password"):
        assert "请先退出，再用工作人员账号登录" in consumer.get(path, 403)
    assert "工作人员登录" in consumer.get(SIGN_IN)
    officer.get("/console/complaints")


def test_a_session_ends_after_half_an_hour_of_nothing(officer: Browser, clock: FixedClock) -> None:
    clock.advance(minutes=29)
    officer.get("/console/complaints")
    clock.advance(minutes=31)
    officer.get("/console/complaints", 303)


def test_ones_own_password_is_changed(office: Office, clock: FixedClock) -> None:
    colleague = office.colleague(Role.COUNTY_OFFICER)
    desk, path = office.enter(colleague), "/console/password"
    assert colleague.display_name in desk.get(path)
    assert "县级市场监管人员（鹿城区）" in desk.get(path)
    typed = {"password": PASSWORD, "new_password": NEW_PASSWORD, "repeated": NEW_PASSWORD}
    assert "两次输入的新密码不一样" in desk.refused(path, path, {**typed, "repeated": "别的"})
    assert "现在的密码不正确" in desk.refused(path, path, {**typed, "password": "不是这个密码"})
    assert "12 到 128 个字符" in desk.refused(path, path, {**typed, "new_password": "短", "repeated": "短"})
    assert "密码已修改" in desk.done(path, path, typed)
    clock.advance(seconds=30)
    assert office.nobody().post(SIGN_IN, SIGN_IN, office.form(colleague, password=NEW_PASSWORD)).status_code == 303
