"""What paying first keeps of a person: to show. Nothing of it can be forgotten on request: it is the proof of a payment."""

from typing import Any

import sqlalchemy as sa

from backend.infrastructure.database import session

from .model import AdvancePayment


def export(account_id: str) -> list[dict[str, Any]]:
    """The person's requests to be paid first, the oldest first."""
    mine = sa.select(AdvancePayment).filter_by(consumer_id=account_id).order_by(AdvancePayment.id)
    return [
        {
            "编号": one.case_no,
            "和解诉求": one.settlement_no,
            "单位": one.unit_name,
            "金额（分）": one.amount_fen,
            "状态": one.__lifecycle__.states[one.state or ""],
            "申请时间": one.opened_at,
        }
        for one in session().scalars(mine)
    ]


def running(account_id: str) -> list[str]:
    """Numbers of the person's requests that are not at an end."""
    mine = sa.select(AdvancePayment).filter_by(consumer_id=account_id).order_by(AdvancePayment.id)
    return [one.case_no for one in session().scalars(mine) if one.state not in one.__lifecycle__.closed]


def count(account_id: str) -> int:
    """How many payments of the person are on the books."""
    return session().scalar(sa.select(sa.func.count()).where(AdvancePayment.consumer_id == account_id)) or 0
