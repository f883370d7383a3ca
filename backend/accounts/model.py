"""Accounts, identities, roles, credentials, sessions, invitations, consents."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.access.actor import Role
from backend.access.policy import Scope
from backend.infrastructure.database import Model, UtcDateTime, enum_column
from backend.infrastructure.sealing import Sealed


class Account(Model):
    """A person to the system. `alias` is what other parties may read; it says nothing about the person."""

    __scope__: ClassVar[dict[Scope, str]] = {Scope.OWN: "id"}

    alias: Mapped[str] = mapped_column(sa.String(40))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class WeChatLink(Model):
    """A person's identity within one WeChat app; a unionid ties the apps together."""

    __tablename__ = "wechat_link"
    __table_args__ = (sa.UniqueConstraint("app_id", "openid_index"),)

    account_id: Mapped[str] = mapped_column(sa.ForeignKey("account.id"), index=True)
    app_id: Mapped[str] = mapped_column(sa.String(40))
    openid_sealed: Mapped[bytes] = mapped_column(sa.LargeBinary)
    openid_index: Mapped[bytes] = mapped_column(sa.LargeBinary(16))
    unionid_index: Mapped[bytes | None] = mapped_column(sa.LargeBinary(16), index=True)
    openid = Sealed("openid_sealed")


class RoleGrant(Model):
    """A role that a person holds, with its county or station; ended, never deleted."""

    account_id: Mapped[str] = mapped_column(sa.ForeignKey("account.id"), index=True)
    role: Mapped[Role] = mapped_column(enum_column(Role))
    county_code: Mapped[str | None] = mapped_column(sa.String(6))
    station_id: Mapped[str | None] = mapped_column(sa.ForeignKey("liaison_station.id"), index=True)
    granted_by: Mapped[str | None] = mapped_column(sa.Uuid(as_uuid=False))
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime())
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class StaffCredential(Model):
    """How a member of staff signs in.

    totp_step   the last one-time code's step that was used; it and older ones are refused
    """

    account_id: Mapped[str] = mapped_column(sa.ForeignKey("account.id"), unique=True)
    username: Mapped[str] = mapped_column(sa.String(40), unique=True)
    display_name: Mapped[str] = mapped_column(sa.String(40))
    password_hash: Mapped[str] = mapped_column(sa.String(200))
    totp_sealed: Mapped[bytes] = mapped_column(sa.LargeBinary)
    totp_step: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime())
    totp = Sealed("totp_sealed")


class SessionKind(StrEnum):
    """WeChat sessions live long on a person's own phone; staff sessions are short."""

    WECHAT = "wechat"
    STAFF = "staff"


class SignInSession(Model):
    """A signed-in device. Only a hash of its token is kept."""

    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    account_id: Mapped[str] = mapped_column(sa.ForeignKey("account.id"), index=True)
    kind: Mapped[SessionKind] = mapped_column(enum_column(SessionKind))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime())
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class Invitation(Model):
    """A one-time invitation to a role. Only a hash of its code is kept."""

    code_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    role: Mapped[Role] = mapped_column(enum_column(Role))
    station_id: Mapped[str | None] = mapped_column(sa.ForeignKey("liaison_station.id"))
    invited_by: Mapped[str | None] = mapped_column(sa.Uuid(as_uuid=False))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime())
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime())
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    used_by: Mapped[str | None] = mapped_column(sa.Uuid(as_uuid=False))


class Consent(Model):
    """What a person agreed to, by the version of the text they read. source: PIPL §14–16"""

    __table_args__ = (sa.Index(None, "account_id", "purpose"),)

    account_id: Mapped[str] = mapped_column(sa.ForeignKey("account.id"))
    purpose: Mapped[str] = mapped_column(sa.String(40))
    version: Mapped[str] = mapped_column(sa.String(20))
    given_at: Mapped[datetime] = mapped_column(UtcDateTime())
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
