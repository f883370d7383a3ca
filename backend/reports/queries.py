"""Reads of reports: for the officers of the county, and for who holds number and access code."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.casework import queries as cases
from backend.infrastructure.database import session
from backend.infrastructure.scoping import get_for, visible
from backend.kernel.errors import NotFound
from backend.kernel.identifiers import read_case_number

from .lifecycle import REPORT
from .model import Report, ReporterView, ReportMessage, ReportPaper, ReportPhoto

_MOST = 200


@dataclass(frozen=True)
class Alike:
    """An earlier report about the same party, with what it shares. Facts for an officer, who decides."""

    report: Report
    same_reporter: bool
    same_words: bool


def report(actor: Actor, action: Action, case_no: str) -> Report:
    """raises NotFound, NotPermitted, InvalidInput"""
    number = read_case_number(case_no)
    return get_for(Report, actor, action, Report.case_no, number, seen_by=Action.REPORT_READ)


def reports(actor: Actor, *, only_open: bool = False) -> Sequence[Report]:
    """Reports that the actor may read, the newest first, two hundred at most."""
    statement = sa.select(Report).where(visible(Report, actor, Action.REPORT_READ))
    if only_open:
        statement = statement.where(Report.state.not_in(REPORT.closed))
    return session().scalars(statement.order_by(Report.id.desc()).limit(_MOST)).all()


def linked_to(actor: Actor, numbers: Sequence[str]) -> Sequence[Report]:
    """Reports that belong to these settlement requests or complaints and that the actor may read, the oldest first."""
    statement = sa.select(Report).where(Report.linked_no.in_(numbers), visible(Report, actor, Action.REPORT_READ))
    return session().scalars(statement.order_by(Report.id)).all()


def by_number(case_no: str) -> Report:
    """The report of this number, for who may know of it already. raises NotFound"""
    found = session().scalars(sa.select(Report).filter_by(case_no=case_no)).one_or_none()
    if found is None:
        raise NotFound("record_not_found", "没有找到这条记录，请核对编号。")
    return found


def officers_of(*, unit_id: str | None = None, case_no: str | None = None) -> set[str]:
    """Accounts of officers in charge of reports about a unit, or of one report."""
    which = Report.unit_id == unit_id if unit_id is not None else Report.case_no == case_no
    return set(session().scalars(sa.select(Report.officer_id).where(which, Report.officer_id.is_not(None))))


def by_code(case_no: str, code: str) -> Report:
    """The report of this number, for who knows its access code. raises NotFound, the same for a wrong number or code"""
    return cases.by_access_code(Report, case_no, code)


def alike(actor: Actor, mine: Report) -> list[Alike]:
    """Earlier reports about the same party that the actor may read, the newest first, ten at most."""
    statement = (
        sa.select(Report)
        .where(
            visible(Report, actor, Action.REPORT_READ),
            Report.target_index == mine.target_index,
            Report.id != mine.id,
            Report.opened_at <= mine.opened_at,
        )
        .order_by(Report.id.desc())
        .limit(10)
    )
    return [
        Alike(one, same_reporter(one, mine), one.facts_index == mine.facts_index)
        for one in session().scalars(statement)
    ]


def same_reporter(one: Report, other: Report) -> bool:
    """Whether both left the same phone number; nothing can be said of who left none."""
    return one.phone_index is not None and one.phone_index == other.phone_index


def photos(report_id: str) -> Sequence[ReportPhoto]:
    """The photos of a report, in the order in which they came."""
    return session().scalars(sa.select(ReportPhoto).filter_by(report_id=report_id).order_by(ReportPhoto.position)).all()


def messages(report_id: str) -> Sequence[ReportMessage]:
    """Questions and answers, the oldest first."""
    return session().scalars(sa.select(ReportMessage).filter_by(report_id=report_id).order_by(ReportMessage.id)).all()


def papers(report_id: str) -> Sequence[ReportPaper]:
    """The forms that were issued, in the order of their numbers."""
    return session().scalars(sa.select(ReportPaper).filter_by(report_id=report_id).order_by(ReportPaper.form)).all()


def views(report_id: str) -> Sequence[ReporterView]:
    """Who looked at the reporter's contact, the oldest first."""
    statement = sa.select(ReporterView).filter_by(report_id=report_id).order_by(ReporterView.sequence)
    return session().scalars(statement).all()


def parent(mine: Report) -> Report | None:
    """The report that this one was merged into or repeats."""
    return session().get(Report, mine.into_id) if mine.into_id else None
