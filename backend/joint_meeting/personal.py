"""What a dispatch and its assistances say of a person: shown to the complainant, forgotten when the period is over.

A dispatch hangs on a complaint that a bureau handled, so it is kept for its period like that one. The reasons of its moves
are emptied with it; that there were moves, from whom to whom and when, stays.
"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from backend.infrastructure.database import session
from backend.kernel.wording import GONE

from .lifecycle import DISPATCH
from .model import Assistance, Dispatch, DispatchMove


def export(account_id: str) -> list[dict[str, Any]]:
    """Dispatches of the person's complaints, the oldest first; what departments write among themselves is not about the person."""
    mine = sa.select(Dispatch).filter_by(consumer_id=account_id).order_by(Dispatch.id)
    return [
        {
            "编号": one.case_no,
            "投诉": one.complaint_no,
            "状态": DISPATCH.states[one.state or ""],
            "为什么提请": one.why,
            "请牵头部门做什么": one.asked,
            "结果": one.result,
        }
        for one in session().scalars(mine)
    ]


def forget_closed(before: datetime, batch: int, *, really: bool) -> int:
    """Forget the words of up to a batch of dispatches closed before, with their assistances. returns how many"""
    over = sa.select(Dispatch).where(
        Dispatch.state.in_(DISPATCH.closed), Dispatch.state_since < before, Dispatch.why != GONE
    )
    found = session().scalars(over.limit(batch)).all()
    for one in found if really else ():
        _forget(one)
    return len(found)


def _forget(one: Dispatch) -> None:
    session().execute(sa.update(DispatchMove).where(DispatchMove.dispatch_id == one.id).values(reason=""))
    one.why, one.asked, one.result = GONE, GONE if one.asked else None, GONE if one.result else None
    for asked in session().scalars(sa.select(Assistance).filter_by(dispatch_id=one.id)):
        asked.question, asked.reply = GONE, GONE if asked.reply else None
