"""A complaint's mediation at the bureau: consent of both parties, the call to meet, recusal, absence, the agreement."""

from collections.abc import Sequence
from typing import Any

from flask import flash, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.accounts import queries as accounts
from backend.complaints import mediation_schemas as schemas
from backend.complaints import service
from backend.complaints.delegation_schemas import DelegateIn
from backend.complaints.mediation import Mediation
from backend.complaints.model import Complaint
from backend.complaints.rules import Closing, ConsentWay, MeetingWay, Party, Subject
from backend.infrastructure import current
from backend.infrastructure.web import form

from .doors import staff_blueprint
from .schemas import Button

blueprint = staff_blueprint("console_mediation", "/complaints")


def choices(county_code: str, mediation: Mediation) -> dict[str, Any]:
    """What the forms of a mediation offer, as pairs (value, words), and whether the last meeting's hour is past."""
    officers = [one for one in accounts.officers(county_code) if one.account_id not in mediation.recused]
    last = mediation.meetings[-1] if mediation.meetings else None
    asked = next((one for one in mediation.recusals if one.granted is None), None)
    return {
        "parties": _pairs(Party),
        "party_answers": [(party.zh, mediation.consents.get(party)) for party in Party],
        "subjects": _pairs(Subject),
        "delegate_answers": [(party.zh, mediation.agrees_to_delegate(party)) for party in Party],
        "consent_ways": [pair for pair in _pairs(ConsentWay) if pair[0] != ConsentWay.PRODUCT],
        "meeting_ways": _pairs(MeetingWay),
        "closings": _pairs(Closing),
        "mediators": [(one.username, one.name) for one in officers],
        "successors": [
            (one.username, one.name) for one in officers if asked is None or one.account_id != asked.mediator_id
        ],
        "met": last is not None and last.meeting_at <= current.now(),
    }


@blueprint.post("/<case_no>/note-consent")
@form(Action.COMPLAINT_NOTE_CONSENT, schemas.ConsentNoteIn, back="console_complaints.case")
def note_consent(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    return _after(service.note_consent(actor, case_no, **body), f"已记下{body['party'].zh}的答复。")


@blueprint.post("/<case_no>/invite")
@form(Action.COMPLAINT_INVITE, schemas.InviteIn, back="console_complaints.case")
def invite(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    return _after(service.invite(actor, case_no, **body), "已通知双方参加调解，调解通知书已经生成。")


@blueprint.post("/<case_no>/absence")
@form(Action.COMPLAINT_NOTE_ABSENCE, schemas.AbsenceIn, back="console_complaints.case")
def note_absence(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    return _after(service.note_absence(actor, case_no, **body), "已记下缺席。是否终止调解，由您决定。")


@blueprint.post("/<case_no>/decide-recusal")
@form(Action.COMPLAINT_DECIDE_RECUSAL, schemas.RecusalDecisionIn, back="console_complaints.case")
def decide_recusal(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    return _after(service.decide_recusal(actor, case_no, **body), "已经决定，双方会收到通知，调解恢复。")


@blueprint.post("/<case_no>/delegate")
@form(Action.COMPLAINT_DELEGATE, DelegateIn, back="console_complaints.case")
def delegate(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    made = service.delegate(actor, case_no, text=body["text"])
    flash(f"已委托消保委调解，委托编号 {made.case_no}。", "success")
    return url_for("console_complaints.case", case_no=made.complaint_no)


@blueprint.post("/<case_no>/take-back")
@form(Action.COMPLAINT_TAKE_BACK, Button, back="console_complaints.case")
def take_back(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    return _after(service.take_back(actor, case_no), "已收回，由本局继续调解。")


@blueprint.post("/<case_no>/record-agreement")
@form(Action.COMPLAINT_RECORD_AGREEMENT, schemas.AgreementIn, back="console_complaints.case")
def record_agreement(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    return _after(service.record_agreement(actor, case_no, **body), "已记下调解协议，这件投诉办结。")


def _pairs(kind: Any) -> Sequence[tuple[str, str]]:
    return [(one.value, one.zh) for one in kind]


def _after(complaint: Complaint, words: str) -> str:
    flash(words, "success")
    return url_for("console_complaints.case", case_no=complaint.case_no)
