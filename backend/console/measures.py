"""What is done to a unit's certificate and plates, and inviting its station's members; shown on the unit's page."""

from typing import Any

from flask import flash, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.badges import service as badges
from backend.certification.model import Certificate
from backend.infrastructure.web import form
from backend.supervision import schemas, service

from .doors import staff_blueprint
from .schemas import Button, ProposalForm, VoidForm

blueprint = staff_blueprint("console_measures", "/units")

_BACK = "console_units.unit"
_PUBLIC = "扫码页面马上会显示，联络站会收到通知。"


@blueprint.post("/<number>/rectify")
@form(Action.CERTIFICATE_RECTIFY, schemas.MeasureIn, back=_BACK)
def rectify(actor: Actor, number: str, body: dict[str, Any]) -> str:
    return _after(service.rectify(actor, number, **body), f"已责令整改。{_PUBLIC}")


@blueprint.post("/<number>/suspend")
@form(Action.CERTIFICATE_SUSPEND, schemas.MeasureIn, back=_BACK)
def suspend(actor: Actor, number: str, body: dict[str, Any]) -> str:
    return _after(service.suspend(actor, number, **body), f"证书已暂停。{_PUBLIC}")


@blueprint.post("/<number>/restore")
@form(Action.CERTIFICATE_RESTORE, Button, back=_BACK)
def restore(actor: Actor, number: str, body: dict[str, Any]) -> str:
    return _after(service.restore(actor, number), f"证书已恢复。{_PUBLIC}")


@blueprint.post("/<number>/cancel")
@form(Action.CERTIFICATE_CANCEL, schemas.MeasureIn, back=_BACK)
def cancel(actor: Actor, number: str, body: dict[str, Any]) -> str:
    return _after(service.cancel(actor, number, **body), f"证书已注销。{_PUBLIC}")


@blueprint.post("/<number>/propose-removal")
@form(Action.REMOVAL_PROPOSE, ProposalForm, back=_BACK, idempotent=True)
def propose_removal(actor: Actor, number: str, body: dict[str, Any]) -> str:
    removal = service.propose(actor, number, **body)
    flash("摘牌提案已提出，单位可以在期限内陈述申辩，然后由另一名承办人决定。", "success")
    return url_for("console_removals.case", case_no=removal.case_no)


@blueprint.post("/<number>/void-plate")
@form(Action.PLATE_VOID, VoidForm, back=_BACK)
def void_plate(actor: Actor, number: str, body: dict[str, Any]) -> str:
    plate = badges.void_plate(actor, body["serial"], body["reason"])
    flash(f"标牌 {plate.serial} 已作废，再扫这块牌会显示“这块牌已作废”。", "success")
    return url_for(_BACK, number=number)


def _after(certificate: Certificate, words: str) -> str:
    flash(words, "success")
    return url_for(_BACK, number=certificate.number)
