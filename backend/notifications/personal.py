"""What the outbox keeps of a person: to show, and to forget."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from backend.infrastructure.database import session

from . import templates
from .model import Channel, MessageQuota, Notice


def export(account_id: str) -> list[dict[str, Any]]:
    """The person's inbox, the oldest first."""
    mine = sa.select(Notice).where(Notice.recipient_id == account_id, Notice.channel == Channel.INBOX)
    return [
        {
            "标题": templates.subject(one.template),
            "内容": templates.body(one.template, one.params),
            "时间": one.made_at,
            "阅读时间": one.read_at,
        }
        for one in session().scalars(mine.order_by(Notice.id))
    ]


def erase(account_id: str) -> None:
    """Every notice to the person goes, sent or not."""
    session().execute(sa.delete(Notice).where(Notice.recipient_id == account_id))
    session().execute(sa.delete(MessageQuota).where(MessageQuota.account_id == account_id))


def forget_old(before: datetime, batch: int, *, really: bool) -> int:
    """Delete up to a batch of notices made before this instant. returns how many, or how many would go"""
    old = sa.select(Notice.id).where(Notice.made_at < before).limit(batch)
    found = session().scalars(old).all()
    if really:
        session().execute(sa.delete(Notice).where(Notice.id.in_(found)))
    return len(found)
