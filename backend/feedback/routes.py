"""Feedback over JSON."""

from typing import Any

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure.http import ApiBlueprint, Public, endpoint
from backend.infrastructure.paging import PageQuery

from . import queries, schemas, service

blueprint = ApiBlueprint("feedback", __name__, description="投诉建议：对本程序的意见和答复")
SAYS = Public("anybody may say what they think of the program, with or without a name (国办函〔2026〕12号)")
BY_CODE = Public("the answer to what was said without a name is read by number and access code")
LIMIT = "10/hour"


@blueprint.post("/feedback")
@endpoint(SAYS, body=schemas.FeedbackIn, reply=schemas.FeedbackSent, status=201, idempotent=True, limit=LIMIT)
def send(actor: Actor, body: dict[str, Any]) -> Any:
    """对本程序提意见：登录了的会收到答复；不带令牌就是匿名，凭查询码看答复，每小时最多十条"""
    return service.send(actor, **body)


@blueprint.post("/feedback/progress")
@endpoint(BY_CODE, body=schemas.FeedbackProgressIn, reply=schemas.FeedbackProgress, limit="20/minute", writes=False)
def progress(_actor: Actor, body: dict[str, Any]) -> Any:
    """匿名提的意见，凭编号和查询码看答复"""
    return queries.by_code(body["case_no"], body["code"])


@blueprint.get("/me/feedback")
@endpoint(Action.FEEDBACK_READ_OWN, query=PageQuery, reply=schemas.MyFeedbackPage)
def mine(actor: Actor, query: dict[str, Any]) -> Any:
    """我提的意见和答复，新的在前"""
    return queries.mine(actor, **query)


@blueprint.get("/feedback")
@endpoint(Action.FEEDBACK_ANSWER, reply=schemas.FeedbackQueue)
def waiting(actor: Actor) -> dict[str, Any]:
    """还没有答复的意见，先来的在前"""
    return {"items": queries.waiting(actor)}


@blueprint.post("/feedback/<number>/answer")
@endpoint(Action.FEEDBACK_ANSWER, body=schemas.FeedbackAnswerIn, reply=schemas.FeedbackToAnswer)
def answer(actor: Actor, number: str, body: dict[str, Any]) -> Any:
    """答复一条意见，写的人会收到通知"""
    return service.answer(actor, number, **body)
