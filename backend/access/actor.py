"""Actors: who asks, in which roles, for which county or liaison station."""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a person is to the system. An account may hold several."""

    CONSUMER = "consumer"
    STATION_MEMBER = "station_member"
    VOLUNTEER = "volunteer"
    COUNTY_OFFICER = "county_officer"
    CITY_OFFICER = "city_officer"
    JOINT_OFFICE = "joint_office"
    DEPARTMENT = "department"
    COUNCIL = "council"
    OPERATOR = "operator"
    SYSTEM = "system"

    @property
    def zh(self) -> str:
        """The Chinese name shown to people."""
        return _ROLE_ZH[self]


_ROLE_ZH = {
    Role.CONSUMER: "消费者",
    Role.STATION_MEMBER: "维权联络站人员",
    Role.VOLUNTEER: "消费体验志愿者",
    Role.COUNTY_OFFICER: "县级市场监管人员",
    Role.CITY_OFFICER: "市级市场监管人员",
    Role.JOINT_OFFICE: "联席会议办公室",
    Role.DEPARTMENT: "联席会议成员单位",
    Role.COUNCIL: "消费者权益保护委员会",
    Role.OPERATOR: "系统管理员",
    Role.SYSTEM: "系统",
}

#: Roles that sign in with password and one-time code at the console.
STAFF_ROLES = frozenset(
    {Role.COUNTY_OFFICER, Role.CITY_OFFICER, Role.JOINT_OFFICE, Role.DEPARTMENT, Role.COUNCIL, Role.OPERATOR}
)


@dataclass(frozen=True)
class Grant:
    """One role, with the county, the liaison station or the department that it is bound to.

    county_code       six digits; for COUNTY_OFFICER
    station_id        id of a liaison station; for STATION_MEMBER
    department_code   a department of the joint meeting; for DEPARTMENT
    """

    role: Role
    county_code: str | None = None
    station_id: str | None = None
    department_code: str | None = None


@dataclass(frozen=True)
class Actor:
    """Who asks. `account_id` is None for nobody signed in and for the system.

    alias   what other parties may call the person; never a real name
    """

    account_id: str | None
    grants: tuple[Grant, ...] = ()
    alias: str = ""
    session_id: str | None = field(default=None, compare=False)

    @property
    def roles(self) -> frozenset[Role]:
        """All roles held."""
        return frozenset(grant.role for grant in self.grants)

    @property
    def signed_in(self) -> bool:
        """Whether a person stands behind this actor."""
        return self.account_id is not None

    @property
    def is_staff(self) -> bool:
        """Whether any role is a staff role."""
        return bool(self.roles & STAFF_ROLES)

    @property
    def kind(self) -> str:
        """The role named in audit rows: the most official one held, or 'nobody'."""
        order = list(Role)
        return max(self.roles, key=order.index).value if self.grants else "nobody"


NOBODY = Actor(account_id=None)
SYSTEM = Actor(account_id=None, grants=(Grant(Role.SYSTEM),), alias="系统")
