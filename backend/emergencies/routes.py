"""Emergencies over JSON. Whoever raises one is not looked at, signed in or not."""

from typing import Any

from flask import Response, jsonify

from backend.access.actor import NOBODY, Actor
from backend.access.policy import Action
from backend.infrastructure.fields import Output, fields
from backend.infrastructure.http import ApiBlueprint, Public, endpoint, run

from . import queries, rules, schemas, service
from .model import EmergencyCase

blueprint = ApiBlueprint("emergencies_api", __name__, description="紧急情况：食物中毒、受伤、冲突")
_ANYBODY = Public("who is in danger does not sign in first")


class _Emergencies(Output):
    emergencies = fields.List(fields.Nested(schemas.EmergencyForOfficer))


@blueprint.post("/emergencies")
@endpoint(
    _ANYBODY,
    body=schemas.EmergencyIn,
    reply=schemas.EmergencyTaken,
    status=201,
    idempotent=True,
    limit="6/hour",
    self_contained=True,
)
def raise_emergency(actor: Actor, body: dict[str, Any]) -> Response:
    """报告紧急情况：先打 120、110、12315，再告诉我们"""

    def perform() -> Response:
        answer = jsonify(schemas.EmergencyTaken().dump(service.raise_emergency(**body)))
        answer.status_code = 201
        return answer

    return run(perform, NOBODY, idempotent=True)


@blueprint.post("/emergencies/suggestions")
@endpoint(_ANYBODY, body=schemas.EmergencyTextIn, reply=schemas.EmergencySuggestion, limit="30/minute", writes=False)
def suggest(actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
    """一段文字像不像紧急情况；只是提示，由本人决定"""
    return {"kind": rules.suggested(body["text"])}


@blueprint.get("/emergencies")
@endpoint(Action.EMERGENCY_READ, reply=_Emergencies)
def emergencies(actor: Actor) -> dict[str, Any]:
    """紧急情况列表，没有人接手的在前"""
    return {"emergencies": queries.emergencies(actor)}


@blueprint.post("/emergencies/<case_no>/acknowledge")
@endpoint(Action.EMERGENCY_ACKNOWLEDGE, reply=schemas.EmergencyForOfficer)
def acknowledge(actor: Actor, case_no: str) -> EmergencyCase:
    """我来处理"""
    return service.acknowledge(actor, case_no)


@blueprint.post("/emergencies/<case_no>/close")
@endpoint(Action.EMERGENCY_CLOSE, body=schemas.EmergencyOutcomeIn, reply=schemas.EmergencyForOfficer)
def close(actor: Actor, case_no: str, body: dict[str, Any]) -> EmergencyCase:
    """写明处置情况"""
    return service.close(actor, case_no, text=body["text"])
