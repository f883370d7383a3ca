"""What a party of a complaint answers about its mediation, on a phone: the consumer and the liaison station alike."""

from typing import Any

from flask import Blueprint, flash, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.complaints import mediation_schemas as schemas
from backend.complaints import queries, service
from backend.infrastructure.web import form
from backend.kernel.errors import NotFound

blueprint = Blueprint("mediation_pages", __name__)


@blueprint.post("/my/cases/<case_no>/consent")
@form(Action.COMPLAINT_ANSWER_CONSENT, schemas.ConsentIn, back="my.case")
def consumer_consent(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    return _consent(actor, "my.case", case_no, body)


@blueprint.post("/station/<case_no>/consent")
@form(Action.COMPLAINT_ANSWER_CONSENT, schemas.ConsentIn, back="station.case")
def station_consent(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    return _consent(actor, "station.case", case_no, body)


@blueprint.post("/my/cases/<case_no>/recusal")
@form(Action.COMPLAINT_ASK_RECUSAL, schemas.RecusalIn, back="my.case")
def consumer_recusal(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    return _recusal(actor, "my.case", case_no, body["text"])


@blueprint.post("/station/<case_no>/recusal")
@form(Action.COMPLAINT_ASK_RECUSAL, schemas.RecusalIn, back="station.case")
def station_recusal(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    return _recusal(actor, "station.case", case_no, body["text"])


def _consent(actor: Actor, back: str, case_no: str, body: dict[str, Any]) -> str:
    service.answer_consent(actor, complaint_no(actor, case_no), **body)
    flash(f"已答复：{'同意' if body['agree'] else '不同意'}{body['subject'].zh}。", "success")
    return url_for(back, case_no=case_no)


def _recusal(actor: Actor, back: str, case_no: str, text: str) -> str:
    service.ask_recusal(actor, complaint_no(actor, case_no), text=text)
    flash("已提出申请，会由调解人员以外的人决定。决定以前，调解中止。", "success")
    return url_for(back, case_no=case_no)


def complaint_no(actor: Actor, case_no: str) -> str:
    """Number of the complaint that a settlement request became. raises NotFound"""
    complaint = queries.complaint_of(queries.settlement(actor, Action.SETTLEMENT_READ, case_no).id)
    if complaint is None:
        raise NotFound("not_escalated", "这件事没有转到市场监管部门。请回到这件事的页面看看。")
    return complaint.case_no
