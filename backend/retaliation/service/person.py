"""The person's acts. A case is followed by its number and code alone; whose account was signed in is not kept."""

from collections.abc import Collection
from dataclasses import dataclass

from backend.access.actor import SYSTEM, Actor
from backend.access.policy import Action
from backend.casework import service as casework
from backend.complaints import queries as disputes
from backend.complaints.model import Settlement
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.kernel.errors import NotFound, NotPossibleNow
from backend.kernel.identifiers import access_hash, check_phone, new_case_number, new_code
from backend.reports import queries as reports
from backend.retaliation import queries, rules
from backend.retaliation.lifecycle import RETALIATION
from backend.retaliation.model import Retaliation, RetaliationNote
from backend.retaliation.rules import Act, Origin

from .telling import county, tell_officers


@dataclass(frozen=True)
class Told:
    """A new case, with the access code that is told once."""

    case: Retaliation
    access_code: str


def tell(
    actor: Actor,
    *,
    case_no: str,
    code: str | None = None,
    acts: Collection[Act],
    what: str,
    phone: str | None = None,
    in_danger: bool = False,
) -> Told:
    """Take what somebody tells of retaliation, and tell the officers who are not involved at once.

    case_no, code   of the person's dispute or report; without a code, of the actor's own dispute
    phone           at which the person may be called
    raises          NotFound, the same for a wrong number or code; InvalidInput
    """
    access_code = new_code()
    case = _about(actor, case_no, code)
    case.case_no, case.rule_set = new_case_number("BH", current.today()), "2026"
    case.access_hash = access_hash(access_code)
    case.acts, case.in_danger = [act.value for act in dict.fromkeys(acts)], in_danger
    case.what = what
    case.phone = check_phone(phone) if phone is not None else None
    casework.apply(case, "tell", SYSTEM)
    session().add(case)
    session().flush()
    tell_officers(case, "retaliation_told", county(case), clock="P1")
    return Told(case, access_code)


def answer(case_no: str, code: str, *, text: str) -> RetaliationNote:
    """Add something through the code. raises NotFound, NotPossibleNow when the case is closed or holds too much already"""
    case = queries.by_code(case_no, code)
    note = add_note(case, text, officer_id=None, for_person=True)
    people = [case.officer_id] if case.officer_id else county(case)
    tell_officers(case, "retaliation_added", people, event=f":{note.id}")
    return note


def add_note(case: Retaliation, text: str, *, officer_id: str | None, for_person: bool) -> RetaliationNote:
    """Put what was written with a case. raises NotPossibleNow"""
    if case.state in RETALIATION.closed:
        raise NotPossibleNow("case_closed", "这件事已经办结，不能再补充。又有新情况的，请重新反映。", state=case.state)
    if len(queries.notes(case)) >= rules.MOST_NOTES:
        raise NotPossibleNow("too_many_notes", f"一件事最多写 {rules.MOST_NOTES} 条，请电话联系市场监管部门。")
    note = RetaliationNote(retaliation_id=case.id, officer_id=officer_id, for_person=for_person, at=current.now())
    note.text = text
    session().add(note)
    session().flush()
    return note


def _about(actor: Actor, case_no: str, code: str | None) -> Retaliation:
    """A case without a number, about the dispute or the report that the person has shown to be theirs."""
    if code is None:
        return _of_dispute(_own(actor, case_no))
    try:
        return _of_dispute(disputes.by_access_code(case_no, code))
    except NotFound:
        report = reports.by_code(case_no, code)
    return Retaliation(
        origin=Origin.REPORT,
        about_no=report.case_no,
        unit_id=report.unit_id,
        unit_name=report.target_name,
        county_code=report.county_code,
    )


def _of_dispute(settlement: Settlement) -> Retaliation:
    complaint = disputes.complaint_of(settlement.id)
    return Retaliation(
        origin=Origin.DISPUTE,
        about_no=settlement.case_no,
        unit_id=settlement.unit_id,
        unit_name=settlement.unit_name,
        county_code=(complaint or settlement).county_code,
    )


def _own(actor: Actor, case_no: str) -> Settlement:
    """The actor's own settlement request, by its number or by that of the complaint it became. raises NotFound"""
    try:
        return disputes.settlement(actor, Action.SETTLEMENT_WITHDRAW, case_no)
    except NotFound:
        complaint = disputes.complaint(actor, Action.COMPLAINT_WITHDRAW, case_no)
        return session().get_one(Settlement, complaint.settlement_id)
