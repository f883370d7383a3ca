"""The demonstration's people: staff with passwords and one-time codes, and people of the WeChat double."""

import requests

from backend.access.actor import SYSTEM, Actor, Grant, Role
from backend.accounts import queries, service
from backend.infrastructure import current
from backend.infrastructure.database import unit_of_work

#: Everybody's password in the demonstration.
PASSWORD = "放心消费在温州每一天2026"  # noqa: S105  (sample data, refused in production)
#: User name → (name, role, county).
STAFF: dict[str, tuple[str, Role, str | None]] = {
    "lucheng": ("周敏", Role.COUNTY_OFFICER, "330302"),
    "shiju1": ("王建国", Role.CITY_OFFICER, None),
    "shiju2": ("陈慧", Role.CITY_OFFICER, None),
    "lianxi": ("林志远", Role.JOINT_OFFICE, None),
    "xiaobaowei": ("黄秀英", Role.COUNCIL, None),
    "admin": ("系统管理员", Role.OPERATOR, None),
}


def make_staff() -> dict[str, dict[str, str]]:
    """Make the staff accounts, or new one-time codes for those that an interrupted run had made.

    returns   user name → account_id, totp_secret
    """
    made: dict[str, dict[str, str]] = {}
    with unit_of_work():
        known = {member.username: member.account_id for member in queries.staff()}
        for username, (name, role, county_code) in STAFF.items():
            if username in known:
                new = service.reset_totp(SYSTEM, known[username])
            else:
                new = service.create_staff(
                    SYSTEM,
                    username=username,
                    display_name=name,
                    password=PASSWORD,
                    role=role,
                    county_code=county_code,
                    must_change=False,
                )
            made[username] = {"account_id": new.account_id, "totp_secret": new.totp_secret}
    return made


def officer(staff: dict[str, dict[str, str]], username: str) -> Actor:
    """A member of staff, acting."""
    _, role, county_code = STAFF[username]
    return Actor(staff[username]["account_id"], (Grant(role, county_code),), "工作人员")


def person(name: str) -> Actor:
    """Somebody who signs in by the WeChat double, with the roles that the account holds."""
    double = current.runtime().settings.wechat.base_url
    answer = requests.post(f"{double}/_double/login-code", json={"person": name}, timeout=10)
    return service.sign_in_by_wechat(answer.json()["code"]).actor


def with_role(name: str, role: Role, station_id: str | None = None) -> Actor:
    """The same person with one role more."""
    known = person(name)
    grant = Grant(role, station_id=station_id)
    if grant in known.grants:
        return known
    with unit_of_work():
        service.grant_role(SYSTEM, str(known.account_id), role, station_id=station_id)
    return Actor(known.account_id, (*known.grants, grant), known.alias)
