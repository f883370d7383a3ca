"""Dynamic management over JSON."""

from typing import Any

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure.fields import Output, fields
from backend.infrastructure.http import ApiBlueprint, endpoint

from . import queries, schemas, service
from .model import Removal

blueprint = ApiBlueprint("supervision", __name__, description="整改、暂停、摘牌")


class _Removals(Output):
    removals = fields.List(fields.Nested(schemas.RemovalOut))


@blueprint.post("/removals")
@endpoint(Action.REMOVAL_PROPOSE, body=schemas.ProposalIn, reply=schemas.RemovalOut, status=201, idempotent=True)
def propose(actor: Actor, body: dict[str, Any]) -> Removal:
    """提出摘牌提案"""
    return service.propose(actor, **body)


@blueprint.get("/removals")
@endpoint(Action.REMOVAL_READ, reply=_Removals)
def removals(actor: Actor) -> dict[str, Any]:
    """摘牌提案列表"""
    return {"removals": queries.removals(actor)}


@blueprint.get("/removals/<case_no>")
@endpoint(Action.REMOVAL_READ, reply=schemas.RemovalOut)
def removal(actor: Actor, case_no: str) -> Removal:
    """一件摘牌提案"""
    return queries.removal(actor, Action.REMOVAL_READ, case_no)


@blueprint.post("/removals/<case_no>/reply")
@endpoint(Action.REMOVAL_REPLY, body=schemas.ReplyIn, reply=schemas.RemovalOut)
def reply(actor: Actor, case_no: str, body: dict[str, Any]) -> Removal:
    """单位陈述申辩"""
    return service.reply(actor, case_no, **body)


@blueprint.post("/removals/<case_no>/decide")
@endpoint(Action.REMOVAL_DECIDE_REVOKE, body=schemas.DecisionIn, reply=schemas.RemovalOut)
def decide(actor: Actor, case_no: str, body: dict[str, Any]) -> Removal:
    """另一名承办人作出决定"""
    return service.decide(actor, case_no, **body)


@blueprint.post("/removals/<case_no>/withdraw")
@endpoint(Action.REMOVAL_WITHDRAW, reply=schemas.RemovalOut)
def withdraw(actor: Actor, case_no: str) -> Removal:
    """撤回提案"""
    return service.withdraw(actor, case_no)


@blueprint.post("/certificates/<number>/rectify")
@endpoint(Action.CERTIFICATE_RECTIFY, body=schemas.MeasureIn, reply=schemas.MeasuredCertificateOut)
def rectify(actor: Actor, number: str, body: dict[str, Any]) -> Any:
    """责令整改"""
    return service.rectify(actor, number, **body)


@blueprint.post("/certificates/<number>/suspend")
@endpoint(Action.CERTIFICATE_SUSPEND, body=schemas.MeasureIn, reply=schemas.MeasuredCertificateOut)
def suspend(actor: Actor, number: str, body: dict[str, Any]) -> Any:
    """暂停"""
    return service.suspend(actor, number, **body)


@blueprint.post("/certificates/<number>/restore")
@endpoint(Action.CERTIFICATE_RESTORE, reply=schemas.MeasuredCertificateOut)
def restore(actor: Actor, number: str) -> Any:
    """恢复"""
    return service.restore(actor, number)


@blueprint.post("/certificates/<number>/cancel")
@endpoint(Action.CERTIFICATE_CANCEL, body=schemas.MeasureIn, reply=schemas.MeasuredCertificateOut)
def cancel(actor: Actor, number: str, body: dict[str, Any]) -> Any:
    """注销"""
    return service.cancel(actor, number, **body)
