"""What mediation (调解) leaves behind: who agreed to it, when the parties were to meet, who was asked to step back."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.infrastructure.database import AppendOnly, Model, UtcDateTime, enum_column

from .rules import ConsentWay, MeetingWay, Party, Subject


class MediationConsent(AppendOnly):
    """A party's answer whether it agrees to mediation, or to its delegation; the last one of each party counts. source: Order 121 §18, §19

    noted_by   who typed it in: the party, or the officer who was told
    """

    complaint_id: Mapped[str] = mapped_column(sa.Uuid(as_uuid=False), index=True)
    subject: Mapped[Subject] = mapped_column(enum_column(Subject))
    party: Mapped[Party] = mapped_column(enum_column(Party))
    agreed: Mapped[bool]
    way: Mapped[ConsentWay] = mapped_column(enum_column(ConsentWay))
    at: Mapped[datetime] = mapped_column(UtcDateTime())
    noted_by: Mapped[str] = mapped_column(sa.Uuid(as_uuid=False))


class MediationMeeting(Model):
    """A meeting to which both parties were called (form 7). source: Order 121 §20, §23(2)

    number   from 1 within the complaint
    place    where, or how one takes part
    absent   who did not come without a good reason, noted after the meeting's hour
    """

    __table_args__ = (sa.UniqueConstraint("complaint_id", "number"),)

    complaint_id: Mapped[str] = mapped_column(sa.ForeignKey("complaint.id"))
    number: Mapped[int]
    meeting_at: Mapped[datetime] = mapped_column(UtcDateTime())
    way: Mapped[MeetingWay] = mapped_column(enum_column(MeetingWay))
    place: Mapped[str] = mapped_column(sa.String(200))
    mediator_id: Mapped[str] = mapped_column(sa.ForeignKey("account.id"))
    called_at: Mapped[datetime] = mapped_column(UtcDateTime())
    absent: Mapped[Party | None] = mapped_column(enum_column(Party))
    absence_text: Mapped[str | None] = mapped_column(sa.String(500))


class Recusal(Model):
    """A request that the mediator step back (回避), and what somebody else decided. source: Order 121 §21"""

    complaint_id: Mapped[str] = mapped_column(sa.ForeignKey("complaint.id"), index=True)
    mediator_id: Mapped[str] = mapped_column(sa.ForeignKey("account.id"))
    asked_by: Mapped[Party] = mapped_column(enum_column(Party))
    reason: Mapped[str] = mapped_column(sa.String(500))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime())
    granted: Mapped[bool | None]
    decided_by: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    decision_text: Mapped[str | None] = mapped_column(sa.String(500))
