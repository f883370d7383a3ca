"""Consumer warnings over JSON."""

from typing import Any

from flask import Response

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure import current
from backend.infrastructure.http import ApiBlueprint, Public, Reply, endpoint, tagged

from . import queries, schemas, service
from .model import ConsumerWarning

blueprint = ApiBlueprint("consumer_warnings", __name__, description="消费警示：消保委对一些地方、一些类别的提醒")
OPEN = Public("warnings are for everybody")


@blueprint.get("/consumer-warnings")
@endpoint(OPEN, query=schemas.WarningsQuery, reply=schemas.ConsumerWarningsOut, limit="120/minute")
def warnings(actor: Actor, query: dict[str, Any]) -> Reply | Response:
    """消费警示，新的在前；过期的、撤回的也在，注明状态"""
    found = queries.published(only_now=query.pop("now"), **query)
    return tagged(found, found.etag)


@blueprint.get("/consumer-warnings/<number>")
@endpoint(OPEN, reply=schemas.ConsumerWarningOut, limit="120/minute")
def warning(actor: Actor, number: str) -> Reply | Response:
    """一条消费警示"""
    found = queries.published_one(number)
    return tagged(found, f"{found.warning.id}-{found.stage}")


@blueprint.post("/consumer-warnings")
@endpoint(
    Action.CONSUMER_WARNING_PUBLISH,
    body=schemas.ConsumerWarningIn,
    reply=schemas.ConsumerWarningOut,
    status=201,
    idempotent=True,
)
def publish(actor: Actor, body: dict[str, Any]) -> Any:
    """消保委：发布一条消费警示；收藏了有关单位的人会收到消息"""
    return _shown(service.publish(actor, **body))


@blueprint.post("/consumer-warnings/<number>/withdraw")
@endpoint(Action.CONSUMER_WARNING_WITHDRAW, body=schemas.WarningWithdrawIn, reply=schemas.ConsumerWarningOut)
def withdraw(actor: Actor, number: str, body: dict[str, Any]) -> Any:
    """消保委：提前撤回，理由公开"""
    return _shown(service.withdraw(actor, number, **body))


def _shown(found: ConsumerWarning) -> queries.Shown:
    return queries.Shown(found, found.stage_on(current.today()))
