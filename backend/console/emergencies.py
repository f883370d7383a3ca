"""Emergencies at the bureau: who takes them over, and what was done."""

from typing import Any

from flask import flash, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.accounts import queries as accounts
from backend.casework import queries as cases
from backend.emergencies import queries, schemas, service
from backend.emergencies.model import EmergencyCase
from backend.emergencies.rules import area
from backend.infrastructure.web import form, page
from backend.pages.case_steps import clocks

from .course import course
from .doors import possible, staff_blueprint
from .schemas import Button

blueprint = staff_blueprint("console_emergencies", "/emergencies")


@blueprint.get("")
@page(Action.EMERGENCY_READ, "console/emergencies.html")
def queue(actor: Actor) -> dict[str, Any]:
    found = queries.emergencies(actor)
    names = accounts.staff_names({case.officer_id for case in found})
    return {
        "rows": [
            {
                "case": case,
                "state_zh": case.__lifecycle__.states[case.state or ""],
                "county": area(case.county_code),
                "officer": names.get(case.officer_id or ""),
            }
            for case in found
        ]
    }


@blueprint.get("/<case_no>")
@page(Action.EMERGENCY_READ, "console/emergency.html")
def case(actor: Actor, case_no: str) -> dict[str, Any]:
    found = queries.emergency(actor, Action.EMERGENCY_READ, case_no)
    return {
        "case": found,
        "state_zh": found.__lifecycle__.states[found.state or ""],
        "county": area(found.county_code),
        "officer": accounts.staff_names({found.officer_id}).get(found.officer_id or ""),
        "phone": found.phone if found.officer_id == actor.account_id else None,
        "possible": possible(actor, found, EmergencyCase),
        "clocks": clocks(found, cases.deadlines(found)),
        "events": course(found),
    }


@blueprint.post("/<case_no>/acknowledge")
@form(Action.EMERGENCY_ACKNOWLEDGE, Button, back="console_emergencies.case")
def acknowledge(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.acknowledge(actor, case_no)
    flash("由您处理。报告人留了电话的，现在可以看到。", "success")
    return url_for("console_emergencies.case", case_no=case_no)


@blueprint.post("/<case_no>/close")
@form(Action.EMERGENCY_CLOSE, schemas.EmergencyOutcomeIn, back="console_emergencies.case")
def close(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.close(actor, case_no, text=body["text"])
    flash("已记下处置情况。", "success")
    return url_for("console_emergencies.case", case_no=case_no)
