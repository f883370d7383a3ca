"""Invitations: one-time codes by which people with a WeChat sign-in become station members or volunteers."""

from dataclasses import dataclass, field, replace
from datetime import datetime

import sqlalchemy as sa

from backend.access.actor import Actor, Role
from backend.access.decide import permits
from backend.access.policy import Action
from backend.infrastructure import audit, current
from backend.infrastructure.database import session
from backend.kernel.errors import Conflict, InvalidInput, NotFound, NotPermitted, NotPossibleNow

from .. import queries
from ..model import STATION, Invitation, RoleGrant
from ..rules import INVITATION_LIFE, INVITERS, check_binding, new_invitation_code
from .roles import grant_role


@dataclass(frozen=True)
class IssuedInvitation:
    """An invitation with its code, which is shown this once.

    join_url   address to open or to print as a QR code
    """

    invitation_id: str
    role: Role
    code: str = field(repr=False)
    join_url: str = field(repr=False)
    expires_at: datetime


def invite(actor: Actor, role: Role, *, station_id: str | None = None) -> IssuedInvitation:
    """Invite somebody: the bureau for stations in its county, the council for volunteers, operators for both.

    station_id   for STATION_MEMBER
    raises       InvalidInput, NotPermitted; NotFound for a station that does not exist or is out of reach
    """
    if role not in INVITERS:
        message = "只能邀请维权联络站人员或消费体验志愿者。"
        raise InvalidInput("role_not_by_invitation", message, fields={"role": [message]})
    inviting = replace(actor, grants=tuple(grant for grant in actor.grants if grant.role in INVITERS[role]))
    if not inviting.grants:
        raise NotPermitted("invitation_not_permitted", f"您的身份不能邀请{role.zh}。")
    check_binding(role, None, station_id)
    invitation = _new(actor, role, station_id)
    if not permits(inviting, Action.INVITATION_CREATE, invitation, Invitation.__scope__):
        raise _no_station()
    return _issue(actor, invitation)


def add_station_member(actor: Actor, station_id: str) -> IssuedInvitation:
    """Invite a member whom the register names: the person becomes a member by accepting.

    For the import, which the policy table admits by its own action. raises NotFound
    """
    return _issue(actor, _new(actor, Role.STATION_MEMBER, station_id))


def renew_invitation(actor: Actor, typed: str) -> IssuedInvitation:
    """A new invitation for the same, in place of one that nobody took up: the older one is void from now on.

    typed    the older code
    raises   InvalidInput, NotFound, NotPermitted; NotPossibleNow when it was taken up
    """
    code_hash, now = queries.invitation_hash(typed), current.now()
    ended = session().scalars(
        sa.update(Invitation)
        .where(Invitation.code_hash == code_hash, Invitation.used_at.is_(None), Invitation.expires_at > now)
        .values(expires_at=now)
        .returning(Invitation.id)
    ).one_or_none()  # fmt: skip
    older = session().scalars(
        sa.select(Invitation).filter_by(code_hash=code_hash).execution_options(populate_existing=True)
    ).one_or_none()  # fmt: skip
    if older is None:
        raise NotFound("invitation_not_found", "没有这个邀请码，请核对后重新输入。")
    if older.used_at is not None:
        raise NotPossibleNow("invitation_taken_up", "邀请已经有人接受，不用再发。", state="used")
    if ended is not None:
        audit.record(actor, "invitation.voided", "invitation", ended)
    return invite(actor, older.role, station_id=older.station_id)


def accept_invitation(actor: Actor, typed: str) -> RoleGrant:
    """Take up an invitation; of many at once exactly one succeeds. Asking again after success gives the same grant.

    typed    the code, with or without hyphens
    raises   InvalidInput, NotFound; NotPossibleNow when expired; Conflict when somebody else used it
    """
    code_hash, now = queries.invitation_hash(typed), current.now()
    claimed = session().scalars(
        sa.update(Invitation)
        .where(Invitation.code_hash == code_hash, Invitation.used_at.is_(None), Invitation.expires_at > now)
        .values(used_at=now, used_by=actor.account_id)
        .returning(Invitation.id)
    ).one_or_none()  # fmt: skip
    invitation = session().scalars(
        sa.select(Invitation).filter_by(code_hash=code_hash).execution_options(populate_existing=True)
    ).one_or_none()  # fmt: skip
    if invitation is None:
        raise NotFound("invitation_not_found", "没有这个邀请码，请核对后重新输入。")
    held = _held(actor, invitation)
    if claimed is None and (invitation.used_by != actor.account_id or held is None):
        if invitation.used_at is not None:
            raise Conflict("invitation_used", "这个邀请码已经用过了，请向邀请您的单位要一个新的。")
        raise NotPossibleNow("invitation_expired", "这个邀请码已过期，请向邀请您的单位要一个新的。")
    if held is not None:
        return held
    granted = grant_role(actor, str(actor.account_id), invitation.role, station_id=invitation.station_id)
    audit.record(actor, "invitation.accepted", "invitation", invitation.id)
    return granted


def _new(actor: Actor, role: Role, station_id: str | None) -> Invitation:
    county_code: str | None = None
    if station_id is not None:
        county_code = session().scalar(sa.select(STATION.c.county_code).where(STATION.c.id == station_id))
        if county_code is None:
            raise _no_station()
    now = current.now()
    return Invitation(
        role=role,
        station_id=station_id,
        county_code=county_code,
        invited_by=actor.account_id,
        created_at=now,
        expires_at=now + INVITATION_LIFE,
    )


def _issue(actor: Actor, invitation: Invitation) -> IssuedInvitation:
    code = new_invitation_code()
    invitation.code_hash = queries.invitation_hash(code)
    session().add(invitation)
    session().flush()
    audit.record(
        actor,
        "invitation.created",
        "invitation",
        invitation.id,
        after={"role": invitation.role.value, "station_id": invitation.station_id},
    )
    join_url = f"{current.runtime().settings.public_url}/join/{code}"
    return IssuedInvitation(invitation.id, invitation.role, code, join_url, invitation.expires_at)


def _held(actor: Actor, invitation: Invitation) -> RoleGrant | None:
    statement = sa.select(RoleGrant).filter_by(
        account_id=actor.account_id, role=invitation.role, station_id=invitation.station_id, ended_at=None
    )
    return session().scalars(statement).one_or_none()


def _no_station() -> NotFound:
    return NotFound("station_not_found", "没有找到这个维权联络站，或不在您负责的县（市、区）。")
