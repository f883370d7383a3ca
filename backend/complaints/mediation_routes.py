"""Mediation over JSON: what each party answers, and what the officer notes and decides."""

from typing import Any

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure.http import ApiBlueprint, Reply, endpoint

from . import mediation_schemas, schemas, service
from .answers import complaint_for

blueprint = ApiBlueprint("mediation", __name__, description="投诉的调解：同意、通知、回避、缺席")


@blueprint.post("/complaints/<case_no>/consent")
@endpoint(
    Action.COMPLAINT_ANSWER_CONSENT,
    body=mediation_schemas.ConsentIn,
    reply=schemas.ComplaintForConsumer,
    audiences=(schemas.ComplaintForStation,),
)
def answer_consent(actor: Actor, case_no: str, body: dict[str, Any]) -> Reply:
    """投诉人或者联络站：是否同意调解"""
    return complaint_for(actor, service.answer_consent(actor, case_no, **body))


@blueprint.post("/complaints/<case_no>/recusal")
@endpoint(
    Action.COMPLAINT_ASK_RECUSAL,
    body=mediation_schemas.RecusalIn,
    reply=schemas.ComplaintForConsumer,
    audiences=(schemas.ComplaintForStation,),
    idempotent=True,
)
def ask_recusal(actor: Actor, case_no: str, body: dict[str, Any]) -> Reply:
    """投诉人或者联络站：申请调解人员回避"""
    return complaint_for(actor, service.ask_recusal(actor, case_no, text=body["text"]))


@blueprint.post("/complaints/<case_no>/note-consent")
@endpoint(Action.COMPLAINT_NOTE_CONSENT, body=mediation_schemas.ConsentNoteIn, reply=schemas.ComplaintForOfficer)
def note_consent(actor: Actor, case_no: str, body: dict[str, Any]) -> Reply:
    """记下一方是否同意调解"""
    return complaint_for(actor, service.note_consent(actor, case_no, **body))


@blueprint.post("/complaints/<case_no>/invite")
@endpoint(Action.COMPLAINT_INVITE, body=mediation_schemas.InviteIn, reply=schemas.ComplaintForOfficer)
def invite(actor: Actor, case_no: str, body: dict[str, Any]) -> Reply:
    """通知双方参加调解（文书 7）"""
    return complaint_for(actor, service.invite(actor, case_no, **body))


@blueprint.post("/complaints/<case_no>/absence")
@endpoint(Action.COMPLAINT_NOTE_ABSENCE, body=mediation_schemas.AbsenceIn, reply=schemas.ComplaintForOfficer)
def note_absence(actor: Actor, case_no: str, body: dict[str, Any]) -> Reply:
    """记下一方无正当理由没有参加调解"""
    return complaint_for(actor, service.note_absence(actor, case_no, **body))


@blueprint.post("/complaints/<case_no>/decide-recusal")
@endpoint(Action.COMPLAINT_DECIDE_RECUSAL, body=mediation_schemas.RecusalDecisionIn, reply=schemas.ComplaintForOfficer)
def decide_recusal(actor: Actor, case_no: str, body: dict[str, Any]) -> Reply:
    """决定是否回避；由调解人员以外的人决定"""
    return complaint_for(actor, service.decide_recusal(actor, case_no, **body))


@blueprint.post("/complaints/<case_no>/record-agreement")
@endpoint(Action.COMPLAINT_RECORD_AGREEMENT, body=mediation_schemas.AgreementIn, reply=schemas.ComplaintForOfficer)
def record_agreement(actor: Actor, case_no: str, body: dict[str, Any]) -> Reply:
    """记录调解协议"""
    return complaint_for(actor, service.record_agreement(actor, case_no, **body))
