"""The bureau's steps on a complaint. source: Order 121 §15–§24"""

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.casework import service as casework
from backend.complaints import queries
from backend.complaints.lifecycle import BOTH_AGREE
from backend.complaints.mediation import mediation_of
from backend.complaints.model import Complaint
from backend.complaints.rules import Addressee, Closing, Party, RefusalGround, ServingWay, TerminationGround
from backend.infrastructure import current
from backend.kernel.errors import InvalidInput

from .mediation import check_not_recused
from .paperwork import issue, note_termination_served
from .right_body import right_body
from .telling import INVITED, due_of, take_back_notices, tell_consumer, tell_merchant


def accept_complaint(actor: Actor, case_no: str) -> Complaint:
    """Accept: mediation begins, the acting officer becomes the one in charge. source: Order 121 §15, §18"""
    complaint = _take(actor, Action.COMPLAINT_ACCEPT, case_no)
    casework.apply(complaint, "accept", actor)
    issue(actor, complaint, 5)
    tell_consumer(complaint, "complaint_accepted", due=due_of(complaint))
    tell_merchant(complaint, "mediation_consent_asked")
    return complaint


def refuse_complaint(
    actor: Actor,
    case_no: str,
    *,
    ground: RefusalGround,
    text: str,
    body: str | None = None,
    body_name: str | None = None,
    body_reach: str | None = None,
) -> Complaint:
    """Do not accept, on a ground of §16; the other remedies of 消法 §39 go with it.

    body         code of the department that is the right one, or else
    body_name, body_reach   its name, and how it is reached; R16_1 needs one of the two
    raises       InvalidInput right_body_missing and those of `right_body`
    source       Order 121 §15, §16
    """
    complaint = _take(actor, Action.COMPLAINT_REFUSE, case_no)
    casework.apply(complaint, "refuse", actor, ground=ground)
    right = right_body(body, body_name, body_reach)
    if right is None and ground is RefusalGround.R16_1:
        raise InvalidInput(
            "right_body_missing",
            "不属于本部门职责的，要写明由哪个单位处理、怎样联系。属于其他市场监管部门的，请改用“转到有权处理的市场监管部门”。",
            fields={"body": ["请选择单位，或者在下面写明。"]},
            article="总局令第121号 第十五条",
        )
    complaint.refusal_ground, complaint.decision_text = ground, text
    if right is not None:
        complaint.right_body_name, complaint.right_body_reach = right.name, right.reach
    issue(actor, complaint, 6)
    tell_consumer(complaint, "complaint_refused", ground=ground.zh)
    return complaint


def pause_for_testing(actor: Actor, case_no: str) -> Complaint:
    """Testing begins; its time does not count. source: Order 121 §22"""
    complaint = _take(actor, Action.COMPLAINT_PAUSE_FOR_TESTING, case_no)
    casework.apply(complaint, "pause_for_testing", actor)
    return complaint


def resume_mediation(actor: Actor, case_no: str) -> Complaint:
    """Testing is over; the days that it took are added in full. source: Order 121 §22"""
    complaint = _take(actor, Action.COMPLAINT_RESUME, case_no)
    casework.apply(complaint, "resume", actor)
    return complaint


def record_agreement(actor: Actor, case_no: str, *, text: str, closing: Closing) -> Complaint:
    """The parties agreed in mediation, to which both had consented.

    closing   whether both signed the letter of mediation (form 9), or why a record is kept instead
    source    Order 121 §18, §24
    """
    complaint = _take(actor, Action.COMPLAINT_RECORD_AGREEMENT, case_no)
    mediation = mediation_of(complaint)
    check_not_recused(actor, mediation)
    casework.apply(
        complaint,
        "record_agreement",
        actor,
        details={"closing": closing.value},
        facts={BOTH_AGREE: mediation.both_agree or mediation.both_delegate},
    )
    complaint.agreement_text, complaint.closing = text, closing
    for party in Party if closing is Closing.SIGNED else ():
        issue(actor, complaint, 9, party=Addressee[party.name])
    take_back_notices(complaint, INVITED)
    tell_consumer(complaint, "complaint_mediated")
    return complaint


def terminate(actor: Actor, case_no: str, *, ground: TerminationGround, text: str) -> Complaint:
    """End mediation without an agreement, on a ground of §23; both sides are told within seven working days."""
    complaint = _take(actor, Action.COMPLAINT_TERMINATE, case_no)
    casework.apply(complaint, "terminate", actor, ground=ground)
    take_back_notices(complaint, INVITED)
    complaint.termination_ground, complaint.decision_text = ground, text
    for party in Party:
        issue(actor, complaint, 8, party=Addressee[party.name])
    return complaint


def serve_notice(
    actor: Actor,
    case_no: str,
    *,
    consumer_way: ServingWay = ServingWay.INTERNET,
    merchant_way: ServingWay = ServingWay.INTERNET,
) -> Complaint:
    """The notice of termination (form 8) has been served on both sides, each in its way. source: Order 121 §23"""
    complaint = _take(actor, Action.COMPLAINT_SERVE_NOTICE, case_no)
    casework.apply(complaint, "serve_notice", actor)
    complaint.notice_served_at = current.now()
    note_termination_served(actor, complaint, {Addressee.CONSUMER: consumer_way, Addressee.MERCHANT: merchant_way})
    if complaint.termination_ground is not None:
        tell_consumer(complaint, "complaint_terminated", ground=complaint.termination_ground.zh)
        tell_merchant(complaint, "complaint_terminated", ground=complaint.termination_ground.zh)
    return complaint


def _take(actor: Actor, action: Action, case_no: str) -> Complaint:
    """The complaint for this step; whoever first acts on it is in charge (首接负责)."""
    complaint = queries.complaint(actor, action, case_no)
    if complaint.officer_id is None:
        complaint.officer_id = actor.account_id
    return complaint
