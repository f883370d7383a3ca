"""What is kept of a person after the close: to show, and to forget."""

from typing import Any

import sqlalchemy as sa

from backend.infrastructure.database import session

from .model import AsksNot, Questionnaire


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
    }


def erase(account_id: str) -> None:
    """The wish not to be asked goes; answers hold nothing about a person and stay in the count."""
    session().execute(sa.delete(AsksNot).where(AsksNot.account_id == account_id))
