"""What is kept of a person after the close: to show, and to forget."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.kernel.wording import GONE

from .lifecycle import REOPENING
from .model import AsksNot, Questionnaire, Reopening


def export(account_id: str) -> dict[str, Any]:
    """The person's answers, and whether they want to be asked."""
    mine = sa.select(Questionnaire).filter_by(consumer_id=account_id).order_by(Questionnaire.id)
    return {
        "愿意回访": session().get(AsksNot, account_id) is None,
        "回答": [
            {
                "编号": one.case_no,
                "单位": one.unit_name,
                "问的时间": one.asked_at,
                "回答": one.answer.zh if one.answer else None,
                "回答时间": one.answered_at,
            }
            for one in session().scalars(mine)
        ],
        "重新办理": [
            {
                "编号": one.case_no,
                "原诉求": one.settlement_no,
                "状态": REOPENING.states[one.state or ""],
                "提出时间": one.opened_at,
                "内容": one.what,
                "结果": one.outcome,
            }
            for one in session().scalars(sa.select(Reopening).filter_by(consumer_id=account_id).order_by(Reopening.id))
        ],
    }


def running(account_id: str) -> list[str]:
    """Numbers of the person's reopenings that are not at an end."""
    mine = sa.select(Reopening.case_no).where(
        Reopening.consumer_id == account_id, Reopening.state.not_in(REOPENING.closed)
    )
    return list(session().scalars(mine.order_by(Reopening.id)))


def forget_closed(before: datetime, batch: int, *, really: bool) -> int:
    """Forget the words of up to a batch of reopenings closed before. returns how many"""
    over = sa.select(Reopening).where(
        Reopening.state.in_(REOPENING.closed), Reopening.state_since < before, Reopening.erased_at.is_(None)
    )
    found = session().scalars(over.limit(batch)).all()
    for one in found if really else ():
        _forget(one)
    return len(found)


def erase(account_id: str) -> None:
    """The wish not to be asked goes; answers hold nothing about a person and stay in the count."""
    # What no bureau handled before is the consumer's own; with a complaint it belongs to the file.
    mine = sa.select(Reopening).filter_by(consumer_id=account_id, complaint_no=None, erased_at=None)
    for one in session().scalars(mine):
        _forget(one)
    session().execute(sa.delete(AsksNot).where(AsksNot.account_id == account_id))


def _forget(one: Reopening) -> None:
    one.what, one.outcome, one.erased_at = GONE, GONE if one.outcome else None, current.now()
