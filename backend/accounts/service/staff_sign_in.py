"""Staff sign-in: password and one-time code together, one message for every failure, lock and limits.

An attempt is counted before anything is compared, so that many at once get no more tries than one after another.
"""

from dataclasses import dataclass
from typing import NoReturn

import sqlalchemy as sa

from backend.access.actor import NOBODY, Actor
from backend.infrastructure import audit, current
from backend.infrastructure.database import session, unit_of_work
from backend.infrastructure.sealing import blind_index
from backend.kernel.errors import InvalidInput, NotSignedIn

from ..model import Account, SignInAttempt, StaffCredential
from ..rules import (
    FAILURES_PER_ADDRESS,
    FAILURES_TO_LOCK,
    LOCK_TIME,
    SessionKind,
    TooManyAttempts,
    check_password,
    normal_username,
)
from .credentials import decoy, hash_password, matching_step, password_matches
from .sessions import SignedIn, open_session

_FAILED = "用户名、密码或动态码不正确。同一账号连续 5 次不正确会锁定 15 分钟。"


@dataclass(frozen=True)
class _Claim:
    """One counted attempt, and what to compare with.

    credential_id   None for an unknown, locked or disabled user: the comparison is then made with the decoy
    locks           whether this attempt, should it fail, is the one that locks the account
    """

    attempt_id: str
    credential_id: str | None
    account_id: str | None
    username: str
    password_hash: str
    totp_secret: str
    must_change: bool = False
    locks: bool = False


def staff_sign_in(
    username: str, password: str, one_time_code: str, *, address: str, new_password: str | None = None
) -> SignedIn:
    """Sign a member of staff in. Opens its own units of work: a failure is counted although it is refused.

    address        client's network address, for the limit per source; kept as a blind index for 15 minutes
    new_password   needed when the present one was set by somebody else
    raises         NotSignedIn, TooManyAttempts, InvalidInput when a new password is needed or unsuitable
    """
    claim = _claim(normal_username(username), address)
    right = password_matches(claim.password_hash, password)
    step = matching_step(claim.totp_secret, one_time_code, current.now())
    if not right or step is None or claim.credential_id is None:
        _refuse(claim)
    renewed = _renewed(claim, password, new_password) if claim.must_change else None
    with unit_of_work():
        signed_in = _admit(claim, step, renewed)
    if signed_in is None:
        _refuse(claim)
    return signed_in


def _claim(username: str, address: str) -> _Claim:
    address_index = blind_index("sign_in.address", address)
    nobody_hash, nobody_secret = decoy()
    with unit_of_work():
        now = current.now()
        recent = sa.select(sa.func.count()).where(
            SignInAttempt.address_index == address_index, SignInAttempt.at > now - LOCK_TIME
        )
        if (session().scalar(recent) or 0) >= FAILURES_PER_ADDRESS:
            raise TooManyAttempts("too_many_sign_ins", "这个网络登录失败次数太多，请 15 分钟后再试。")
        attempt = SignInAttempt(address_index=address_index, at=now)
        session().add(attempt)
        found = session().execute(
            sa.select(StaffCredential, Account.disabled_at)
            .join(Account, Account.id == StaffCredential.account_id)
            .where(StaffCredential.username == username)
            .with_for_update(of=StaffCredential)
        ).one_or_none()  # fmt: skip
        if found is None:
            return _Claim(attempt.id, None, None, username, nobody_hash, nobody_secret)
        credential, disabled_at = found
        locked = credential.locked_until is not None and credential.locked_until > now
        if locked or disabled_at is not None:
            return _Claim(attempt.id, None, credential.account_id, username, nobody_hash, nobody_secret)
        if credential.locked_until is not None:
            credential.failed_attempts, credential.locked_until = 0, None
        credential.failed_attempts += 1
        locks = credential.failed_attempts >= FAILURES_TO_LOCK
        if locks:
            credential.locked_until = now + LOCK_TIME
        return _Claim(
            attempt.id,
            credential.id,
            credential.account_id,
            username,
            credential.password_hash,
            credential.totp_secret or "",
            credential.must_change,
            locks,
        )


def _renewed(claim: _Claim, password: str, new_password: str | None) -> str:
    """Hash of the password that replaces one set by somebody else; a right attempt does not count as failed."""
    try:
        if new_password is None or new_password == password:
            message = "首次登录请设置自己的新密码。"
            raise InvalidInput("new_password_needed", message, fields={"new_password": [message]})
        check_password(new_password, claim.username, field="new_password")
    except InvalidInput:
        with unit_of_work():
            _forgive(claim)
        raise
    return hash_password(new_password)


def _admit(claim: _Claim, step: int, renewed: str | None) -> SignedIn | None:
    """Open the session, unless the one-time code was used already or the password changed meanwhile."""
    values = {"last_totp_step": step} | ({"password_hash": renewed, "must_change": False} if renewed else {})
    used = session().scalars(
        sa.update(StaffCredential)
        .where(
            StaffCredential.id == claim.credential_id,
            StaffCredential.password_hash == claim.password_hash,
            sa.or_(StaffCredential.last_totp_step.is_(None), StaffCredential.last_totp_step < step),
        )
        .values(values)
        .returning(StaffCredential.account_id)
    ).one_or_none()  # fmt: skip
    account = session().get(Account, used) if used else None
    if account is None or account.disabled_at is not None:
        return None
    _forgive(claim)
    signed_in = open_session(account, SessionKind.STAFF)
    audit.record(signed_in.actor, "staff.signed_in", "account", account.id)
    return signed_in


def _forgive(claim: _Claim) -> None:
    session().execute(sa.delete(SignInAttempt).where(SignInAttempt.id == claim.attempt_id))
    session().execute(
        sa.update(StaffCredential)
        .where(StaffCredential.id == claim.credential_id)
        .values(failed_attempts=0, locked_until=None)
    )


def _refuse(claim: _Claim) -> NoReturn:
    with unit_of_work():
        subject, who = claim.account_id or "unknown", Actor(claim.account_id) if claim.account_id else NOBODY
        audit.record(who, "staff.sign_in_failed", "account", subject)
        if claim.locks:
            audit.record(who, "staff.locked", "account", subject, ground="five_failures")
    raise NotSignedIn("staff_sign_in_failed", _FAILED)
