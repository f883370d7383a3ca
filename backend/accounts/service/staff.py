"""Staff accounts: making, renewing and disabling them.

A fresh installation has none; the first comes from the command line.
"""

from dataclasses import dataclass, field

import sqlalchemy as sa

from backend.access.actor import STAFF_ROLES, Actor, Role
from backend.infrastructure import audit, current
from backend.infrastructure.database import session
from backend.kernel.errors import Conflict, InvalidInput, NotFound, NotPossibleNow

from ..model import Account, StaffCredential
from ..rules import check_password, check_username, new_alias, normal_username
from .credentials import hash_password, new_totp_secret, password_matches, totp_uri
from .roles import end_all_roles, grant_role
from .sessions import end_all_sessions


@dataclass(frozen=True)
class NewStaff:
    """A staff account with its TOTP secret, which is shown this once.

    totp_uri   otpauth:// address for an authenticator app
    """

    account_id: str
    username: str
    totp_secret: str = field(repr=False)
    totp_uri: str = field(repr=False)


def create_staff(
    actor: Actor,
    *,
    username: str,
    display_name: str,
    password: str,
    role: Role,
    county_code: str | None = None,
    department_code: str | None = None,
    must_change: bool = True,
) -> NewStaff:
    """Make a staff account with one role.

    display_name   the person's name, shown to colleagues; kept sealed
    must_change    whether the person must set a password of their own at the first sign-in
    raises         InvalidInput, Conflict when the user name is taken
    """
    username = normal_username(username)
    check_username(username)
    check_password(password, username)
    if role not in STAFF_ROLES:
        message = "请选择一种工作人员身份。"
        raise InvalidInput("not_a_staff_role", message, fields={"role": [message]})
    if session().scalar(sa.select(StaffCredential.id).filter_by(username=username)) is not None:
        message = "这个用户名已经有人使用，请换一个。"
        raise Conflict("username_taken", message, fields={"username": [message]})
    account, secret = Account(alias=new_alias("工作人员"), created_at=current.now()), new_totp_secret()
    session().add(account)
    session().flush()
    session().add(
        StaffCredential(
            account_id=account.id,
            username=username,
            display_name=display_name,
            password_hash=hash_password(password),
            must_change=must_change,
            totp_secret=secret,
        )
    )
    session().flush()
    audit.record(actor, "staff.created", "account", account.id)
    grant_role(actor, account.id, role, county_code=county_code, department_code=department_code)
    return NewStaff(account.id, username, secret, totp_uri(secret, username))


def reset_totp(actor: Actor, account_id: str) -> NewStaff:
    """Give a person a new one-time-code secret, lift a lock, and end their sessions. raises NotFound"""
    credential, secret = _credential(account_id), new_totp_secret()
    credential.totp_secret, credential.last_totp_step = secret, None
    credential.failed_attempts, credential.locked_until = 0, None
    end_all_sessions(account_id)
    audit.record(actor, "staff.totp_reset", "account", account_id)
    return NewStaff(account_id, credential.username, secret, totp_uri(secret, credential.username))


def change_password(actor: Actor, present: str, new: str) -> None:
    """Change one's own password and end one's other sessions. raises InvalidInput, NotFound for who has no password"""
    credential = _credential(actor.account_id)
    if not password_matches(credential.password_hash, present):
        message = "现在的密码不正确。"
        raise InvalidInput("password_wrong", message, fields={"password": [message]})
    check_password(new, credential.username, field="new_password")
    credential.password_hash, credential.must_change = hash_password(new), False
    end_all_sessions(credential.account_id, but=actor.session_id)
    audit.record(actor, "staff.password_changed", "account", credential.account_id)


def disable_staff(actor: Actor, account_id: str) -> None:
    """Disable a staff account: sessions and roles end at once, for good.

    raises   NotFound; NotPossibleNow for one's own
    """
    credential = _credential(account_id)
    if account_id == actor.account_id:
        raise NotPossibleNow("own_account", "不能停用自己的账号，请由另一位管理员操作。")
    account = session().get_one(Account, credential.account_id)
    if account.disabled_at is not None:
        raise NotFound("staff_not_found", "没有这个工作人员账号，或账号已停用。")
    account.disabled_at = current.now()
    end_all_sessions(account_id)
    end_all_roles(actor, account_id)
    audit.record(actor, "account.disabled", "account", account_id)


def _credential(account_id: str | None) -> StaffCredential:
    statement = sa.select(StaffCredential).where(StaffCredential.account_id == account_id).with_for_update()
    found = session().scalars(statement).one_or_none()
    if found is None:
        raise NotFound("staff_not_found", "没有这个工作人员账号，或账号已停用。")
    return found
