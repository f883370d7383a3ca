"""Reads about people."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache

import sqlalchemy as sa

from backend.access.actor import Actor, Role
from backend.bodies.rules import DEPARTMENTS
from backend.infrastructure import current
from backend.infrastructure.asked import Asked, answered
from backend.infrastructure.database import session
from backend.infrastructure.prepared import Prepared
from backend.kernel.errors import NotFound, NotSignedIn
from backend.kernel.identifiers import county_name
from backend.kernel.masking import phone_ends

from .consent_texts import CONSENT_TEXTS, Purpose
from .model import (
    STATION,
    Account,
    Consent,
    Invitation,
    NoticePhone,
    PhoneCode,
    PhoneIdentity,
    RoleGrant,
    StaffCredential,
    WeChatIdentity,
)
from .rules import CODE_LIFE, read_invitation_code


@dataclass(frozen=True)
class HeldRole:
    """A role as people read it. `grant_id` is None for what every WeChat sign-in brings."""

    role: Role
    name: str
    grant_id: str | None = None
    county_code: str | None = None
    county_name: str | None = None
    station_id: str | None = None
    station_name: str | None = None
    department_code: str | None = None
    department_name: str | None = None


@dataclass(frozen=True)
class ConsentState:
    """A purpose with its present text; `given_at` is None while there is no consent to exactly this text."""

    purpose: Purpose
    title: str
    text: str
    version: str
    given_at: datetime | None


@dataclass(frozen=True)
class Me:
    """What a person sees of their own account. `display_name` is for staff."""

    alias: str
    display_name: str | None
    roles: list[HeldRole]
    consents: list[ConsentState]


@dataclass(frozen=True)
class StaffMember:
    """A staff account as operators see it."""

    account_id: str
    username: str
    display_name: str
    roles: list[HeldRole]
    created_at: datetime
    disabled_at: datetime | None
    locked_until: datetime | None


class InvitationState(StrEnum):
    """What can still be done with an invitation, for the one who holds its code."""

    OPEN = "open"
    MINE = "mine"
    USED = "used"
    EXPIRED = "expired"


@dataclass(frozen=True)
class ShownInvitation:
    """An invitation as the person reads it who holds its code; the station's for STATION_MEMBER only."""

    role: Role
    state: InvitationState
    expires_at: datetime
    station_name: str | None
    county_name: str | None


def me(actor: Actor) -> Me:
    """One's own account. raises NotSignedIn"""
    if actor.account_id is None:
        raise NotSignedIn("sign_in_needed", "请先登录再操作。")
    effective = {(grant.role, grant.county_code, grant.station_id, grant.department_code) for grant in actor.grants}
    held = _roles([actor.account_id]).get(actor.account_id, [])
    roles = [role for role in held if (role.role, role.county_code, role.station_id, role.department_code) in effective]
    if Role.CONSUMER in actor.roles:
        roles.insert(0, HeldRole(Role.CONSUMER, Role.CONSUMER.zh))
    credential = session().scalars(sa.select(StaffCredential).filter_by(account_id=actor.account_id)).one_or_none()
    return Me(actor.alias, credential.display_name if credential else None, roles, consents(actor.account_id))


def consents(account_id: str) -> list[ConsentState]:
    """Every purpose, with the state of the account's consent to its present text."""
    statement = sa.select(Consent).filter_by(account_id=account_id, withdrawn_at=None)
    given = {(consent.purpose, consent.text_sha256): consent.given_at for consent in session().scalars(statement)}
    return [
        ConsentState(purpose, text.title, text.text, text.version, given.get((purpose, text.sha256)))
        for purpose, text in CONSENT_TEXTS.items()
    ]


def has_consented(account_id: str, purpose: Purpose) -> bool:
    """Whether the account agrees to the present text of this purpose."""
    statement = sa.select(Consent.id).filter_by(
        account_id=account_id, purpose=purpose, text_sha256=CONSENT_TEXTS[purpose].sha256, withdrawn_at=None
    )
    return session().scalar(statement) is not None


def invitation(actor: Actor, typed: str) -> ShownInvitation:
    """What an invitation code gives. Whoever has the code may read this; nothing is used up.

    typed    the code, with or without hyphens
    raises   InvalidInput, NotFound
    """
    found = session().scalars(sa.select(Invitation).filter_by(code_hash=invitation_hash(typed))).one_or_none()
    if found is None:
        raise NotFound("invitation_not_found", "没有这个邀请码，请核对后重新输入。")
    state = InvitationState.OPEN
    if found.used_at is not None:
        mine = actor.account_id is not None and found.used_by == actor.account_id
        state = InvitationState.MINE if mine else InvitationState.USED
    elif found.expires_at <= current.now():
        state = InvitationState.EXPIRED
    station = session().scalar(sa.select(STATION.c.name).where(STATION.c.id == found.station_id))
    county = county_name(found.county_code) if found.county_code else None
    return ShownInvitation(found.role, state, found.expires_at, station, county)


def invitation_hash(typed: str) -> bytes:
    """What is kept of an invitation's code. raises InvalidInput"""
    return hashlib.sha256(read_invitation_code(typed).encode()).digest()


def openid_of(account_id: str) -> str | None:
    """The account's openid in the mini-program, for messages and content checks; None for who never came by it."""
    statement = (
        sa.select(WeChatIdentity)
        .filter_by(account_id=account_id, app_id=current.runtime().settings.wechat.app_id)
        .order_by(WeChatIdentity.id.desc())
        .limit(1)
    )
    found = session().scalars(statement).first()
    return found.openid if found else None


def phone_of(account_id: str) -> str | None:
    """The number that the account confirmed for text messages; None for who gave none."""
    found = session().scalars(sa.select(NoticePhone).filter_by(account_id=account_id)).one_or_none()
    return found.phone if found else None


def has_proved(account_id: str, phone: str) -> bool:
    """Whether the account answered a code at this number: to sign in, or for text messages."""
    signs_in = session().scalars(sa.select(PhoneIdentity).filter_by(account_id=account_id)).one_or_none()
    return phone in (phone_of(account_id), signs_in.phone if signs_in else None)


@dataclass(frozen=True)
class NoticePhoneState:
    """What a person sees of their number for text messages: its ends alone. `waiting`: a code was sent and is not answered."""

    phone: str | None
    waiting: bool
    available: bool
    text: str
    version: str


def notice_phone(actor: Actor) -> NoticePhoneState:
    """One's own number for text messages."""
    phone, text = phone_of(str(actor.account_id)), CONSENT_TEXTS[Purpose.TEXT_MESSAGES]
    waiting = sa.select(PhoneCode.id).where(
        PhoneCode.account_id == actor.account_id,
        PhoneCode.used_at.is_(None),
        PhoneCode.made_at > current.now() - CODE_LIFE,
    )
    return NoticePhoneState(
        phone_ends(phone) if phone else None,
        session().scalar(waiting.limit(1)) is not None,
        current.runtime().sms is not None,
        text.text,
        text.version,
    )


_HELD = Prepared(sa.select(Account.id).where(Account.id == sa.bindparam("account_id")).with_for_update(key_share=True))


def holding(account_id: str | None) -> Asked:
    """What `hold` asks."""
    return Asked(_HELD, {"account_id": account_id})


def hold(account_id: str | None) -> None:
    """Let the account's writers in one at a time: holds its row until the transaction ends."""
    answered(holding(account_id))


def aliases(account_ids: set[str]) -> dict[str, str]:
    """Account id → alias."""
    if not account_ids:
        return {}
    rows = session().execute(sa.select(Account.id, Account.alias).where(Account.id.in_(account_ids)))
    return {row.id: row.alias for row in rows}


def holders(
    role: Role, *, county_code: str | None = None, station_id: str | None = None, department_code: str | None = None
) -> list[str]:
    """Ids of the accounts that hold a role now, for notices and assignments, oldest grant first."""
    found = answered(holders_of(role, county_code=county_code, station_id=station_id, department_code=department_code))
    return list(dict.fromkeys(row.account_id for row in found))


def holders_of(role: Role, **where: str | None) -> Asked:
    """What `holders` asks."""
    wanted = {column: value for column, value in where.items() if value is not None}
    return Asked(_holders(tuple(wanted)), {"role": role, **wanted})


@cache
def _holders(columns: tuple[str, ...]) -> Prepared:
    return Prepared(
        sa.select(RoleGrant.account_id)
        .join(Account, Account.id == RoleGrant.account_id)
        .where(
            RoleGrant.role == sa.bindparam("role"),
            RoleGrant.ended_at.is_(None),
            Account.disabled_at.is_(None),
            *(getattr(RoleGrant, column) == sa.bindparam(column) for column in columns),
        )
        .order_by(RoleGrant.id)
    )


def account_by_username(username: str) -> str | None:
    """The account of a normalised staff user name."""
    return session().scalar(sa.select(StaffCredential.account_id).filter_by(username=username))


def staff_names(account_ids: Collection[str | None]) -> dict[str, str]:
    """Account id → the name that colleagues read; who is not staff is absent."""
    known = [account_id for account_id in account_ids if account_id is not None]
    found = session().scalars(sa.select(StaffCredential).where(StaffCredential.account_id.in_(known)))
    return {credential.account_id: credential.display_name or "" for credential in found}


@dataclass(frozen=True)
class Officer:
    """An officer who may handle the cases of a county."""

    account_id: str
    username: str
    name: str


def officers(county_code: str) -> list[Officer]:
    """The officers of a county's bureau, then those of the city's."""
    found = [*holders(Role.COUNTY_OFFICER, county_code=county_code), *holders(Role.CITY_OFFICER)]
    rows = session().scalars(sa.select(StaffCredential).where(StaffCredential.account_id.in_(found)))
    known = {row.account_id: Officer(row.account_id, row.username, row.display_name or row.username) for row in rows}
    return [known[account_id] for account_id in found if account_id in known]


def station_members(station_id: str) -> list[tuple[str, datetime]]:
    """Pairs (alias, since when) of a liaison station's present members, the longest serving first."""
    rows = session().execute(
        sa.select(Account.alias, RoleGrant.granted_at)
        .join(Account, Account.id == RoleGrant.account_id)
        .where(
            RoleGrant.role == Role.STATION_MEMBER,
            RoleGrant.station_id == station_id,
            RoleGrant.ended_at.is_(None),
            Account.disabled_at.is_(None),
        )
        .order_by(RoleGrant.id)
    )
    return [(alias, since) for alias, since in rows]


def staff() -> list[StaffMember]:
    """Every staff account, by user name. For who may manage staff; the policy gives that without further scope."""
    statement = (
        sa.select(StaffCredential, Account)
        .join(Account, Account.id == StaffCredential.account_id)
        .order_by(StaffCredential.username)
    )
    rows = session().execute(statement).all()
    roles = _roles([account.id for _, account in rows])
    return [
        StaffMember(
            account.id,
            credential.username,
            credential.display_name or "",
            roles.get(account.id, []),
            account.created_at,
            account.disabled_at,
            credential.locked_until,
        )
        for credential, account in rows
    ]


def held_role(grant: RoleGrant) -> HeldRole:
    """One grant as people read it."""
    station = sa.select(STATION.c.name).where(STATION.c.id == grant.station_id)
    return _held(grant, session().scalar(station) if grant.station_id else None)


def _roles(account_ids: list[str]) -> dict[str, list[HeldRole]]:
    statement = (
        sa.select(RoleGrant, STATION.c.name)
        .outerjoin(STATION, STATION.c.id == RoleGrant.station_id)
        .where(RoleGrant.account_id.in_(account_ids), RoleGrant.ended_at.is_(None))
        .order_by(RoleGrant.id)
    )
    found: dict[str, list[HeldRole]] = {}
    for grant, station_name in session().execute(statement):
        found.setdefault(grant.account_id, []).append(_held(grant, station_name))
    return found


def _held(grant: RoleGrant, station_name: str | None) -> HeldRole:
    return HeldRole(
        grant.role,
        grant.role.zh,
        grant.id,
        grant.county_code,
        county_name(grant.county_code) if grant.county_code else None,
        grant.station_id,
        station_name,
        grant.department_code,
        DEPARTMENTS[grant.department_code].name if grant.department_code else None,
    )


def stations_of(account_ids: list[str]) -> list[tuple[str, str]]:
    """Pairs (account, liaison station) of present memberships."""
    rows = session().execute(
        sa.select(RoleGrant.account_id, RoleGrant.station_id).where(
            RoleGrant.account_id.in_(account_ids), RoleGrant.role == Role.STATION_MEMBER, RoleGrant.ended_at.is_(None)
        )
    )
    return [(account_id, station_id) for account_id, station_id in rows if station_id is not None]
