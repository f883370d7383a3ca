"""Delegated mediation (委托调解): to the consumer council with both parties' consent, and back to the bureau with its result.

The bureau's sixty days run on meanwhile (Order 121 §22 leaves out testing alone). Nobody delegates what was delegated to them:
a delegation begins at a complaint in the bureau's own mediation, by the bureau.
source: Order 121 §19; 浙江省实施〈消费者权益保护法〉办法 §32
"""

from backend.access.actor import Actor, Role
from backend.access.policy import Action
from backend.accounts import queries as accounts
from backend.casework import queries as cases
from backend.casework import service as casework
from backend.complaints import delegations, queries
from backend.complaints.delegation_model import Delegation
from backend.complaints.lifecycle import BOTH_DELEGATE, DELEGATION
from backend.complaints.mediation import mediation_of
from backend.complaints.model import Complaint, IdentityView
from backend.complaints.rules import Closing
from backend.infrastructure import audit, current
from backend.infrastructure.database import session
from backend.kernel.clock_table import RULE_SETS
from backend.kernel.errors import NotPossibleNow
from backend.kernel.identifiers import new_case_number
from backend.kernel.regulation import rule_set_for
from backend.notifications import service as notifications
from backend.notifications.templates import Value

from .identity import Identity, identity_of
from .mediation import check_not_recused
from .protection import check_unlocked
from .telling import tell_officers, tell_parties


def delegate(actor: Actor, case_no: str, *, text: str) -> Delegation:
    """Ask the consumer council to mediate. raises NotPossibleNow unless both parties agree to it. source: Order 121 §19"""
    complaint = queries.complaint(actor, Action.COMPLAINT_DELEGATE, case_no)
    mediation = mediation_of(complaint)
    check_not_recused(actor, mediation)
    casework.apply(complaint, "delegate", actor, facts={BOTH_DELEGATE: mediation.both_delegate})
    if complaint.officer_id is None:
        complaint.officer_id = actor.account_id
    made = Delegation(
        case_no=new_case_number("WT", current.today()),
        complaint_id=complaint.id,
        complaint_no=complaint.case_no,
        unit_name=complaint.unit_name,
        alias=complaint.alias,
        county_code=complaint.county_code,
        asked_by=actor.account_id,
        request_text=text,
        rule_set=rule_set_for(current.today(), RULE_SETS).code,
    )
    casework.apply(made, "delegate", actor)
    session().add(made)
    session().flush()
    tell_council(made, "delegation_asked")
    tell_parties(complaint, "complaint_delegated", event=f":{made.case_no}")
    return made


def take_on(actor: Actor, case_no: str) -> Delegation:
    """The council accepts, within K1; whoever accepts mediates, within K2."""
    held = delegations.delegation(actor, Action.DELEGATION_TAKE_ON, case_no)
    casework.apply(held, "take_on", actor)
    held.mediator_id = actor.account_id
    _tell_officer(held, "消保委已接受，正在调解")
    return held


def decline(actor: Actor, case_no: str, *, text: str) -> Delegation:
    """The council does not accept; the complaint is in the bureau's mediation again."""
    held = delegations.delegation(actor, Action.DELEGATION_DECLINE, case_no)
    casework.apply(held, "decline", actor)
    held.result_text = text
    _give_back(actor, held, "消保委没有接受")
    return held


def report_agreement(actor: Actor, case_no: str, *, text: str, closing: Closing) -> Delegation:
    """The parties agreed before the council; the bureau writes the agreement down and closes the complaint."""
    held = delegations.delegation(actor, Action.DELEGATION_REPORT_AGREEMENT, case_no)
    casework.apply(held, "report_agreement", actor)
    held.result_text, held.closing = text, closing
    _give_back(actor, held, "调解成功")
    return held


def report_failure(actor: Actor, case_no: str, *, text: str) -> Delegation:
    """No agreement before the council; the bureau goes on or ends the mediation."""
    held = delegations.delegation(actor, Action.DELEGATION_REPORT_FAILURE, case_no)
    casework.apply(held, "report_failure", actor)
    held.result_text = text
    _give_back(actor, held, "没有调解成功")
    return held


def take_back(actor: Actor, case_no: str) -> Complaint:
    """The bureau takes a delegated complaint back, at any time."""
    complaint = queries.complaint(actor, Action.COMPLAINT_TAKE_BACK, case_no)
    casework.apply(complaint, "take_back", actor)
    recall_open(actor, complaint)
    return complaint


def recall_open(actor: Actor, complaint: Complaint) -> None:
    """Close the complaint's delegation if one is open: the complaint was taken back or withdrawn."""
    held = delegations.of_complaint(complaint)
    if held is not None and held.state not in DELEGATION.closed:
        casework.apply(held, "recall", actor)
        tell_council(held, "delegation_recalled")


def delegated_identity(actor: Actor, case_no: str, *, purpose: str) -> Identity:
    """Name, phone and address of the complainant to the council while it mediates; the look is noted and shown to them. PIPL §51"""
    held = delegations.delegation(actor, Action.DELEGATION_IDENTITY_REVEAL, case_no)
    if held.state != "mediating":
        raise NotPossibleNow("not_mediating", "接受委托以后、调解结束以前，才能看投诉人的联系方式。", state=held.state)
    complaint = session().get_one(Complaint, held.complaint_id)
    check_unlocked(complaint.complainant_id)
    session().add(
        IdentityView(complaint_id=complaint.id, officer_id=actor.account_id, at=current.now(), purpose=purpose)
    )
    audit.record(actor, Action.DELEGATION_IDENTITY_REVEAL, "delegation", held.id, chain=held.county_code)
    return identity_of(complaint.complainant_id)


def tell_council(held: Delegation, template: str, **more: Value) -> None:
    """A notice to whoever mediates at the council, to all of them while nobody does."""
    nearest = cases.next_deadlines(held.__tablename__, [held.id]).get(held.id)
    params: dict[str, Value] = {"case_no": held.case_no, "unit_name": held.unit_name, **more}
    if nearest is not None:
        params |= {"due": nearest.due_at}
    people = [held.mediator_id] if held.mediator_id else accounts.holders(Role.COUNCIL)
    for person in people:
        notifications.queue(
            person,
            template,
            params,
            event_key=f"delegation:{held.id}:{template}:{held.state}",
            link=f"/console/delegations/{held.case_no}",
        )


def _give_back(actor: Actor, held: Delegation, decision: str) -> None:
    complaint = session().get_one(Complaint, held.complaint_id, with_for_update=True)
    casework.apply(complaint, "take_back", actor)
    _tell_officer(held, decision)


def _tell_officer(held: Delegation, decision: str) -> None:
    complaint = session().get_one(Complaint, held.complaint_id)
    tell_officers(complaint, "delegation_decided", event=f":{held.case_no}:{held.state}", decision=decision)
