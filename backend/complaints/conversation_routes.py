"""The conversation over JSON: both sides write and read, the bureau reads once the case is there; a station keeps ready answers."""

from typing import Any

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure.http import ApiBlueprint, endpoint
from backend.kernel.wording import GONE

from . import conversation, queries, service
from . import conversation_schemas as schemas
from .model import Settlement

blueprint = ApiBlueprint("conversation", __name__, description="消费者和联络站的对话")


@blueprint.get("/settlements/<case_no>/messages")
@endpoint(Action.MESSAGE_READ, reply=schemas.TalkOut)
def messages(actor: Actor, case_no: str) -> dict[str, Any]:
    """和对方的对话；双方都只有匿名称呼"""
    return _talk(actor, queries.settlement(actor, Action.MESSAGE_READ, case_no))


@blueprint.post("/settlements/<case_no>/messages")
@endpoint(
    Action.MESSAGE_SEND, body=schemas.MessageIn, reply=schemas.TalkOut, status=201, idempotent=True, limit="60/hour"
)
def say(actor: Actor, case_no: str, body: dict[str, Any]) -> dict[str, Any]:
    """发一条消息；电话、证件号、车牌会自动隐去"""
    return _talk(actor, service.say(actor, case_no, text=body["text"]))


@blueprint.post("/settlements/<case_no>/messages/read")
@endpoint(Action.MESSAGE_READ, reply=schemas.TalkOut)
def read(actor: Actor, case_no: str) -> dict[str, Any]:
    """看过了"""
    return _talk(actor, service.mark_messages_read(actor, case_no))


@blueprint.get("/complaints/<case_no>/messages")
@endpoint(Action.COMPLAINT_READ, reply=schemas.TranscriptOut)
def transcript(actor: Actor, case_no: str) -> dict[str, Any]:
    """转到市场监管部门以前双方的对话"""
    complaint = queries.complaint(actor, Action.COMPLAINT_READ, case_no)
    return {"messages": conversation.transcript(complaint.settlement_id)}


@blueprint.get("/ready-answers")
@endpoint(Action.READY_ANSWER_KEEP, reply=schemas.ReadyAnswersOut)
def ready_answers(actor: Actor) -> dict[str, Any]:
    """联络站：常用回复"""
    return {"ready_answers": conversation.ready_answers(actor)}


@blueprint.post("/ready-answers")
@endpoint(
    Action.READY_ANSWER_KEEP, body=schemas.ReadyAnswerIn, reply=schemas.ReadyAnswerOut, status=201, idempotent=True
)
def keep_ready_answer(actor: Actor, body: dict[str, Any]) -> Any:
    """联络站：加一条常用回复"""
    return service.keep_ready_answer(actor, **body)


@blueprint.post("/ready-answers/<uuid:answer_id>/remove")
@endpoint(Action.READY_ANSWER_KEEP, reply=schemas.ReadyAnswersOut)
def remove_ready_answer(actor: Actor, answer_id: Any) -> dict[str, Any]:
    """联络站：删掉一条常用回复"""
    service.drop_ready_answer(actor, str(answer_id))
    return {"ready_answers": conversation.ready_answers(actor)}


def _talk(actor: Actor, settlement: Settlement) -> dict[str, Any]:
    talk = conversation.talk(actor, settlement)
    return {
        "messages": [
            {
                "at": one.at,
                "side": one.side,
                "text": one.text or GONE,
                "mine": one.side is talk.side,
                "is_new": talk.is_new(one),
            }
            for one in talk.messages
        ],
        "unread": talk.unread,
        "may_write": talk.may_write,
    }
