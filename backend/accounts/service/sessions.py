"""Sessions: opaque reference tokens. Roles are read at every request, so a change holds from the next one on."""

import hashlib
import logging
import secrets
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from backend.access.actor import Actor, Grant
from backend.infrastructure import current
from backend.infrastructure.database import Busy, committed, session, unit_of_work
from backend.infrastructure.prepared import Prepared
from backend.kernel.errors import NotFound

from ..model import Account, RoleGrant, Session, SignInAttempt
from ..rules import LIFETIMES, LOCK_TIME, SessionKind, effective_grants, is_alive

_log = logging.getLogger(__name__)
_KEPT_AFTER_END = timedelta(days=30)


@dataclass(frozen=True)
class SignedIn:
    """A fresh session. The token is shown this once and kept nowhere."""

    token: str
    actor: Actor


def open_session(account: Account, kind: SessionKind) -> SignedIn:
    """Open a session under a new token; nothing that the client sent becomes part of it (no session fixation)."""
    token, now = secrets.token_urlsafe(32), current.now()
    opened = Session(
        token_hash=_hash(token),
        account_id=account.id,
        kind=kind,
        created_at=now,
        seen_at=now,
        expires_at=now + LIFETIMES[kind].absolute,
    )
    session().add(opened)
    session().flush()
    open_grants = sa.select(RoleGrant).filter_by(account_id=account.id, ended_at=None).order_by(RoleGrant.id)
    held = [
        Grant(row.role, row.county_code, row.station_id, row.department_code) for row in session().scalars(open_grants)
    ]
    return SignedIn(token, Actor(account.id, effective_grants(kind, held), account.alias, opened.id))


_BEARER = Prepared(
    sa.select(
        Session.id, Session.account_id, Session.kind, Session.seen_at, Session.expires_at, Account.alias,
        RoleGrant.role, RoleGrant.county_code, RoleGrant.station_id, RoleGrant.department_code,
    )
    .join(Account, Account.id == Session.account_id)
    .outerjoin(RoleGrant, sa.and_(RoleGrant.account_id == Account.id, RoleGrant.ended_at.is_(None)))
    .where(Session.token_hash == sa.bindparam("token_hash"), Session.ended_at.is_(None), Account.disabled_at.is_(None))
    .order_by(RoleGrant.id)
)  # fmt: skip


def identify(token: str) -> Actor | None:
    """Who bears this token, with the roles of this moment; None when the session ended or the account is disabled.

    Reads outside any unit of work, and opens one now and then to note the use (`Lifetime.noted_every`).
    """
    now = current.now()
    rows = committed(_BEARER, {"token_hash": _hash(token)})
    if not rows or not is_alive(rows[0].kind, rows[0].seen_at, rows[0].expires_at, now):
        return None
    first = rows[0]
    if now - first.seen_at >= LIFETIMES[first.kind].noted_every:
        _touch(first.id)
    held = [
        Grant(row.role, row.county_code, row.station_id, row.department_code) for row in rows if row.role is not None
    ]
    return Actor(first.account_id, effective_grants(first.kind, held), first.alias, first.id)


def end_session(actor: Actor) -> None:
    """Sign out: the actor's session is dead from now on. raises NotFound for an actor without a session"""
    ended = _end(Session.id == actor.session_id)
    if not ended:
        raise NotFound("session_not_found", "登录已经结束。")


def end_all_sessions(account_id: str, *, but: str | None = None) -> None:
    """End every session of an account.

    but   id of a session that stays
    """
    _end(Session.account_id == account_id, *([Session.id != but] if but else []))


def purge() -> int:
    """Delete sessions that have been dead for a month and counted failures that no longer count. For the worker.

    returns   how many rows went
    """
    now = current.now()
    long_dead = sa.or_(Session.expires_at < now - _KEPT_AFTER_END, Session.ended_at < now - _KEPT_AFTER_END)
    gone = session().scalars(sa.delete(Session).where(long_dead).returning(Session.id)).all()
    counted = sa.delete(SignInAttempt).where(SignInAttempt.at <= now - LOCK_TIME).returning(SignInAttempt.id)
    return len(gone) + len(session().scalars(counted).all())


def _touch(session_id: str) -> None:
    try:
        with unit_of_work():
            session().execute(sa.update(Session).where(Session.id == session_id).values(seen_at=current.now()))
    except (Busy, OperationalError):
        # Reading goes on while the database takes no writes; the use is noted next time.
        _log.warning("session use not noted")


def _end(*conditions: sa.ColumnElement[bool]) -> bool:
    statement = sa.update(Session).where(Session.ended_at.is_(None), *conditions).values(ended_at=current.now())
    return bool(session().scalars(statement.returning(Session.id)).all())


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
