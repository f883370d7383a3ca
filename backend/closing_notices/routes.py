"""Closing notices over JSON."""

from typing import Any

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure.http import ApiBlueprint, endpoint

from . import queries, schemas, service

blueprint = ApiBlueprint("closing_notices", __name__, description="停业、迁址公告")


@blueprint.get("/units/<number>/closing-notices")
@endpoint(Action.CLOSING_READ, reply=schemas.ClosingNoticesOut)
def notices(actor: Actor, number: str) -> dict[str, Any]:
    """一家单位的停业、迁址公告，新的在前"""
    return {"notices": queries.of_unit(actor, number)}


@blueprint.post("/units/<number>/closing-notices")
@endpoint(
    Action.CLOSING_ANNOUNCE,
    body=schemas.ClosingNoticeIn,
    reply=schemas.ClosingNoticeOut,
    status=201,
    idempotent=True,
    limit="20/hour",
)
def announce(actor: Actor, number: str, body: dict[str, Any]) -> Any:
    """联络站：提前三十天公告停业或者迁址，扫码页面马上显示；到那一天证书自动暂停"""
    return service.announce(actor, number, **body)


@blueprint.post("/closing-notices/<case_no>/withdraw")
@endpoint(Action.CLOSING_WITHDRAW, reply=schemas.ClosingNoticeOut, idempotent=True)
def withdraw(actor: Actor, case_no: str) -> Any:
    """联络站：日期到来以前撤回公告"""
    return service.withdraw(actor, case_no)
