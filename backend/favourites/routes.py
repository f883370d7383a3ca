"""Kept units over JSON."""

from typing import Any

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure.http import ApiBlueprint, endpoint
from backend.infrastructure.paging import PageQuery

from . import queries, schemas, service

blueprint = ApiBlueprint("favourites", __name__, description="收藏的放心消费单位，以及它们现在的证书状态")


@blueprint.get("/me/kept-units")
@endpoint(Action.UNIT_KEEP, query=PageQuery, reply=schemas.KeptUnitsOut)
def kept(actor: Actor, query: dict[str, Any]) -> Any:
    """我收藏的单位，后收藏的在前，状态是现在的"""
    return queries.kept(actor, **query)


@blueprint.get("/me/kept-units/<number>")
@endpoint(Action.UNIT_KEEP, reply=schemas.IsKeptOut)
def is_kept(actor: Actor, number: str) -> dict[str, bool]:
    """我有没有收藏这家单位"""
    return {"kept": queries.is_kept(actor, queries.unit_of(number))}


@blueprint.put("/me/kept-units/<number>")
@endpoint(Action.UNIT_KEEP, reply=schemas.IsKeptOut, limit="120/hour")
def keep(actor: Actor, number: str) -> dict[str, bool]:
    """收藏一家单位，最多 200 家；证书有变动时会收到消息"""
    service.keep(actor, number)
    return {"kept": True}


@blueprint.delete("/me/kept-units/<number>")
@endpoint(Action.UNIT_KEEP, reply=schemas.IsKeptOut)
def take_out(actor: Actor, number: str) -> dict[str, bool]:
    """不再收藏"""
    service.take_out(actor, number)
    return {"kept": False}
