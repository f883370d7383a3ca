"""What queries of the council keep: words between authorities, which may tell of a person all the same."""

from datetime import datetime

import sqlalchemy as sa

from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.kernel.wording import GONE

from .lifecycle import INQUIRY
from .model import Inquiry


def forget_closed(before: datetime, batch: int, *, really: bool) -> int:
    """Forget question and answer of up to a batch of queries closed before. returns how many"""
    over = sa.select(Inquiry).where(
        Inquiry.state.in_(INQUIRY.closed), Inquiry.state_since < before, Inquiry.erased_at.is_(None)
    )
    found = session().scalars(over.limit(batch)).all()
    for one in found if really else ():
        one.question, one.answer, one.erased_at = GONE, one.answer and GONE, current.now()
    return len(found)
