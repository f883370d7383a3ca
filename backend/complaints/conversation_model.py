"""What consumer and station say to each other about a settlement request, how far each has read, and the station's ready answers."""

from datetime import datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.access.policy import Scope
from backend.infrastructure.database import AppendOnly, Model, RowBase, UtcDateTime, enum_column

from .rules import Side


class Message(AppendOnly):
    """One message. It is never changed; a trigger lets its text be emptied, once it need not be kept any longer.

    text   as both sides read it: phone numbers, identity numbers and the like are hidden before it is kept
    """

    settlement_id: Mapped[str] = mapped_column(sa.Uuid(as_uuid=False), index=True)
    side: Mapped[Side] = mapped_column(enum_column(Side))
    author_id: Mapped[str] = mapped_column(sa.Uuid(as_uuid=False))
    at: Mapped[datetime] = mapped_column(UtcDateTime())
    text: Mapped[str] = mapped_column(sa.Text)


class MessageMark(RowBase):
    """How far somebody has read a conversation: the sequence of the last message they have seen."""

    settlement_id: Mapped[str] = mapped_column(sa.ForeignKey("settlement.id"), primary_key=True)
    account_id: Mapped[str] = mapped_column(sa.ForeignKey("account.id"), primary_key=True)
    read_to: Mapped[int] = mapped_column(sa.BigInteger)


class ReadyAnswer(Model):
    """An answer that a station uses often (常用回复)."""

    __scope__: ClassVar[dict[Scope, str]] = {Scope.STATION: "station_id"}

    station_id: Mapped[str] = mapped_column(sa.ForeignKey("liaison_station.id"), index=True)
    title: Mapped[str] = mapped_column(sa.String(20))
    text: Mapped[str] = mapped_column(sa.String(500))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime())
