"""The phone number that a consumer lets the station see for one request, and who looked at it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.infrastructure.database import AppendOnly, Model, UtcDateTime
from backend.infrastructure.sealing import Sealed


class SharedPhone(Model):
    """The number, for as long as the consumer lets the station see it and the request is open; then the row is deleted.

    text_sha256   of the consent text that stood beside the button
    """

    settlement_id: Mapped[str] = mapped_column(sa.ForeignKey("settlement.id"), unique=True)
    phone_sealed: Mapped[bytes] = mapped_column(sa.LargeBinary)
    shared_at: Mapped[datetime] = mapped_column(UtcDateTime())
    text_sha256: Mapped[str] = mapped_column(sa.String(64))
    phone = Sealed("phone_sealed")


class PhoneView(AppendOnly):
    """A member of the station looked at the number: who and when. The consumer reads the alias."""

    settlement_id: Mapped[str] = mapped_column(sa.Uuid(as_uuid=False), index=True)
    member_id: Mapped[str] = mapped_column(sa.Uuid(as_uuid=False))
    alias: Mapped[str] = mapped_column(sa.String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime())
