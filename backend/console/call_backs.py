"""Call-backs (回访): what was drawn, by which seed, and what was heard."""

from typing import Any

from flask import flash, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.complaints.lifecycle import COMPLAINT, SETTLEMENT
from backend.follow_up import queries, service
from backend.follow_up.routes import CallBackIn
from backend.follow_up.rules import Result
from backend.infrastructure.fields import Text
from backend.infrastructure.web import form, page
from backend.kernel.identifiers import county_name

from .doors import staff_blueprint

blueprint = staff_blueprint("console_call_backs", "/call-backs")
_ENDS = {**SETTLEMENT.states, **COMPLAINT.states}


class CallBackForm(CallBackIn):
    """Of which dispute."""

    case_no = Text(40, required=True)


@blueprint.get("")
@page(Action.CALL_BACK_READ, "console/call_backs.html")
def queue(actor: Actor) -> dict[str, Any]:
    return {
        "rows": [
            {"one": one, "ended": _ENDS.get(one.ended_as, one.ended_as), "mine": one.handled_by == actor.account_id}
            for one in queries.call_backs(actor)
        ],
        "draws": [{"draw": draw, "county": county_name(draw.county_code)} for draw in queries.draws(actor)],
        "figures": queries.figures(actor),
        "results": [(one.value, one.zh) for one in Result],
    }


@blueprint.post("")
@form(Action.CALL_BACK_RECORD, CallBackForm, back="console_call_backs.queue")
def record(actor: Actor, body: dict[str, Any]) -> str:
    service.record(actor, **body)
    again = "，已重新办理" if body["result"] is Result.NOT_TRUE else ""
    flash(f"已登记：{body['result'].zh}{again}。", "success")
    return url_for("console_call_backs.queue")
