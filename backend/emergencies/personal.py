"""What emergencies keep of the people who told of them; no account stands with it."""

from datetime import datetime

import sqlalchemy as sa

from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.kernel.wording import GONE

from .lifecycle import EMERGENCY
from .model import EmergencyCase


def forget_closed(before: datetime, batch: int, *, really: bool) -> int:
    """Forget place, words and phone of up to a batch of emergencies closed before. returns how many"""
    over = sa.select(EmergencyCase).where(
        EmergencyCase.state.in_(EMERGENCY.closed),
        EmergencyCase.state_since < before,
        EmergencyCase.erased_at.is_(None),
    )
    found = session().scalars(over.limit(batch)).all()
    for case in found if really else ():
        case.place, case.what, case.phone, case.erased_at = GONE, GONE, None, current.now()
    return len(found)
