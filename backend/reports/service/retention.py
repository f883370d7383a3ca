"""Forgetting reports whose time is over: words, place, names, phones, messages, forms and photos; numbers, days and decisions stay."""

from datetime import datetime

import sqlalchemy as sa

from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.kernel.wording import GONE
from backend.reports.lifecycle import REPORT
from backend.reports.model import Report, ReportMessage, ReportPaper, ReportPhoto


def forget_closed(before: datetime, batch: int, *, really: bool) -> list[str] | int:
    """Up to a batch of reports closed before this instant. returns keys of photos to delete, or how many reports are over"""
    over = sa.select(Report).where(
        Report.state.in_(REPORT.closed), Report.state_since < before, Report.erased_at.is_(None)
    )
    found = session().scalars(over.limit(batch)).all()
    return [key for report in found for key in _forget(report)] if really else len(found)


def _forget(report: Report) -> list[str]:
    report.facts, report.erased_at = GONE, current.now()
    report.place = report.name = report.phone = report.phone_index = report.access_hash = None
    for message in session().scalars(sa.select(ReportMessage).filter_by(report_id=report.id)):
        message.text = GONE
    session().execute(sa.delete(ReportPaper).where(ReportPaper.report_id == report.id))
    photos = session().scalars(sa.select(ReportPhoto).filter_by(report_id=report.id)).all()
    for photo in photos:
        session().delete(photo)
    return [photo.object_key for photo in photos]
