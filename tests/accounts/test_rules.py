"""Pure rules: passwords, user names, invitation codes, ties of roles, life of sessions."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.access.actor import Grant, Role
from backend.accounts import rules
from backend.accounts.common_passwords import COMMON_PASSWORDS
from backend.accounts.rules import SessionKind
from backend.kernel.errors import InvalidInput

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@given(st.integers(1, 200))
def test_only_lengths_12_to_128_are_taken(length: int) -> None:
    password = ("江心屿的灯塔亮了abc" * 20)[:length]
    if 12 <= length <= 128:
        rules.check_password(password, "wang")
    else:
        with pytest.raises(InvalidInput) as refused:
            rules.check_password(password, "wang", field="new_password")
        assert list(refused.value.fields) == ["new_password"]


@pytest.mark.parametrize(
    "password",
    ["woaini1314520", "WOAINI1314520", "aaaaaaaaaaaa", "121212121212121212", "wangjianguo88", "Wangjianguo123"],
)
def test_guessable_passwords_are_refused(password: str) -> None:
    with pytest.raises(InvalidInput):
        rules.check_password(password, "wangjianguo")


def test_no_kinds_of_characters_are_demanded() -> None:
    rules.check_password("correct horse battery staple", "wangjianguo")


def test_the_common_list_holds_only_what_its_length_lets_through() -> None:
    assert len(COMMON_PASSWORDS) >= 100
    assert all(len(word) >= rules.PASSWORD_LEAST and word == word.casefold() for word in COMMON_PASSWORDS)


@pytest.mark.parametrize(
    ("typed", "fine"), [("ＷＡＮＧ.jg ", True), ("wang_2", True), ("王建国", False), ("ab", False)]
)
def test_user_names(typed: str, fine: bool) -> None:
    username = rules.normal_username(typed)
    if fine:
        rules.check_username(username)
    else:
        with pytest.raises(InvalidInput):
            rules.check_username(username)


def test_an_invitation_code_is_read_as_people_type_it() -> None:
    assert rules.read_invitation_code("k7q3 9xpm-2d4t-hhOl") == "K7Q39XPM2D4THH01"
    code = rules.new_invitation_code()
    assert rules.read_invitation_code(code.lower()) == code.replace("-", "")
    for wrong in ("", "K7Q3-9XPM-2D4T-HHU0", "K7Q3-9XPM-2D4T", "号" * 16):
        with pytest.raises(InvalidInput):
            rules.read_invitation_code(wrong)


def test_invitation_codes_do_not_repeat() -> None:
    assert len({rules.new_invitation_code() for _ in range(10_000)}) == 10_000


@pytest.mark.parametrize(
    ("role", "county", "station", "fine"),
    [
        (Role.COUNTY_OFFICER, "330302", None, True),
        (Role.COUNTY_OFFICER, None, None, False),
        (Role.COUNTY_OFFICER, "330100", None, False),
        (Role.CITY_OFFICER, None, None, True),
        (Role.CITY_OFFICER, "330302", None, False),
        (Role.STATION_MEMBER, None, "s", True),
        (Role.STATION_MEMBER, None, None, False),
        (Role.VOLUNTEER, None, "s", False),
        (Role.CONSUMER, None, None, False),
        (Role.SYSTEM, None, None, False),
    ],
)
def test_a_role_has_its_ties_and_no_others(role: Role, county: str | None, station: str | None, fine: bool) -> None:
    if fine:
        rules.check_binding(role, county, station)
    else:
        with pytest.raises(InvalidInput):
            rules.check_binding(role, county, station)


def test_staff_roles_count_in_staff_sessions_alone() -> None:
    held = [Grant(Role.OPERATOR), Grant(Role.VOLUNTEER)]
    assert rules.effective_grants(SessionKind.STAFF, held) == (Grant(Role.OPERATOR),)
    assert rules.effective_grants(SessionKind.CONSUMER, held) == (Grant(Role.CONSUMER), Grant(Role.VOLUNTEER))


def test_a_session_ends_at_its_limits() -> None:
    second = timedelta(seconds=1)
    idle_end, far = NOW + timedelta(minutes=30), NOW + timedelta(hours=12)
    assert rules.is_alive(SessionKind.STAFF, NOW, far, idle_end - second)
    assert not rules.is_alive(SessionKind.STAFF, NOW, far, idle_end)
    assert rules.is_alive(SessionKind.STAFF, far - second, far, far - second)
    assert not rules.is_alive(SessionKind.STAFF, far - second, far, far)
