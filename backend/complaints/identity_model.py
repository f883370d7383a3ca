"""Requests for proof of identity (限期提供身份证明材料) and their answers."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.infrastructure.database import Model, UtcDateTime, enum_column
from backend.infrastructure.sealing import Sealed

from .rules import IdKind


class IdentityRequest(Model):
    """The bureau asks a complainant to prove who they are (form 4). An ID number is collected here alone, and sealed.

    number   from 1 within the complaint
    until    last day to answer; when it passes, grounds are suggested to the officer and nothing is decided
    source   Order 121 §10, §16(5), §16(6)
    """

    __table_args__ = (sa.UniqueConstraint("complaint_id", "number"),)

    complaint_id: Mapped[str] = mapped_column(sa.ForeignKey("complaint.id"))
    number: Mapped[int]
    reason: Mapped[str] = mapped_column(sa.String(500))
    until: Mapped[date]
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime())
    asked_by: Mapped[str] = mapped_column(sa.ForeignKey("account.id"))
    id_kind: Mapped[IdKind | None] = mapped_column(enum_column(IdKind))
    id_number_sealed: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    id_number = Sealed("id_number_sealed")
