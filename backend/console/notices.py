"""What the system told this member of staff, the newest first."""

from typing import Any

from flask import request, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure.paging import row_id
from backend.infrastructure.web import form, page
from backend.notifications import queries, service

from .doors import staff_blueprint
from .schemas import Button

blueprint = staff_blueprint("console_notices", "/notices")


@blueprint.get("")
@page(Action.NOTICE_READ_OWN, "console/notices.html")
def notices(actor: Actor) -> dict[str, Any]:
    inbox = queries.inbox(actor, before=request.args.get("before", type=row_id), limit=30)
    return {"inbox": inbox, "next_page": url_for(".notices", before=inbox.next) if inbox.next else None}


@blueprint.post("/read")
@form(Action.NOTICE_READ_OWN, Button, back="console_notices.notices")
def read(actor: Actor, body: dict[str, Any]) -> str:
    service.mark_read(actor)
    return url_for(".notices")
