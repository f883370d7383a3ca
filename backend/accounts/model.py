"""Tables of people, their roles and their sign-ins."""

from datetime import datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.access.actor import Role
from backend.access.policy import Scope
from backend.infrastructure.database import Model, UtcDateTime, enum_column
from backend.infrastructure.sealing import Sealed

from .consent_texts import Purpose
from .rules import SessionKind

#: What accounts need to know of a liaison station; the package that keeps stations stands above this one.
STATION = sa.table(
    "liaison_station",
    sa.column("id", sa.Uuid(as_uuid=False)),
    sa.column("name", sa.String),
    sa.column("county_code", sa.String),
)


class Account(Model):
    """A person.

    alias       what other parties may call the person
    erased_at   when its person had it closed: nothing leads from it to anybody since then
    """

    __scope__: ClassVar[dict[Scope, str]] = {Scope.OWN: "id"}

    alias: Mapped[str] = mapped_column(sa.String(20))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class WeChatIdentity(Model):
    """A person as one WeChat application knows them. An openid means something only together with its app id."""

    __tablename__ = "wechat_identity"
    __table_args__ = (sa.UniqueConstraint("app_id", "openid_index"),)

    account_id: Mapped[str] = mapped_column(sa.ForeignKey("account.id"), index=True)
    app_id: Mapped[str] = mapped_column(sa.String(40))
    openid_sealed: Mapped[bytes] = mapped_column(sa.LargeBinary)
    openid_index: Mapped[bytes] = mapped_column(sa.LargeBinary(16))
    unionid_index: Mapped[bytes | None] = mapped_column(sa.LargeBinary(16), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    openid = Sealed("openid_sealed")


class PhoneIdentity(Model):
    """A person as the number knows them at which they answered a code.

    used_at   the last sign-in with it
    """

    account_id: Mapped[str] = mapped_column(sa.ForeignKey("account.id"), index=True)
    phone_sealed: Mapped[bytes] = mapped_column(sa.LargeBinary)
    phone_index: Mapped[bytes] = mapped_column(sa.LargeBinary(16), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    used_at: Mapped[datetime] = mapped_column(UtcDateTime())
    phone = Sealed("phone_sealed")


class RoleGrant(Model):
    """A role held since `granted_at`, until `ended_at`.

    granted_by   account id; None when the system granted it
    """

    account_id: Mapped[str] = mapped_column(sa.ForeignKey("account.id"), index=True)
    role: Mapped[Role] = mapped_column(enum_column(Role))
    county_code: Mapped[str | None] = mapped_column(sa.String(6))
    station_id: Mapped[str | None] = mapped_column(sa.ForeignKey("liaison_station.id"), index=True)
    department_code: Mapped[str | None] = mapped_column(sa.String(20))
    granted_by: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"))
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime())
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class StaffCredential(Model):
    """How a member of staff signs in.

    username         normalised (rules.normal_username)
    last_totp_step   30-second step of the last one-time code used; that code and older ones are refused
    must_change      the password was set by somebody else and is replaced at the next sign-in
    """

    account_id: Mapped[str] = mapped_column(sa.ForeignKey("account.id"), unique=True)
    username: Mapped[str] = mapped_column(sa.String(32), unique=True)
    display_name_sealed: Mapped[bytes] = mapped_column(sa.LargeBinary)
    password_hash: Mapped[str] = mapped_column(sa.String(200))
    must_change: Mapped[bool]
    totp_secret_sealed: Mapped[bytes] = mapped_column(sa.LargeBinary)
    last_totp_step: Mapped[int | None] = mapped_column(sa.BigInteger)
    failed_attempts: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime())
    display_name = Sealed("display_name_sealed")
    totp_secret = Sealed("totp_secret_sealed")


class SignInAttempt(Model):
    """A staff sign-in that has not succeeded, counted by a blind index of the client's address."""

    __table_args__ = (sa.Index(None, "address_index", "at"),)

    address_index: Mapped[bytes] = mapped_column(sa.LargeBinary(16))
    at: Mapped[datetime] = mapped_column(UtcDateTime(), index=True)


class Session(Model):
    """A sign-in that lasts. The token itself is known to its bearer alone.

    token_hash   SHA-256 of the token; 256 random bits need no slow hash
    expires_at   absolute end; the idle limit is counted from `seen_at`
    """

    token_hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32), unique=True)
    account_id: Mapped[str] = mapped_column(sa.ForeignKey("account.id"), index=True)
    kind: Mapped[SessionKind] = mapped_column(enum_column(SessionKind))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime())
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime(), index=True)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class Invitation(Model):
    """A one-time code that makes whoever accepts it a station member or a volunteer.

    county_code   of the station; None for a volunteer
    """

    __scope__: ClassVar[dict[Scope, str]] = {Scope.COUNTY: "county_code"}

    code_hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32), unique=True)
    role: Mapped[Role] = mapped_column(enum_column(Role))
    station_id: Mapped[str | None] = mapped_column(sa.ForeignKey("liaison_station.id"), index=True)
    county_code: Mapped[str | None] = mapped_column(sa.String(6))
    invited_by: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime())
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    used_by: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"))


class Consent(Model):
    """That a person agreed to one text for one purpose, and when they took it back."""

    __scope__: ClassVar[dict[Scope, str]] = {Scope.OWN: "account_id"}
    __table_args__ = (sa.Index(None, "account_id", "purpose"),)

    account_id: Mapped[str] = mapped_column(sa.ForeignKey("account.id"))
    purpose: Mapped[Purpose] = mapped_column(enum_column(Purpose))
    version: Mapped[str] = mapped_column(sa.String(20))
    text_sha256: Mapped[str] = mapped_column(sa.String(64))
    given_at: Mapped[datetime] = mapped_column(UtcDateTime())
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class NoticePhone(Model):
    """The number to which a person wants text messages (短信) when WeChat does not reach them. Confirmed, else it is not here."""

    account_id: Mapped[str] = mapped_column(sa.ForeignKey("account.id"), unique=True)
    phone_sealed: Mapped[bytes] = mapped_column(sa.LargeBinary)
    confirmed_at: Mapped[datetime] = mapped_column(UtcDateTime())
    phone = Sealed("phone_sealed")


class PhoneCode(Model):
    """A code (验证码) on its way to a number that somebody says is theirs; forgotten after a day.

    account_id    whose number for text messages it is to be; None where somebody signs in with it
    phone_index   blind index, by which codes to one number are counted, whoever asks for them
    tries         wrong answers so far
    """

    account_id: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"), index=True)
    phone_sealed: Mapped[bytes] = mapped_column(sa.LargeBinary)
    phone_index: Mapped[bytes] = mapped_column(sa.LargeBinary(16), index=True)
    code_sealed: Mapped[bytes] = mapped_column(sa.LargeBinary)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime(), index=True)
    tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    phone = Sealed("phone_sealed")
    code = Sealed("code_sealed")
