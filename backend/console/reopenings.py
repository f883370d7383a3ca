"""Disputes that were opened again (重新办理): who takes them, and how they end."""

from typing import Any

from flask import flash, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.accounts import queries as accounts
from backend.casework import queries as cases
from backend.follow_up import queries, service
from backend.follow_up.model import Reopening
from backend.follow_up.routes import OutcomeIn
from backend.infrastructure.web import form, page
from backend.pages.case_steps import clocks

from .course import course
from .doors import possible, staff_blueprint
from .schemas import Button

blueprint = staff_blueprint("console_reopenings", "/reopenings")


@blueprint.get("")
@page(Action.CALL_BACK_READ, "console/reopenings.html")
def queue(actor: Actor) -> dict[str, Any]:
    found = queries.reopenings(actor)
    names = accounts.staff_names({one.officer_id for one in found})
    nearest = cases.next_deadlines("reopening", [one.id for one in found])
    return {
        "rows": [
            {
                "case": one,
                "state_zh": one.__lifecycle__.states[one.state or ""],
                "officer": names.get(one.officer_id or ""),
                "clock": next(iter(clocks(one, [nearest[one.id]])), None) if one.id in nearest else None,
            }
            for one in found
        ]
    }


@blueprint.get("/<case_no>")
@page(Action.CALL_BACK_READ, "console/reopening.html")
def case(actor: Actor, case_no: str) -> dict[str, Any]:
    found = queries.reopening(actor, Action.REOPENING_READ, case_no)
    return {
        "case": found,
        "state_zh": found.__lifecycle__.states[found.state or ""],
        "officer": accounts.staff_names({found.officer_id}).get(found.officer_id or ""),
        "handled_it": found.handled_by is not None and found.handled_by == actor.account_id,
        "possible": possible(actor, found, Reopening),
        "clocks": clocks(found, cases.deadlines(found)),
        "events": course(found),
    }


@blueprint.post("/<case_no>/take")
@form(Action.REOPENING_TAKE, Button, back="console_reopenings.case")
def take(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.take(actor, case_no)
    flash("由您办理。", "success")
    return url_for("console_reopenings.case", case_no=case_no)


@blueprint.post("/<case_no>/close")
@form(Action.REOPENING_CLOSE_SOLVED, OutcomeIn, back="console_reopenings.case")
def close(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.close(actor, case_no, **body)
    flash("已办结，消费者会收到通知。", "success")
    return url_for("console_reopenings.case", case_no=case_no)
