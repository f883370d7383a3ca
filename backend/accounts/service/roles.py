"""Giving and taking roles, each with an audit row."""

import sqlalchemy as sa

from backend.access.actor import STAFF_ROLES, Actor, Role
from backend.infrastructure import audit, current
from backend.infrastructure.database import session
from backend.kernel.errors import Conflict, InvalidInput, NotFound, NotPossibleNow

from ..model import Account, RoleGrant, StaffCredential
from ..rules import check_binding


def grant_role(
    actor: Actor,
    account_id: str,
    role: Role,
    *,
    county_code: str | None = None,
    station_id: str | None = None,
    department_code: str | None = None,
) -> RoleGrant:
    """Give an account a role; it holds from the person's next request on. Staff roles are for staff accounts alone.

    county_code       for COUNTY_OFFICER
    station_id        for STATION_MEMBER
    department_code   for DEPARTMENT
    raises            NotFound, InvalidInput, Conflict when the role is held already
    """
    check_binding(role, county_code, station_id, department_code)
    # The account is locked, so that the same role is not given twice at once.
    account = session().scalars(sa.select(Account).where(Account.id == account_id).with_for_update()).one_or_none()
    if account is None or account.disabled_at is not None:
        raise NotFound("account_not_found", "没有这个账号，或账号已停用。")
    staff = sa.select(StaffCredential.id).where(StaffCredential.account_id == account_id)
    if (role in STAFF_ROLES) != (session().scalar(staff) is not None):
        message = "工作人员身份只能授予工作人员账号，其他身份只能授予微信账号。"
        raise InvalidInput("role_of_other_sign_in", message, fields={"role": [message]})
    held = sa.select(RoleGrant.id).filter_by(
        account_id=account_id,
        role=role,
        county_code=county_code,
        station_id=station_id,
        department_code=department_code,
        ended_at=None,
    )
    if session().scalar(held) is not None:
        raise Conflict("role_held_already", "这个账号已经有这种身份。")
    granted = RoleGrant(
        account_id=account_id,
        role=role,
        county_code=county_code,
        station_id=station_id,
        department_code=department_code,
        granted_by=actor.account_id,
        granted_at=current.now(),
    )
    session().add(granted)
    session().flush()
    audit.record(actor, "role.granted", "account", account_id, after=_told(granted))
    return granted


def end_role(actor: Actor, grant_id: str) -> None:
    """Take a role away; it no longer counts from the person's next request on.

    raises   NotFound; NotPossibleNow for an operator's own role, so that nobody locks everybody out
    """
    grant = session().scalars(sa.select(RoleGrant).where(RoleGrant.id == grant_id).with_for_update()).one_or_none()
    if grant is None or grant.ended_at is not None:
        raise NotFound("role_grant_not_found", "没有这项身份，或已经结束。")
    if grant.role is Role.OPERATOR and grant.account_id == actor.account_id:
        raise NotPossibleNow("own_operator_role", "不能取消自己的管理员身份，请由另一位管理员操作。")
    grant.ended_at = current.now()
    audit.record(actor, "role.ended", "account", grant.account_id, before=_told(grant))


def end_all_roles(actor: Actor, account_id: str) -> None:
    """Take every role of an account away."""
    open_grants = sa.select(RoleGrant.id).filter_by(account_id=account_id, ended_at=None)
    for grant_id in session().scalars(open_grants).all():
        end_role(actor, grant_id)


def _told(grant: RoleGrant) -> dict[str, str | None]:
    told = {"role": grant.role.value, "county_code": grant.county_code, "station_id": grant.station_id}
    return told | ({"department_code": grant.department_code} if grant.department_code else {})
