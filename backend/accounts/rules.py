"""What accounts may hold, how long sign-ins last, which passwords will do. Pure."""

import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from backend.access.actor import STAFF_ROLES, Grant, Role
from backend.bodies.rules import DEPARTMENTS
from backend.kernel.errors import DomainError, InvalidInput
from backend.kernel.identifiers import COUNTIES

from .common_passwords import COMMON_PASSWORDS

#: Failures in a row after which a staff account is locked, and for how long (GB/T 22239-2019 8.1.4.1 b).
FAILURES_TO_LOCK = 5
LOCK_TIME = timedelta(minutes=15)
#: Failed staff sign-ins from one address within LOCK_TIME, whatever the user names.
FAILURES_PER_ADDRESS = 20
#: How long a session may go without its last use being noted.
INVITATION_LIFE = timedelta(days=7)
#: How long a code to a phone is good, how often it may be mistyped, and how many go to one number or person in a day.
CODE_LIFE = timedelta(minutes=10)
MOST_CODE_TRIES = 5
MOST_CODES_A_DAY = 5
#: Codes for signing in that are sent in an hour altogether: each costs money, and anybody may ask for one.
MOST_CODES_AN_HOUR = 600
#: How long a number must have been unused before it may be somebody else's: carriers let a number that was given up rest for 90 days.
NUMBER_RESTS = timedelta(days=90)
TOTP_PERIOD_S = 30
#: Steps before and after the present one that are accepted, for clocks that go wrong a little.
TOTP_WINDOW = 1
PASSWORD_LEAST, PASSWORD_MOST = 12, 128
_FEWEST_DIFFERENT = 5
_LEAST_BESIDE_USERNAME = 8
#: Crockford's base 32: no I, L, O, U.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READING = str.maketrans("OIL", "011", " -·")
_INVITATION_LENGTH = 16
_USERNAME = re.compile(r"[a-z][a-z0-9._-]{2,31}")

#: Who may invite people into a role; the policy table says how far.
INVITERS: dict[Role, frozenset[Role]] = {
    Role.STATION_MEMBER: frozenset({Role.COUNTY_OFFICER, Role.CITY_OFFICER, Role.OPERATOR}),
    Role.VOLUNTEER: frozenset({Role.COUNCIL, Role.OPERATOR}),
}


class TooManyAttempts(DomainError):
    """Too many failed sign-ins from one place."""

    status = 429
    title = "操作太频繁"


class SessionKind(StrEnum):
    """How a session was opened: by WeChat, or by password and one-time code."""

    CONSUMER = "consumer"
    STAFF = "staff"


@dataclass(frozen=True)
class Lifetime:
    """How long a session lives.

    idle          since its last use
    absolute      since it was opened
    noted_every   how often its use is noted at most: each time is a write
    """

    idle: timedelta
    absolute: timedelta
    noted_every: timedelta


LIFETIMES = {
    SessionKind.CONSUMER: Lifetime(timedelta(days=30), timedelta(days=180), noted_every=timedelta(hours=1)),
    SessionKind.STAFF: Lifetime(timedelta(minutes=30), timedelta(hours=12), noted_every=timedelta(minutes=1)),
}


def is_alive(kind: SessionKind, seen_at: datetime, expires_at: datetime, now: datetime) -> bool:
    """Whether a session that was not ended may still be used at `now`; both limits are exclusive."""
    return now < expires_at and now < seen_at + LIFETIMES[kind].idle


def effective_grants(kind: SessionKind, held: list[Grant]) -> tuple[Grant, ...]:
    """The roles that count in a session: staff roles need the staff sign-in, everyone by WeChat is a consumer."""
    if kind is SessionKind.STAFF:
        return tuple(grant for grant in held if grant.role in STAFF_ROLES)
    return (Grant(Role.CONSUMER), *(grant for grant in held if grant.role not in STAFF_ROLES))


def new_alias(called: str) -> str:
    """A name that says nothing about the person, e.g. 消费者·K7Q3; aliases may coincide."""
    return f"{called}·{''.join(secrets.choice(_ALPHABET) for _ in range(4))}"


def new_invitation_code() -> str:
    """Sixteen characters, 80 random bits, in groups of four for typing: K7Q3-9XPM-2D4T-HH0V."""
    code = "".join(secrets.choice(_ALPHABET) for _ in range(_INVITATION_LENGTH))
    return "-".join(code[start : start + 4] for start in range(0, _INVITATION_LENGTH, 4))


def read_invitation_code(typed: str) -> str:
    """The code without its hyphens, as it is hashed; O reads as 0, I and L as 1. raises InvalidInput"""
    code = unicodedata.normalize("NFKC", typed).upper().translate(_READING)
    if len(code) != _INVITATION_LENGTH or set(code) - set(_ALPHABET):
        message = "邀请码应为 16 位字母和数字，请核对后重新输入。"
        raise InvalidInput("invitation_malformed", message, fields={"code": [message]})
    return code


def check_binding(
    role: Role, county_code: str | None, station_id: str | None, department_code: str | None = None
) -> None:
    """Refuse a role with the wrong ties: a county officer has a county, a station member a station, a department's person a
    department, others none.

    raises   InvalidInput
    """
    faults: dict[str, list[str]] = {}
    if role in {Role.CONSUMER, Role.SYSTEM}:
        faults["role"] = ["这种身份不能授予。"]
    if role is Role.COUNTY_OFFICER and county_code not in COUNTIES:
        faults["county_code"] = ["请选择所属的县（市、区）。"]
    if role is not Role.COUNTY_OFFICER and county_code is not None:
        faults["county_code"] = ["这种身份不分县（市、区），请留空。"]
    if (role is Role.DEPARTMENT) != (department_code in DEPARTMENTS):
        faults["department_code"] = ["联席会议成员单位的人员要选定单位，其他身份请留空。"]
    if (role is Role.STATION_MEMBER) != (station_id is not None):
        faults["station_id"] = ["维权联络站人员要选定联络站，其他身份请留空。"]
    if faults:
        raise InvalidInput("role_binding_wrong", "身份与所属单位不相符，请按提示修改。", fields=faults)


def normal_username(typed: str) -> str:
    """The form in which a user name is stored and compared."""
    return unicodedata.normalize("NFKC", typed).strip().casefold()


def check_username(username: str) -> None:
    """Refuse what is not 3–32 of a–z, 0–9, dot, underscore, hyphen, beginning with a letter. raises InvalidInput"""
    if not _USERNAME.fullmatch(username):
        message = "用户名用 3 到 32 个小写字母、数字、点、下划线或短横，以字母开头。"
        raise InvalidInput("username_malformed", message, fields={"username": [message]})


def check_password(password: str, username: str, *, field: str = "password") -> None:
    """Refuse a password that is too short or long, among the commonest, too uniform, or little more than the user name.

    No rule asks for kinds of characters or for regular change (ASVS 6.2.5, 6.2.10).

    field    form field that the message belongs to
    raises   InvalidInput
    """
    folded, message = password.casefold(), None
    if not PASSWORD_LEAST <= len(password) <= PASSWORD_MOST:
        message = f"密码需要 {PASSWORD_LEAST} 到 {PASSWORD_MOST} 个字符，可以是一句好记的话。"
    elif folded in COMMON_PASSWORDS or len(set(folded)) < _FEWEST_DIFFERENT:
        message = "这个密码太常见，容易被猜到，请换一个。"
    elif username in folded and len(password) - len(username) < _LEAST_BESIDE_USERNAME:
        message = "密码不能和用户名几乎一样，请换一个。"
    if message:
        raise InvalidInput("password_unsuitable", message, fields={field: [message]})
