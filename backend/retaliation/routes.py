"""Retaliation over JSON: the person by number and code, officers who are not involved."""

from types import SimpleNamespace
from typing import Any

from flask import Response, jsonify

from backend.access.actor import NOBODY, Actor
from backend.access.policy import Action
from backend.infrastructure.fields import Output, fields
from backend.infrastructure.http import ApiBlueprint, Public, endpoint, run

from . import queries, schemas, service
from .model import Retaliation

blueprint = ApiBlueprint("retaliation_api", __name__, description="打击报复：投诉、举报后被施压、威胁、泄露、辞退")
_BY_OWN_CASE = Public("number and access code of one's own dispute or report are the permission, or a sign-in with it")
_BY_CODE = Public("a case of retaliation is followed by number and access code")


class _Retaliations(Output):
    retaliations = fields.List(fields.Nested(schemas.RetaliationForOfficer))


def progress_of(case: Retaliation) -> SimpleNamespace:
    """What the access code opens."""
    shown = {name: getattr(case, name) for name in ("case_no", "state", "opened_at", "outcome", "police_body")}
    return SimpleNamespace(
        **shown,
        __lifecycle__=case.__lifecycle__,
        notes=queries.notes(case, for_person=True),
        protections=queries.protections(case),
    )


@blueprint.post("/retaliations")
@endpoint(
    _BY_OWN_CASE,
    body=schemas.RetaliationIn,
    reply=schemas.RetaliationTaken,
    status=201,
    idempotent=True,
    limit="6/hour",
    self_contained=True,
)
def tell(actor: Actor, body: dict[str, Any]) -> Response:
    """反映打击报复：没有办过这家单位的监管人员马上收到；商家和联络站看不到"""

    def perform() -> Response:
        told = service.tell(actor, **body)
        answer = jsonify({**schemas.RetaliationTaken().dump(told.case), "access_code": told.access_code})
        answer.status_code = 201
        return answer

    return run(perform, NOBODY, idempotent=True)


@blueprint.post("/retaliations/progress")
@endpoint(_BY_CODE, body=schemas.RetaliationCodeIn, reply=schemas.RetaliationProgress, limit="20/minute", writes=False)
def progress(actor: Actor, body: dict[str, Any]) -> Any:
    """凭编号和查询码看进展、保护措施和留言"""
    return progress_of(queries.by_code(body["case_no"], body["code"]))


@blueprint.post("/retaliations/answers")
@endpoint(_BY_CODE, body=schemas.RetaliationAnswerIn, reply=schemas.RetaliationProgress, limit="20/hour")
def answer(actor: Actor, body: dict[str, Any]) -> Any:
    """补充情况，或者回答监管人员"""
    service.answer(**body)
    return progress_of(queries.by_code(body["case_no"], body["code"]))


@blueprint.get("/retaliations")
@endpoint(Action.RETALIATION_READ, reply=_Retaliations)
def retaliations(actor: Actor) -> dict[str, Any]:
    """打击报复列表，没有人接手的在前；办过这家单位投诉、举报的人看不到"""
    return {"retaliations": queries.retaliations(actor)}


@blueprint.post("/retaliations/<case_no>/take")
@endpoint(Action.RETALIATION_TAKE, reply=schemas.RetaliationForOfficer)
def take(actor: Actor, case_no: str) -> Retaliation:
    """我来处理"""
    return service.take(actor, case_no)


@blueprint.post("/retaliations/<case_no>/contact")
@endpoint(Action.RETALIATION_NOTE_CONTACT, body=schemas.RetaliationTextIn, reply=schemas.RetaliationForOfficer)
def note_contact(actor: Actor, case_no: str, body: dict[str, Any]) -> Retaliation:
    """第一次联系到了本人"""
    return service.note_contact(actor, case_no, text=body["text"])


@blueprint.post("/retaliations/<case_no>/words")
@endpoint(
    Action.RETALIATION_WRITE, body=schemas.RetaliationTextIn, reply=schemas.RetaliationForOfficer, idempotent=True
)
def write(actor: Actor, case_no: str, body: dict[str, Any]) -> Retaliation:
    """给本人留言，本人凭查询码看到"""
    service.write(actor, case_no, text=body["text"])
    return queries.retaliation(actor, Action.RETALIATION_READ, case_no)


@blueprint.post("/retaliations/<case_no>/protect")
@endpoint(Action.RETALIATION_PROTECT, body=schemas.RetaliationProtectionIn, reply=schemas.RetaliationForOfficer)
def protect(actor: Actor, case_no: str, body: dict[str, Any]) -> Retaliation:
    """采取一项保护措施，马上生效"""
    return service.protect(actor, case_no, step=body["step"])


@blueprint.post("/retaliations/<case_no>/police")
@endpoint(Action.RETALIATION_HAND_TO_POLICE, body=schemas.HandedToPoliceIn, reply=schemas.RetaliationForOfficer)
def hand_to_police(actor: Actor, case_no: str, body: dict[str, Any]) -> Retaliation:
    """记下移交公安机关"""
    return service.hand_to_police(actor, case_no, **body)


@blueprint.post("/retaliations/<case_no>/finding")
@endpoint(Action.RETALIATION_FIND_FOUNDED, body=schemas.RetaliationFindingIn, reply=schemas.RetaliationForOfficer)
def find(actor: Actor, case_no: str, body: dict[str, Any]) -> Retaliation:
    """认定查实或者没有查实，写明理由"""
    return service.find(actor, case_no, **body)


@blueprint.post("/retaliations/<case_no>/measure")
@endpoint(Action.RETALIATION_ACT, body=schemas.MeasureOnGroundIn, reply=schemas.RetaliationForOfficer, idempotent=True)
def act_on_certificate(actor: Actor, case_no: str, body: dict[str, Any]) -> Retaliation:
    """查实以后：责令整改，或者提出摘牌提案"""
    return service.act_on_certificate(actor, case_no, **body)
