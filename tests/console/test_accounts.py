"""Staff accounts at the console: making one, its secret shown once, roles, a new secret, disabling."""

import re

import pyotp
import pytest

from backend.access.actor import Role
from backend.kernel.clock import FixedClock
from tests.console.office import NEW_PASSWORD, PASSWORD, Colleague, Office
from tests.pages.town import Browser

LIST = "/console/accounts"
NEW = f"{LIST}/new"
FORM = {
    "username": "wang.jg",
    "display_name": "王建国",
    "password": PASSWORD,
    "role": "county_officer",
    "county_code": "330302",
    "idempotency_key": "new-account",
}


@pytest.fixture
def operator(office: Office) -> Browser:
    return office.at_desk(Role.OPERATOR)


@pytest.fixture
def colleague(office: Office) -> Colleague:
    return office.colleague(Role.COUNTY_OFFICER)


def _secret(page: str) -> str:
    found = re.search(r"<code>([A-Z2-7]{32})</code>", page)
    assert found is not None
    return found[1]


def test_a_new_account_and_its_first_sign_in(operator: Browser, office: Office, clock: FixedClock) -> None:
    answer = operator.post(NEW, NEW, FORM)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    secret = _secret(answer.text)
    assert 'src="data:image/svg+xml;base64,' in answer.text
    for path in (LIST, f"{LIST}/wang.jg"):
        page = operator.get(path)
        assert "王建国" in page
        assert "县级市场监管人员" in page
        assert "（鹿城区）" in page
        assert secret not in page
    browser = office.nobody()
    fields = {"username": "wang.jg", "password": PASSWORD, "one_time_code": pyotp.TOTP(secret).at(clock.now())}
    browser.refused("/console/sign-in", "/console/sign-in", fields)
    fields["new_password"] = NEW_PASSWORD
    assert browser.post("/console/sign-in", "/console/sign-in", fields).status_code == 303


def test_the_same_form_twice_makes_one_account(operator: Browser) -> None:
    first, again = operator.post(NEW, NEW, FORM), operator.post(NEW, NEW, FORM)
    assert first.status_code == again.status_code == 200
    assert _secret(first.text) == _secret(again.text)
    page = operator.refused(NEW, NEW, {**FORM, "idempotency_key": "another-key"}, 409)
    assert "用户名：这个用户名已经有人使用" in page


def test_a_refused_account_comes_back_without_its_password(operator: Browser) -> None:
    page = operator.refused(NEW, NEW, {**FORM, "username": "王", "county_code": ""})
    assert "用户名：用户名用 3 到 32 个小写字母" in page
    assert 'value="王建国"' in page
    assert PASSWORD not in page
    page = operator.refused(NEW, NEW, {**FORM, "county_code": ""})
    assert "县（市、区）：请选择所属的县（市、区）。" in page
    assert 'value="county_officer" checked' in page
    page = operator.refused(NEW, NEW, {**FORM, "role": "volunteer"})
    assert "身份：请选择一种工作人员身份。" in page
    assert "wang.jg" not in operator.get(LIST)


def test_roles_are_given_and_taken(operator: Browser, colleague: Colleague) -> None:
    path = f"{LIST}/{colleague.username}"
    page = operator.done(path, f"{path}/roles", {"idempotency_key": "grant-one", "role": "joint_office"})
    assert "取消“联席会议办公室”" in page
    fields = {"idempotency_key": "grant-two", "form_scope": "grant", "role": "joint_office"}
    assert "已经有这种身份" in operator.refused(path, f"{path}/roles", fields, 409)
    grants = re.findall(r'name="grant_id" value="([^"]+)"', page)
    assert len(grants) == 2
    page = operator.done(path, f"{path}/end-role", {"grant_id": grants[1]})
    assert "取消“联席会议办公室”" not in page
    assert operator.post(path, f"{path}/end-role", {"grant_id": grants[1]}).status_code == 404


def test_a_role_is_ended_on_its_own_persons_page_only(operator: Browser, office: Office, colleague: Colleague) -> None:
    other = office.colleague(Role.COUNCIL)
    theirs = re.search(r'name="grant_id" value="([^"]+)"', operator.get(f"{LIST}/{other.username}"))
    assert theirs is not None
    path = f"{LIST}/{colleague.username}"
    assert operator.post(path, f"{path}/end-role", {"grant_id": theirs[1]}).status_code == 404
    assert "取消“消费者权益保护委员会”" in operator.get(f"{LIST}/{other.username}")


def test_a_new_secret_ends_the_old_one(operator: Browser, office: Office, colleague: Colleague) -> None:
    desk, path = office.enter(colleague), f"{LIST}/{colleague.username}"
    desk.get("/console/complaints")
    answer = operator.post(path, f"{path}/totp", {"idempotency_key": "new-secret"})
    assert answer.status_code == 200
    assert _secret(answer.text) != colleague.secret
    desk.get("/console/complaints", 303)


def test_disabling_ends_the_work_at_once(operator: Browser, office: Office, colleague: Colleague) -> None:
    desk, path = office.enter(colleague), f"{LIST}/{colleague.username}"
    desk.get("/console/complaints")
    page = operator.done(path, f"{path}/disable")
    assert "已停用" in page
    assert "换发动态码密钥" not in page
    desk.get("/console/complaints", 303)
    assert operator.post(LIST, f"{path}/disable").status_code == 404


def test_nobody_locks_themselves_out(operator: Browser) -> None:
    path = f"{LIST}/tongshi-1"
    page = operator.get(path)
    assert "不能停用自己的账号" in page
    operator.refused(path, f"{path}/disable", status=409)
    grant = re.search(r'name="grant_id" value="([^"]+)"', page)
    assert grant is not None
    assert "不能取消自己的管理员身份" in operator.refused(path, f"{path}/end-role", {"grant_id": grant[1]}, 409)


def test_operators_invite_volunteers_from_here(operator: Browser) -> None:
    answer = operator.post(LIST, "/console/campaigns/volunteers", {"idempotency_key": "invite-one"})
    assert answer.status_code == 200
    assert "消费体验志愿者" in answer.text


def test_an_unknown_account_is_not_found(operator: Browser) -> None:
    operator.get(f"{LIST}/nobody.here", 404)


@pytest.mark.parametrize("role", [Role.COUNTY_OFFICER, Role.CITY_OFFICER, Role.JOINT_OFFICE, Role.COUNCIL])
def test_other_staff_do_not_come_in(office: Office, operator: Browser, role: Role) -> None:
    desk = office.at_desk(role)
    for path in (LIST, NEW, f"{LIST}/tongshi-1"):
        desk.get(path, 403)
        operator.get(path)
    for step in ("new", "tongshi-1/totp", "tongshi-1/disable", "tongshi-1/roles", "tongshi-1/end-role"):
        assert desk.post("/console/password", f"{LIST}/{step}", FORM).status_code == 403
    assert "账号</a>" not in desk.get("/console/password")
    assert "账号</a>" in operator.get("/console/password")
