"""Notices and jobs that were given up after many tries, for operators: what it was, why, and once more."""

from typing import Any

from flask import flash, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure.web import form, page
from backend.notifications import queries, service, templates

from .doors import staff_blueprint
from .schemas import ReviveForm

blueprint = staff_blueprint("console_deliveries", "/delivery")


@blueprint.get("")
@page(Action.DELIVERY_REVIEW, "console/deliveries.html")
def dead(_actor: Actor) -> dict[str, Any]:
    return {
        "items": [
            {"work": item, "title": templates.subject(item.name) if item.kind == "notice" else item.name}
            for item in queries.dead()
        ]
    }


@blueprint.post("/revive")
@form(Action.DELIVERY_REVIEW, ReviveForm, back="console_deliveries.dead")
def revive(actor: Actor, body: dict[str, Any]) -> str:
    service.revive(actor, body["kind"], str(body["row_id"]))
    flash("已重新排队，稍后会再试。", "success")
    return url_for(".dead")
