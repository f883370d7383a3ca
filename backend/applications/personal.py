"""What may tell of a person: what somebody wrote as an objection, without a name, what was answered and decided; the photos."""

from datetime import datetime

import sqlalchemy as sa

from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.kernel.wording import GONE

from .lifecycle import APPLICATION, OBJECTION
from .model import Application, ApplicationObjection, ApplicationPhoto


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


def forget_photos(before: datetime, batch: int, *, really: bool) -> list[str] | int:
    """Up to a batch of photos of applications that ended before. returns keys of what is to be deleted, or how many"""
    over = (
        sa.select(ApplicationPhoto)
        .join(Application, Application.id == ApplicationPhoto.application_id)
        .where(Application.state.in_(APPLICATION.closed), Application.state_since < before)
    )
    found = session().scalars(over.limit(batch)).all()
    if not really:
        return len(found)
    for one in found:
        session().delete(one)
    return [one.object_key for one in found]
