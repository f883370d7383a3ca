"""JSON API of the inbox, and of what could not be delivered."""

from typing import Any
from uuid import UUID

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure.http import ApiBlueprint, endpoint
from backend.infrastructure.paging import PageQuery

from . import queries, service
from .schemas import DeadList, InboxOut, ReadIn, ReadOut, SubscriptionsIn, SubscriptionsOut

blueprint = ApiBlueprint("notices", __name__, description="站内消息")


@blueprint.get("/notices")
@endpoint(Action.NOTICE_READ_OWN, query=PageQuery, reply=InboxOut)
def list_notices(actor: Actor, query: dict[str, Any]) -> queries.Inbox:
    """我的消息，新的在前。"""
    return queries.inbox(actor, **query)


@blueprint.post("/notices/read")
@endpoint(Action.NOTICE_READ_OWN, body=ReadIn, reply=ReadOut)
def read_notices(actor: Actor, body: dict[str, Any]) -> dict[str, int]:
    """标为已读；不给 ids 时全部标为已读。"""
    ids: list[UUID] | None = body.get("ids")
    marked = service.mark_read(actor, [str(notice_id) for notice_id in ids] if ids is not None else None)
    return {"marked": marked, "unread": queries.unread(actor)}


@blueprint.get("/notices/subscriptions")
@endpoint(Action.NOTICE_READ_OWN, reply=SubscriptionsOut)
def list_subscriptions(actor: Actor) -> dict[str, Any]:
    """可以订阅的微信消息，各还能收几条。每点一次“允许”收一条。"""
    return {"items": queries.subscriptions(actor)}


@blueprint.post("/notices/subscriptions")
@endpoint(Action.NOTICE_READ_OWN, body=SubscriptionsIn, reply=SubscriptionsOut, idempotent=True)
def note_subscriptions(actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
    """记下刚才点了“允许”的消息。"""
    service.note_consents(actor, set(body["accepted"]))
    return {"items": queries.subscriptions(actor)}


@blueprint.get("/deliveries/dead")
@endpoint(Action.DELIVERY_REVIEW, reply=DeadList)
def list_dead(actor: Actor) -> dict[str, Any]:
    """多次失败、已放弃的通知和作业，最近的在前。"""
    return {"items": queries.dead()}


@blueprint.post("/deliveries/dead/<any(notice, job):kind>/<uuid:row_id>/revive")
@endpoint(Action.DELIVERY_REVIEW, status=204)
def revive_dead(actor: Actor, kind: str, row_id: UUID) -> None:
    """重新发送或重新执行一条已放弃的记录。"""
    service.revive(actor, kind, str(row_id))
