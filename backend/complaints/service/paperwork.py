"""A complaint's official forms, filled from what stands in the case, and who may take them home.

The complainant takes what is addressed to them. An officer takes a form that names the complainant with a purpose, and the
look is noted like any other look at the identity.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.casework import queries as cases
from backend.casework.model import CaseEvent
from backend.complaints import queries
from backend.complaints.mediation import mediation_of
from backend.complaints.model import Complaint, Settlement
from backend.complaints.rules import Closing, Request
from backend.documents import service as documents
from backend.documents.rules import FORMS
from backend.documents.service import Document
from backend.infrastructure.database import session
from backend.kernel.clock import local_date
from backend.kernel.errors import NotFound
from backend.kernel.wording import local_day, local_time
from backend.merchants import queries as merchants

from .bureau import reveal_identity
from .consumer import Identity, identity_of

#: The step that makes each form.
_MADE_BY = {1: "lodge", 5: "accept", 6: "refuse", 7: "invite", 8: "terminate", 9: "record_agreement"}


@dataclass(frozen=True)
class Paper:
    """A form that exists for a complaint."""

    number: int
    title: str
    dated: date


def papers(events: Iterable[CaseEvent]) -> list[Paper]:
    """The forms that a complaint's steps have made so far, in the order of their numbers."""
    made = {event.action: local_date(event.at) for event in events if not _without_letter(event)}
    return [Paper(number, FORMS[number].title, made[step]) for number, step in _MADE_BY.items() if step in made]


def _without_letter(event: CaseEvent) -> bool:
    """Whether a record is kept of the agreement instead of a letter of mediation. source: Order 121 §24"""
    return event.action == "record_agreement" and (event.details or {}).get("closing", "signed") != Closing.SIGNED


def own_paper(actor: Actor, case_no: str, number: int) -> Document:
    """A form to its complainant. raises NotFound when there is no such form yet"""
    complaint = queries.complaint(actor, Action.COMPLAINT_DOCUMENT_READ, case_no)
    return _filled(complaint, number, identity_of(complaint.complainant_id))


def officers_paper(actor: Actor, case_no: str, number: int, *, purpose: str) -> Document:
    """A form to an officer; it names the complainant, so the look is noted with its purpose. raises NotFound"""
    complaint = queries.complaint(actor, Action.IDENTITY_REVEAL, case_no)
    paper(complaint, number)
    identity, _ = reveal_identity(actor, case_no, purpose=purpose)
    return _filled(complaint, number, identity)


def paper(complaint: Complaint, number: int) -> Paper:
    """One of them. raises NotFound when there is no such form yet"""
    found = next((one for one in papers(cases.events(complaint)) if one.number == number), None)
    if found is None:
        raise NotFound("document_missing", "这件投诉没有这份文书。请回到投诉页面，看看有哪些文书。")
    return found


def _filled(complaint: Complaint, number: int, identity: Identity) -> Document:
    dated = paper(complaint, number).dated
    values = {**_common(complaint, identity), **_own(complaint, number, dated)}
    wanted = FORMS[number].keys
    return documents.fill(
        number,
        county_code=complaint.county_code,
        dated=dated,
        values={key: value for key, value in values.items() if key in wanted},
    )


def _common(complaint: Complaint, identity: Identity) -> dict[str, str]:
    dispute = session().get_one(Settlement, complaint.settlement_id)
    unit = merchants.unit(complaint.unit_id)
    photos = queries.evidence(dispute.id)
    return {
        "case_no": complaint.case_no,
        "received_on": local_day(complaint.opened_at),
        "name": identity.name,
        "phone": identity.phone,
        "address": identity.address,
        "consent_publish": "同意" if dispute.consent_publish else "不同意",
        "consent_delegate": "同意" if dispute.consent_delegate else "不同意",
        "respondent": complaint.unit_name,
        "respondent_address": unit.address,
        "respondent_phone": unit.phone,
        "happened_on": local_day(dispute.happened_on),
        "amount": _yuan(dispute.amount_fen) if dispute.amount_fen else "没有写明",
        "facts": dispute.facts,
        "evidence": f"照片 {len(photos)} 张" if photos else "没有提交",
        "request": "、".join(one.zh for one in Request if one.value in dispute.wanted),
    }


def _meeting(complaint: Complaint) -> dict[str, str]:
    mediation = mediation_of(complaint)
    meeting = mediation.meetings[-1]
    return {
        "meeting_at": local_time(meeting.meeting_at),
        "place": f"{meeting.way.zh}，{meeting.place}",
        "mediator": mediation.names[meeting.mediator_id],
    }


def _yuan(fen: int) -> str:
    whole, rest = divmod(fen, 100)
    return f"{whole:,}.{rest:02d} 元"


def _own(complaint: Complaint, number: int, dated: date) -> dict[str, str]:
    """What a form says of its own decision."""
    values = {"decided_on": local_day(dated), "agreed_on": local_day(dated)}
    ground = complaint.refusal_ground if number == 6 else complaint.termination_ground
    if ground is not None:
        values |= {"ground_code": ground.value, "ground": ground.zh, "reason": complaint.decision_text or ""}
    if number == 6 and complaint.right_body_name:
        values |= {"right_body": complaint.right_body_name, "right_body_reach": complaint.right_body_reach or ""}
    if number == 7:
        values |= _meeting(complaint)
    if number == 9:
        values["agreement"] = complaint.agreement_text or ""
    return values
