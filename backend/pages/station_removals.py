"""Pages of the liaison station about proposals to revoke a certificate: the grounds, and the unit's statement (陈述申辩)."""

from typing import Any

from flask import Blueprint, flash, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.casework import queries as cases
from backend.certification import queries as certificates
from backend.infrastructure.web import form, page
from backend.supervision import queries, service

from .case_steps import clocks, timeline
from .schemas_station import RemovalReplyForm

blueprint = Blueprint("station_removals", __name__, url_prefix="/station/removals")


@blueprint.get("")
@page(Action.REMOVAL_REPLY, "pages/station_removals.html")
def removals(actor: Actor) -> dict[str, Any]:
    found = queries.removals(actor)
    due = cases.next_deadlines("removal", [removal.id for removal in found])
    rows = [
        {
            "removal": removal,
            "state_zh": removal.__lifecycle__.states[removal.state or ""],
            "deadline": due.get(removal.id) if removal.state == "awaiting_reply" else None,
        }
        for removal in found
    ]
    return {"rows": sorted(rows, key=lambda row: row["deadline"] is None)}


@blueprint.get("/<case_no>")
@page(Action.REMOVAL_REPLY, "pages/station_removal.html")
def removal(actor: Actor, case_no: str) -> dict[str, Any]:
    found = queries.removal(actor, Action.REMOVAL_REPLY, case_no)
    return {
        "removal": found,
        "state_zh": found.__lifecycle__.states[found.state or ""],
        "certificate": next(iter(certificates.by_ids([found.certificate_id]))),
        "clocks": clocks(found, cases.deadlines(found)),
        "events": timeline("removal", cases.events(found)),
    }


@blueprint.post("/<case_no>/reply")
@form(Action.REMOVAL_REPLY, RemovalReplyForm, back="station_removals.removal")
def reply(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    found = service.reply(actor, case_no, text=body["text"])
    flash("陈述申辩已提交，市场监管部门会由另一名承办人决定。", "success")
    return url_for("station_removals.removal", case_no=found.case_no)
