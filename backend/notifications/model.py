"""Table of notices."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.access.policy import Scope
from backend.infrastructure.database import Json, UtcDateTime, enum_column
from backend.infrastructure.leasing import LeasedRow


class Channel(StrEnum):
    """How a notice reaches its recipient."""

    INBOX = "inbox"
    WECHAT = "wechat"


class Notice(LeasedRow):
    """One notice of one event to one recipient through one channel. An INBOX notice is done when inserted.

    event_key       the event, beginning with what it is about, e.g. "settlement:<id>:offered"
    params          values of the template's placeholders: names of units, case numbers, days; nothing about a person
    link            path within this site where the recipient can act
    superseded_at   when what it says ceased to hold before it was read; the inbox does not show it any more
    """

    __scope__: ClassVar[dict[Scope, str]] = {Scope.OWN: "recipient_id"}

    event_key: Mapped[str] = mapped_column(sa.String(160))
    recipient_id: Mapped[str] = mapped_column(sa.Uuid(as_uuid=False))
    channel: Mapped[Channel] = mapped_column(enum_column(Channel))
    template: Mapped[str] = mapped_column(sa.String(60))
    params: Mapped[Any] = mapped_column(Json)
    link: Mapped[str] = mapped_column(sa.String(200))
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    superseded_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    @classmethod
    def constraints(cls) -> tuple[Any, ...]:
        """One row per event, recipient and channel; an index for the inbox."""
        return (
            sa.UniqueConstraint("event_key", "recipient_id", "channel"),
            sa.Index(None, "recipient_id", "channel", "id"),
        )
