"""What a request keeps of the person who asked: shown, forgotten on request, and when its period is over."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.kernel.wording import GONE

from .lifecycle import ENROLMENT
from .model import Enrolment


def export(account_id: str) -> list[dict[str, Any]]:
    """The person's requests, the oldest first."""
    mine = sa.select(Enrolment).where(Enrolment.account_id == account_id).order_by(Enrolment.id)
    return [
        {
            "编号": one.case_no,
            "状态": ENROLMENT.states[one.state or ""],
            "提交时间": one.opened_at,
            "单位": one.unit_name,
            "经营主体": one.merchant_name,
            "统一社会信用代码": one.uscc,
            "地址": one.address,
            "网店地址": one.website,
            "联系人": one.contact,
            "联系电话": one.phone,
            "不收的理由": one.reason.zh if one.reason else None,
            "说明": one.decision_text,
        }
        for one in session().scalars(mine)
    ]


def running(account_id: str) -> list[str]:
    """Numbers of the person's requests that are not decided."""
    mine = sa.select(Enrolment.case_no).where(Enrolment.account_id == account_id, Enrolment.state.in_(ENROLMENT.open))
    return list(session().scalars(mine.order_by(Enrolment.id)))


def erase(account_id: str) -> None:
    """Forget who asked."""
    for one in session().scalars(sa.select(Enrolment).where(Enrolment.account_id == account_id)):
        _forget(one)


def forget_closed(before: datetime, batch: int, *, really: bool) -> int:
    """Forget who asked in up to a batch of requests that ended before. returns how many"""
    over = sa.select(Enrolment).where(
        Enrolment.state.in_(ENROLMENT.closed), Enrolment.state_since < before, Enrolment.erased_at.is_(None)
    )
    found = session().scalars(over.limit(batch)).all()
    for one in found if really else ():
        _forget(one)
    return len(found)


def _forget(one: Enrolment) -> None:
    one.contact, one.phone, one.invitation, one.erased_at = GONE, GONE, None, current.now()
    one.decision_text = one.decision_text and GONE
