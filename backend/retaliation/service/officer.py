"""The officers' steps: take, contact, protect, hand to the police, find, and what follows for the certificate."""

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.casework import service as casework
from backend.certification import queries as certificates
from backend.certification.rules import Ground
from backend.complaints import queries as disputes
from backend.complaints import service as complaints
from backend.infrastructure import audit, current
from backend.infrastructure.database import session
from backend.kernel.errors import InvalidInput, NotPossibleNow
from backend.notifications import service as notifications
from backend.reports import service as reports
from backend.retaliation import queries
from backend.retaliation.lifecycle import NOT_INVOLVED
from backend.retaliation.model import Retaliation, RetaliationNote, RetaliationProtection
from backend.retaliation.rules import OF_REPORTS, Measure, Origin, Protection
from backend.supervision import service as supervision

from .person import add_note


def take(actor: Actor, case_no: str) -> Retaliation:
    """Take the case over; the others' notices are taken back. raises NotFound for who is involved with the merchant"""
    case = queries.retaliation(actor, Action.RETALIATION_TAKE, case_no)
    uninvolved = actor.account_id not in queries.involved(case)
    casework.apply(case, "take", actor, facts={NOT_INVOLVED: uninvolved})
    case.officer_id = actor.account_id
    notifications.drop(f"retaliation:{case.id}:")
    return case


def note_contact(actor: Actor, case_no: str, *, text: str) -> Retaliation:
    """The person was reached for the first time. text: for officers alone"""
    case = _mine(actor, Action.RETALIATION_NOTE_CONTACT, case_no)
    casework.apply(case, "note_contact", actor)
    add_note(case, text, officer_id=actor.account_id, for_person=False)
    return case


def write(actor: Actor, case_no: str, *, text: str) -> RetaliationNote:
    """Leave words that the person reads with the code and may answer."""
    case = _mine(actor, Action.RETALIATION_WRITE, case_no)
    return add_note(case, text, officer_id=actor.account_id, for_person=True)


def protect(actor: Actor, case_no: str, *, step: Protection) -> Retaliation:
    """Take a protective step; it takes effect at once. raises NotPossibleNow when there is nothing to protect that way"""
    case = _mine(actor, Action.RETALIATION_PROTECT, case_no)
    casework.apply(case, "protect", actor, details={"step": step.value})
    _apply(case, step)
    session().add(
        RetaliationProtection(retaliation_id=case.id, step=step.value, officer_id=actor.account_id, at=current.now())
    )
    return case


def hand_to_police(actor: Actor, case_no: str, *, body: str, text: str) -> Retaliation:
    """Note that it was handed to the police; the person reads to whom. source: Order 121 §42"""
    case = _mine(actor, Action.RETALIATION_HAND_TO_POLICE, case_no)
    casework.apply(case, "hand_to_police", actor)
    case.police_body, case.police_at = body, current.now()
    add_note(case, text, officer_id=actor.account_id, for_person=False)
    return case


def find(actor: Actor, case_no: str, *, founded: bool, text: str) -> Retaliation:
    """Say whether it is so, with the reason that the person reads. raises NotPossibleNow before they were heard"""
    action = Action.RETALIATION_FIND_FOUNDED if founded else Action.RETALIATION_FIND_UNFOUNDED
    case = _mine(actor, action, case_no)
    casework.apply(case, "find_founded" if founded else "find_unfounded", actor)
    case.outcome = text
    notifications.drop(f"retaliation:{case.id}:")
    return case


def act_on_certificate(actor: Actor, case_no: str, *, measure: Measure, statement: str | None = None) -> Retaliation:
    """Order a rectification, or propose the removal, of the unit's certificate on ground G10; the station learns the ground alone.

    statement   the facts of a proposal, which the unit reads
    raises      NotPossibleNow unless the case is founded and about a unit with a certificate; InvalidInput; as supervision does
    """
    case = _mine(actor, Action.RETALIATION_ACT, case_no)
    if case.state != "founded" or case.measure is not None:
        raise NotPossibleNow("no_measure_now", "查实以后才能采取措施，一件只采取一次。", state=case.state)
    certificate = certificates.newest_of_unit(case.unit_id) if case.unit_id else None
    if certificate is None:
        raise NotPossibleNow("not_certified", "这家不是放心消费单位，没有证书可以处理。", state=case.state)
    case.measure = measure
    if measure is Measure.RECTIFY:
        supervision.rectify(actor, certificate.number, ground=Ground.G10_RETALIATION)
    elif statement is None:
        raise InvalidInput("statement_missing", "请写明提案的事实。", fields={"statement": ["这一项必须填写。"]})
    else:
        proposal = supervision.propose(actor, certificate.number, ground=Ground.G10_RETALIATION, statement=statement)
        case.measure_no = proposal.case_no
    audit.record(
        actor, Action.RETALIATION_ACT, "retaliation", case.id, chain=case.county_code, ground=Ground.G10_RETALIATION
    )
    return case


def _apply(case: Retaliation, step: Protection) -> None:
    if case.origin is Origin.REPORT:
        if step not in OF_REPORTS:
            raise NotPossibleNow(
                "nothing_to_protect", "举报人本来就只由市场监管人员联系，被举报人和联络站看不到，不用这样做。"
            )
        reports.lock_contact(case.about_no, locked=step is Protection.LOCK_IDENTITY)
        return
    settlement = disputes.by_number(case.about_no)
    if step in OF_REPORTS:
        complaints.lock_identity(settlement, locked=step is Protection.LOCK_IDENTITY)
    elif step is Protection.TAKE_BACK_PHONE:
        complaints.take_back_shared_phone(settlement)
    else:
        complaints.through_officer(settlement, only=step is Protection.THROUGH_OFFICER)


def _mine(actor: Actor, action: Action, case_no: str) -> Retaliation:
    """The case, for who took it. raises NotPossibleNow for anybody else"""
    case = queries.retaliation(actor, action, case_no)
    if case.officer_id != actor.account_id:
        raise NotPossibleNow("not_yours", "请先点“我来处理”。已经有同事接手的，由接手的人办。", state=case.state)
    return case
