"""What time does: deadlines that are missed, marks that are emptied, reports that are deleted. Run by the worker."""

from datetime import timedelta

import sqlalchemy as sa

from backend.authenticity import marks
from backend.authenticity.model import CloneCase, FakeReport, PlaceReport
from backend.casework import service as casework
from backend.infrastructure import current
from backend.infrastructure.database import session, unit_of_work

from .telling import tell_officers

_STEPS = {"S1": "到场核查疑似冒用", "S2": "写明冒用核查结论", "E1": "核查假牌举报"}
#: How long a report about a plate without a case is kept.
_KEPT = timedelta(days=90)
#: How long one about a plate that had a case is.
_KEPT_WITH_CASE = timedelta(days=730)


def sweep() -> int:
    """Note what is late and tell it; empty marks whose window is over. Opens its own unit of work.

    returns   how many cases became late
    """
    late = 0
    with unit_of_work():
        marks.forget()
        for case_id, clock in casework.mark_breaches(CloneCase.__tablename__, ("S1", "S2")):
            case = session().get_one(CloneCase, case_id)
            tell_officers(case, "deadline_missed", city_too=True, step=_STEPS[clock])
            late += 1
        for case_id, clock in casework.mark_breaches(FakeReport.__tablename__, ("E1",)):
            report = session().get_one(FakeReport, case_id)
            tell_officers(report, "deadline_missed", city_too=True, step=_STEPS[clock], unit_name="假牌举报")
            late += 1
    return late


def forget(batch: int = 500) -> int:
    """Delete old reports about places with their photos; opens its own units of work, the files go after the rows.

    returns   how many reports were deleted
    """
    now = current.now()
    suspected = sa.select(CloneCase.plate_id)
    old = sa.or_(
        PlaceReport.at < now - _KEPT_WITH_CASE,
        sa.and_(PlaceReport.at < now - _KEPT, PlaceReport.plate_id.not_in(suspected)),
    )
    with unit_of_work():
        rows = session().scalars(sa.select(PlaceReport).where(old).limit(batch)).all()
        keys = [row.photo_key for row in rows if row.photo_key]
        for row in rows:
            session().delete(row)
    for key in keys:
        current.runtime().storage.delete(key)
    return len(rows)
