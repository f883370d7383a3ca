"""What cases of retaliation keep of the people who told of them; no account stands with it."""

from datetime import datetime

import sqlalchemy as sa

from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.kernel.wording import GONE

from .lifecycle import RETALIATION
from .model import Retaliation, RetaliationNote


def forget_closed(before: datetime, batch: int, *, really: bool) -> int:
    """Forget the words, notes, phone and code of up to a batch of cases closed before. returns how many"""
    over = sa.select(Retaliation).where(
        Retaliation.state.in_(RETALIATION.closed), Retaliation.state_since < before, Retaliation.erased_at.is_(None)
    )
    found = session().scalars(over.limit(batch)).all()
    for case in found if really else ():
        case.what, case.outcome, case.erased_at = GONE, GONE, current.now()
        case.phone = case.access_hash = None
        for note in session().scalars(sa.select(RetaliationNote).filter_by(retaliation_id=case.id)):
            note.text = GONE
    return len(found)
