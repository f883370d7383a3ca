"""What feedback keeps of a person: to show, and to forget. What was said without a name is nobody's."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from backend.infrastructure.database import session

from .model import Feedback


def export(account_id: str) -> list[dict[str, Any]]:
    """What the person said of the program, with the answers, the oldest first."""
    mine = sa.select(Feedback).where(Feedback.account_id == account_id).order_by(Feedback.id)
    return [
        {
            "编号": said.number,
            "类型": said.kind.zh,
            "内容": said.text,
            "页面": said.page,
            "时间": said.sent_at,
            "答复": said.answer,
            "答复时间": said.answered_at,
        }
        for said in session().scalars(mine)
    ]


def erase(account_id: str) -> None:
    """Forget what the person said."""
    session().execute(sa.delete(Feedback).where(Feedback.account_id == account_id))


def forget_old(before: datetime, batch: int, *, really: bool) -> int:
    """Delete up to a batch of what was said before. returns how many"""
    found = session().scalars(sa.select(Feedback.id).where(Feedback.sent_at < before).limit(batch)).all()
    if really:
        session().execute(sa.delete(Feedback).where(Feedback.id.in_(found)))
    return len(found)
