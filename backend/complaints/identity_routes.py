"""Proof of identity over JSON: asked by the officer, given by the complainant."""

from typing import Any

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure.http import ApiBlueprint, Reply, endpoint

from . import identity_schemas, schemas, service
from .answers import complaint_for

blueprint = ApiBlueprint("identity_check", __name__, description="投诉人的身份核实")


@blueprint.post("/complaints/<case_no>/ask-identity")
@endpoint(Action.COMPLAINT_ASK_IDENTITY, body=identity_schemas.IdentityAskIn, reply=schemas.ComplaintForOfficer)
def ask_identity(actor: Actor, case_no: str, body: dict[str, Any]) -> Reply:
    """请投诉人限期提供身份证明材料（文书 4）"""
    return complaint_for(actor, service.ask_identity(actor, case_no, **body))


@blueprint.post("/complaints/<case_no>/answer-identity")
@endpoint(
    Action.COMPLAINT_ANSWER_IDENTITY,
    body=identity_schemas.IdentityAnswerIn,
    reply=schemas.ComplaintForConsumer,
    limit="20/hour",
)
def answer_identity(actor: Actor, case_no: str, body: dict[str, Any]) -> Reply:
    """消费者：提供身份证件（号码加密保存，只有承办人能看）"""
    return complaint_for(actor, service.answer_identity(actor, case_no, **body))
