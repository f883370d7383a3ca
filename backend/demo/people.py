"""The demonstration's people: staff with passwords and one-time codes, and people of the WeChat double."""

from dataclasses import dataclass

import requests

from backend.access.actor import SYSTEM, Actor, Grant, Role
from backend.accounts import queries, service
from backend.bodies.rules import DEPARTMENTS
from backend.infrastructure import current
from backend.infrastructure.database import unit_of_work
from backend.kernel.identifiers import county_name

#: Everybody's password in the demonstration.
PASSWORD = "放心消费在温州每一天2026"  # noqa: S105  (sample data, refused in production)


@dataclass(frozen=True)
class Post:
    """A member of staff: name, role, and the county or department served, by code."""

    name: str
    role: Role
    county: str | None = None
    department: str | None = None

    @property
    def zh(self) -> str:
        """The role, and where."""
        if self.department is not None:
            return f"{self.role.zh}，{DEPARTMENTS[self.department].name}"
        return f"{self.role.zh}，{county_name(self.county)}" if self.county is not None else self.role.zh


#: By user name.
STAFF: dict[str, Post] = {
    "lucheng": Post("周敏", Role.COUNTY_OFFICER, county="330302"),
    "lucheng2": Post("吴晓东", Role.COUNTY_OFFICER, county="330302"),
    "yueqing": Post("郑海燕", Role.COUNTY_OFFICER, county="330382"),
    "shiju1": Post("王建国", Role.CITY_OFFICER),
    "shiju2": Post("陈慧", Role.CITY_OFFICER),
    "lianxi": Post("林志远", Role.JOINT_OFFICE),
    "wenlv": Post("潘文博", Role.DEPARTMENT, department="tourism"),
    "shangwu": Post("徐丽娜", Role.DEPARTMENT, department="commerce"),
    "jiaotong": Post("蔡国华", Role.DEPARTMENT, department="transport"),
    "xiaobaowei": Post("黄秀英", Role.COUNCIL),
    "admin": Post("系统管理员", Role.OPERATOR),
}


def make_staff() -> dict[str, dict[str, str]]:
    """Make the staff accounts, or new one-time codes for those that an interrupted run had made.

    returns   user name → account_id, totp_secret
    """
    made: dict[str, dict[str, str]] = {}
    with unit_of_work():
        known = {member.username: member.account_id for member in queries.staff()}
        for username, post in STAFF.items():
            if username in known:
                new = service.reset_totp(SYSTEM, known[username])
            else:
                new = service.create_staff(
                    SYSTEM,
                    username=username,
                    display_name=post.name,
                    password=PASSWORD,
                    role=post.role,
                    county_code=post.county,
                    department_code=post.department,
                    must_change=False,
                )
            made[username] = {"account_id": new.account_id, "totp_secret": new.totp_secret}
    return made


def officer(staff: dict[str, dict[str, str]], username: str) -> Actor:
    """A member of staff, acting."""
    post = STAFF[username]
    grant = Grant(post.role, post.county, department_code=post.department)
    return Actor(staff[username]["account_id"], (grant,), "工作人员")


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
