"""A complaint between bureaus: returned to a named one, taken over, contested, brought to the office that assigns it.

It stays one complaint: the row moves, its first receiver stays noted, and the complainant always knows who has it. The period to
decide on it (C1) begins anew with the bureau that may handle it. source: Order 121 §13–§15, §33; F14 of the domain reference
"""

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.bodies import queries as bodies
from backend.bodies.rules import BUREAUS, CITY, OFFICE
from backend.casework import service as casework
from backend.complaints import queries
from backend.complaints.jurisdiction import ARTICLE_14, ARTICLE_33, MOST_RETURNS, Places, rightful
from backend.complaints.lifecycle import FEW, MANY
from backend.complaints.model import Complaint, ComplaintMove
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.kernel.errors import InvalidInput, NotPossibleNow

from .paperwork import issue_forwarding
from .telling import due_of, take_back_notices, tell_city, tell_consumer, tell_office, tell_officers

#: Notices of the bureau's periods: who no longer has the complaint has no more to do.
_TO_OFFICERS = ("deadline_near", "deadline_missed")
_STEP = {"J3": "接收或者退回转来的投诉", "C1": "决定是否受理", "C5": "决定由谁处理", "J4": "指定承办单位"}


def pass_on(actor: Actor, case_no: str, *, target: str, places: Places, reason: str) -> Complaint:
    """Return a complaint to the bureau that may handle it; the third return brings it to the office instead.

    target    county code of the bureau; it must be the one that the places name
    places    where the respondent is, as the officer found it
    reason    told to the complainant and to the receiver
    raises    NotPossibleNow when the holder may handle it itself, or was told to; InvalidInput target_not_competent
    source    Order 121 §13, §14
    """
    complaint = queries.complaint(actor, Action.COMPLAINT_PASS_ON, case_no)
    third = complaint.returns >= MOST_RETURNS
    holder, basis = complaint.county_code, ""
    step = "pass_to_office" if third else "pass_on"
    casework.apply(complaint, step, actor, facts={FEW: not third, MANY: third}, details={"target": target})
    _refuse_if_assigned(complaint)
    basis = _basis(complaint, target, places)
    _note(actor, complaint, step, target, basis, reason)
    issue_forwarding(actor, complaint)
    take_back_notices(complaint, *_TO_OFFICERS)
    complaint.officer_id = None
    complaint.returns += 1
    if third:
        told = bodies.reached(OFFICE.code)
        tell_consumer(complaint, "complaint_at_office", body=told.name, phone=told.phone, due=due_of(complaint))
        tell_office(complaint, "deadline_near", step=_STEP["J4"], due=due_of(complaint))
        return complaint
    complaint.county_code = target
    told = bodies.reached(target)
    tell_consumer(
        complaint,
        "complaint_passed_on",
        sender=BUREAUS[holder].name,
        body=told.name,
        phone=told.phone,
        due=due_of(complaint),
    )
    tell_officers(complaint, "deadline_near", step=_STEP["J3"], due=due_of(complaint))
    return complaint


def take_over(actor: Actor, case_no: str) -> Complaint:
    """Take over what another bureau returned, or what was contested: the period to decide on it begins. source: Order 121 §15"""
    complaint = queries.complaint(actor, Action.COMPLAINT_TAKE_OVER, case_no)
    casework.apply(complaint, "take_over", actor)
    complaint.officer_id = actor.account_id
    _tell_holder(complaint)
    return complaint


def contest(actor: Actor, case_no: str, *, reason: str) -> Complaint:
    """Bring it before the city that bureaus do not agree who may handle it. source: Order 121 §33"""
    complaint = queries.complaint(actor, Action.COMPLAINT_CONTEST, case_no)
    casework.apply(complaint, "contest", actor)
    _refuse_if_assigned(complaint)
    _note(actor, complaint, "contest", CITY, ARTICLE_33, reason)
    take_back_notices(complaint, *_TO_OFFICERS)
    told = bodies.reached(CITY)
    tell_consumer(complaint, "complaint_contested", body=told.name, phone=told.phone, due=due_of(complaint))
    tell_city(complaint, "deadline_near", step=_STEP["C5"], due=due_of(complaint))
    return complaint


def decide_power(actor: Actor, case_no: str, *, target: str, reason: str) -> Complaint:
    """The city says which bureau handles a contested complaint; that one does not return it. source: Order 121 §33"""
    complaint = queries.complaint(actor, Action.COMPLAINT_DECIDE_POWER, case_no)
    casework.apply(complaint, "decide_power", actor, details={"target": target})
    return _given(actor, complaint, "decide_power", CITY, target, ARTICLE_33, reason)


def assign(actor: Actor, case_no: str, *, target: str, reason: str) -> Complaint:
    """The joint-meeting office says which bureau handles what was returned three times; that one does not return it."""
    complaint = queries.brought_to_office(actor, case_no)
    casework.apply(complaint, "assign", actor, details={"target": target})
    return _given(actor, complaint, "assign", OFFICE.code, target, "联席会议办公室指定", reason)


def _given(
    actor: Actor, complaint: Complaint, step: str, giver: str, target: str, basis: str, reason: str
) -> Complaint:
    if target not in BUREAUS:
        raise InvalidInput("bureau_unknown", "请选一个县（市、区）的市场监督管理局。", fields={"target": ["请选择。"]})
    _note(actor, complaint, step, target, basis, reason, giver=giver)
    issue_forwarding(actor, complaint)
    take_back_notices(complaint, *_TO_OFFICERS)
    complaint.county_code, complaint.officer_id, complaint.assigned = target, None, True
    _tell_holder(complaint)
    tell_officers(complaint, "deadline_near", step=_STEP["C1"], due=due_of(complaint))
    return complaint


def _basis(complaint: Complaint, target: str, places: Places) -> str:
    """What makes the target competent. raises NotPossibleNow, InvalidInput"""
    found = rightful(places, complaint.first_receiver)
    names = "、".join(one.zh for one in found) or "填写的情况里没有"
    if any(one.code == complaint.county_code for one in found):
        raise NotPossibleNow(
            "holder_is_competent",
            f"按您填的情况，本单位有权处理：{names}。两个以上单位都有权处理的，由最先收到的处理，不能退回。",
            article=ARTICLE_14,
        )
    for one in found:
        if one.code == target:
            return one.because
    words = f"按您填的情况，有权处理的是：{names}。请核对经营地、住所地和要转给的单位。"
    if found and all(one.code not in BUREAUS for one in found):
        words = "有权处理的单位在温州以外，不能在这里转。请作出不予受理决定，写明应当向哪个单位投诉，或者通过全国12315平台分送。"
    raise InvalidInput("target_not_competent", words, fields={"target": [words]}, article="总局令第121号 第十三条")


def _refuse_if_assigned(complaint: Complaint) -> None:
    if complaint.assigned:
        raise NotPossibleNow(
            "assigned_already", "这件投诉已经指定由本单位承办，不能再退回或者提请决定。", state=complaint.state
        )


def _note(
    actor: Actor,
    complaint: Complaint,
    step: str,
    target: str,
    basis: str,
    reason: str,
    *,
    giver: str | None = None,
) -> None:
    session().add(
        ComplaintMove(
            complaint_id=complaint.id,
            step=step,
            from_body=giver or complaint.county_code,
            to_body=target,
            basis=basis,
            reason=reason,
            by_id=actor.account_id,
            at=current.now(),
        )
    )


def _tell_holder(complaint: Complaint) -> None:
    """The complainant hears who has it now and how to reach them."""
    told = bodies.reached(complaint.county_code)
    tell_consumer(complaint, "complaint_taken_over", body=told.name, phone=told.phone, due=due_of(complaint))
