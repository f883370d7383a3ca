"""Tables of notices, and of what people agreed to receive by WeChat."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.access.policy import Scope
from backend.infrastructure.database import Json, RowBase, UtcDateTime, enum_column
from backend.infrastructure.leasing import LeasedRow


class Channel(StrEnum):
    """How a notice reaches its recipient."""

    INBOX = "inbox"
    WECHAT = "wechat"
    SMS = "sms"


class Notice(LeasedRow):
    """One notice of one event to one recipient through one channel. An INBOX notice is done when inserted.

    event_key       the event, beginning with what it is about, e.g. "settlement:<id>:offered"
    params          values of the template's placeholders: names of units, case numbers, days; nothing about a person
    link            path within this site where the recipient can act
    holds_while     state of the case in which this is true, when it is about a case: the event key begins with its kind and id
    ends_at         the deadline that it names; what is not sent until then is not sent at all
    superseded_at   when what it says ceased to hold before it was read; the inbox does not show it any more
    """

    __scope__: ClassVar[dict[Scope, str]] = {Scope.OWN: "recipient_id"}

    event_key: Mapped[str] = mapped_column(sa.String(160))
    recipient_id: Mapped[str] = mapped_column(sa.Uuid(as_uuid=False))
    channel: Mapped[Channel] = mapped_column(enum_column(Channel))
    template: Mapped[str] = mapped_column(sa.String(60))
    params: Mapped[Any] = mapped_column(Json)
    link: Mapped[str] = mapped_column(sa.String(200))
    holds_while: Mapped[str | None] = mapped_column(sa.String(40))
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    superseded_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    @classmethod
    def constraints(cls) -> tuple[Any, ...]:
        """One row per event, recipient and channel; an index for the inbox."""
        return (
            sa.UniqueConstraint("event_key", "recipient_id", "channel"),
            sa.Index(None, "recipient_id", "channel", "id"),
        )


class MessageQuota(RowBase):
    """How many subscribe messages of one template a person has agreed to and not yet had, as far as we know.

    template   key of the template in the settings, e.g. "case"
    No row: nothing is known, WeChat is asked. Each consent is for one message (一次性订阅).
    """

    __tablename__ = "message_quota"

    account_id: Mapped[str] = mapped_column(sa.Uuid(as_uuid=False), primary_key=True)
    template: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    remaining: Mapped[int]
