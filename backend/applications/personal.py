"""What may tell of a person: what somebody wrote as an objection, without a name, and what was answered and decided."""

from datetime import datetime

import sqlalchemy as sa

from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.kernel.wording import GONE

from .lifecycle import OBJECTION
from .model import ApplicationObjection


def forget_objections(before: datetime, batch: int, *, really: bool) -> int:
    """Forget the words of up to a batch of objections that ended before. returns how many"""
    over = sa.select(ApplicationObjection).where(
        ApplicationObjection.state.in_(OBJECTION.closed),
        ApplicationObjection.state_since < before,
        ApplicationObjection.erased_at.is_(None),
    )
    found = session().scalars(over.limit(batch)).all()
    for one in found if really else ():
        one.text, one.answer_text = GONE, one.answer_text and GONE
        one.decision_text, one.erased_at = one.decision_text and GONE, current.now()
    return len(found)
