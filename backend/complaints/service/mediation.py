"""Mediation (调解) by the book: consent of both parties, the call to meet, recusal, absence. source: Order 121 §18–§24

The settlement on which both agree is written down by `bureau.record_agreement`.
"""

from datetime import date, datetime, time, timedelta

from backend.access.actor import Actor, Role
from backend.access.policy import Action
from backend.accounts import queries as accounts
from backend.casework import service as casework
from backend.complaints import queries
from backend.complaints.lifecycle import BOTH_AGREE, SOMEONE_ELSE
from backend.complaints.mediation import Mediation, mediation_of
from backend.complaints.mediation_model import MediationConsent, MediationMeeting, Recusal
from backend.complaints.model import Complaint
from backend.complaints.rules import Addressee, ConsentWay, MeetingWay, Party, Subject
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.kernel.clock import SHANGHAI
from backend.kernel.errors import InvalidInput, NotPermitted, NotPossibleNow

from .paperwork import issue
from .telling import INVITED, take_back_notices, tell_officers, tell_parties

_FARTHEST = timedelta(days=60)


def answer_consent(actor: Actor, case_no: str, *, agree: bool, subject: Subject = Subject.MEDIATION) -> Complaint:
    """A party says in the product whether it agrees to mediation; it may change its mind until the mediation ends. §18"""
    complaint = queries.complaint(actor, Action.COMPLAINT_ANSWER_CONSENT, case_no)
    _keep_consent(actor, complaint, "answer_consent", subject, side_of(actor, complaint), agree, ConsentWay.PRODUCT)
    tell_officers(complaint, "mediation_consent_given", event=f":{current.now().isoformat()}")
    return complaint


def note_consent(
    actor: Actor,
    case_no: str,
    *,
    party: Party,
    agree: bool,
    way: ConsentWay,
    subject: Subject = Subject.MEDIATION,
) -> Complaint:
    """An officer notes what a party answered by phone, in person or in writing. source: Order 121 §18"""
    complaint = _mine(actor, Action.COMPLAINT_NOTE_CONSENT, case_no)
    _keep_consent(actor, complaint, "note_consent", subject, party, agree, way)
    return complaint


def invite(
    actor: Actor,
    case_no: str,
    *,
    meeting_on: date,
    meeting_time: time,
    way: MeetingWay,
    place: str,
    mediator: str | None = None,
) -> Complaint:
    """Call both parties to a meeting (form 7), once both have agreed to mediation.

    meeting_on, meeting_time   in Wenzhou; in the future, within 60 days
    mediator                   user name of an officer of this county or the city; None names who mediates already
    raises                     InvalidInput meeting_time_out_of_range, mediator_unknown; NotPossibleNow
    source                     Order 121 §18, §20
    """
    complaint = _mine(actor, Action.COMPLAINT_INVITE, case_no)
    mediation = mediation_of(complaint)
    casework.apply(complaint, "invite", actor, facts={BOTH_AGREE: mediation.both_agree})
    meeting_at = datetime.combine(meeting_on, meeting_time, SHANGHAI)
    if not current.now() < meeting_at <= current.now() + _FARTHEST:
        raise InvalidInput(
            "meeting_time_out_of_range",
            "调解时间应在现在以后、60 天以内。",
            fields={"meeting_on": ["请选 60 天以内、还没有过去的时间。"]},
        )
    complaint.mediator_id = _mediator(complaint, mediation, mediator)
    number = len(mediation.meetings) + 1
    session().add(
        MediationMeeting(
            complaint_id=complaint.id,
            number=number,
            meeting_at=meeting_at,
            way=way,
            place=place,
            mediator_id=complaint.mediator_id,
            called_at=current.now(),
        )
    )
    session().flush()
    for party in Party:
        issue(actor, complaint, 7, party=Addressee[party.name], part=number)
    take_back_notices(complaint, INVITED)
    tell_parties(complaint, INVITED, event=f":{number}", due=meeting_at)
    return complaint


def note_absence(actor: Actor, case_no: str, *, party: Party, text: str) -> Complaint:
    """A party did not come to the last meeting without a good reason; this suggests T23_2 and decides nothing. §23(2)"""
    complaint = _mine(actor, Action.COMPLAINT_NOTE_ABSENCE, case_no)
    meetings = mediation_of(complaint).meetings
    casework.apply(complaint, "note_absence", actor, details={"party": party.value, "meeting": len(meetings)})
    if not meetings or meetings[-1].meeting_at > current.now():
        raise NotPossibleNow("no_meeting_yet", "还没有到通知的调解时间，不能记缺席。", state=complaint.state)
    meetings[-1].absent, meetings[-1].absence_text = party, text
    return complaint


def ask_recusal(actor: Actor, case_no: str, *, text: str) -> Complaint:
    """A party asks that the mediator step back (回避); mediation stands still until somebody else has decided.

    The sixty days run on: the law leaves out the time of testing alone (§22).
    source   Order 121 §21
    """
    complaint = queries.complaint(actor, Action.COMPLAINT_ASK_RECUSAL, case_no)
    party = side_of(actor, complaint)
    casework.apply(complaint, "ask_recusal", actor, details={"party": party.value})
    mediator = complaint.mediator_id or complaint.officer_id
    if mediator is None:
        raise NotPossibleNow("no_mediator", "还没有调解人员，不用申请回避。", state=complaint.state)
    session().add(
        Recusal(complaint_id=complaint.id, mediator_id=mediator, asked_by=party, reason=text, asked_at=current.now())
    )
    for colleague in _deciders(complaint, mediator):
        tell_officers(complaint, "recusal_asked", to=colleague, event=f":{current.now().isoformat()}")
    return complaint


def decide_recusal(actor: Actor, case_no: str, *, granted: bool, text: str, mediator: str | None = None) -> Complaint:
    """Somebody other than the mediator decides; who steps back is followed by the mediator who is named here. §21

    mediator   user name of the new mediator, needed when granted
    """
    complaint = queries.complaint(actor, Action.COMPLAINT_DECIDE_RECUSAL, case_no)
    mediation = mediation_of(complaint)
    asked = next((one for one in mediation.recusals if one.granted is None), None)
    other = asked is not None and asked.mediator_id != actor.account_id
    casework.apply(complaint, "decide_recusal", actor, details={"granted": granted}, facts={SOMEONE_ELSE: other})
    if asked is None:
        raise RuntimeError("a complaint in recusal_asked has a request")
    asked.granted, asked.decided_by, asked.decided_at = granted, actor.account_id, current.now()
    asked.decision_text = text
    if granted:
        if mediator is None:
            raise InvalidInput(
                "mediator_missing", "同意回避，要另外指定调解人员。", fields={"mediator": ["请选择调解人员。"]}
            )
        complaint.mediator_id = _mediator(complaint, mediation_of(complaint), mediator)
        if complaint.officer_id == asked.mediator_id:
            complaint.officer_id = complaint.mediator_id
    decision = "同意回避，已另行指定调解人员" if granted else "不需要回避，继续调解"
    tell_parties(complaint, "recusal_decided", event=f":{asked.id}", decision=decision)
    return complaint


def side_of(actor: Actor, complaint: Complaint) -> Party:
    """Which party somebody speaks for who may speak for one at all."""
    return Party.CONSUMER if actor.account_id == complaint.consumer_id else Party.MERCHANT


def check_not_recused(actor: Actor, mediation: Mediation) -> None:
    """raises NotPermitted for an officer who had to step back from this complaint"""
    if actor.account_id in mediation.recused:
        raise NotPermitted("recused", "您已经回避这件投诉的调解，请由新的调解人员办理。")


def _keep_consent(
    actor: Actor, complaint: Complaint, step: str, subject: Subject, party: Party, agree: bool, way: ConsentWay
) -> None:
    casework.apply(
        complaint,
        step,
        actor,
        details={"subject": subject.value, "party": party.value, "agreed": agree, "way": way.value},
    )
    session().add(
        MediationConsent(
            complaint_id=complaint.id,
            subject=subject,
            party=party,
            agreed=agree,
            way=way,
            at=current.now(),
            noted_by=actor.account_id,
        )
    )


def _mine(actor: Actor, action: Action, case_no: str) -> Complaint:
    complaint = queries.complaint(actor, action, case_no)
    check_not_recused(actor, mediation_of(complaint))
    if complaint.officer_id is None:
        complaint.officer_id = actor.account_id
    return complaint


def _mediator(complaint: Complaint, mediation: Mediation, username: str | None) -> str:
    """The account of who is to mediate. raises InvalidInput"""
    if username is None:
        named = mediation.mediator_id
    else:
        named = accounts.account_by_username(username)
        if named not in {officer.account_id for officer in accounts.officers(complaint.county_code)}:
            named = None
    if named is None or named in mediation.recused:
        raise InvalidInput(
            "mediator_unknown",
            "调解人员应当是本县或者市局的工作人员，而且没有回避这件投诉。",
            fields={"mediator": ["请重新选择。"]},
        )
    return named


def _deciders(complaint: Complaint, mediator: str) -> list[str]:
    """Whom a request for recusal is told: the county's other officers, and the city's where there is none."""
    county = accounts.holders(Role.COUNTY_OFFICER, county_code=complaint.county_code)
    return [one for one in county if one != mediator] or accounts.holders(Role.CITY_OFFICER)
