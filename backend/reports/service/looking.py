"""Looking at who a reporter is: shown once, always written down. source: Order 121 §37; PIPL §51"""

from dataclasses import dataclass
from datetime import datetime

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure import audit, current
from backend.infrastructure.database import session
from backend.kernel.errors import NotPossibleNow
from backend.reports import queries
from backend.reports.model import Report, ReporterView


@dataclass(frozen=True)
class Contact:
    """How a reporter can be reached; empty texts for what was not left."""

    name: str
    phone: str


def reveal_reporter(actor: Actor, case_no: str, *, purpose: str) -> tuple[Contact, datetime]:
    """How the reporter can be reached; the look is written down. raises NotPossibleNow for an anonymous report or a locked one

    returns   the contact, and when the look was noted
    """
    report = queries.report(actor, Action.REPORTER_REVEAL, case_no)
    if report.anonymous:
        raise NotPossibleNow("reporter_unknown", "这是匿名举报，没有留联系方式。可以在问答里留言。")
    noted_at = note_look(actor, report, purpose)
    return Contact(report.name or "", report.phone or ""), noted_at


def note_look(actor: Actor, report: Report, purpose: str) -> datetime:
    """Write down that an officer looks at who the reporter is. returns when. raises NotPossibleNow while that is locked"""
    if report.contact_locked_at is not None:
        raise NotPossibleNow("identity_locked", "举报人的联系方式已经锁定，不能查看。可以在问答里留言。")
    now = current.now()
    session().add(ReporterView(report_id=report.id, officer_id=actor.account_id, at=now, purpose=purpose))
    audit.record(actor, Action.REPORTER_REVEAL, "report", report.id, chain=report.county_code)
    return now


def lock_contact(case_no: str, *, locked: bool) -> None:
    """Nobody looks at the reporter's name and phone any more, or again. raises NotFound, NotPossibleNow when none was left"""
    report = queries.by_number(case_no)
    if report.anonymous:
        raise NotPossibleNow("nothing_to_protect", "这是匿名举报，没有留联系方式，没有可以锁定的。")
    report.contact_locked_at = current.now() if locked else None
