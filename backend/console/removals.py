"""Proposals to revoke a certificate: the queue, the grounds, the unit's statement, the second officer's decision."""

from typing import Any

from flask import flash, request, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.accounts import queries as accounts
from backend.casework import queries as cases
from backend.certification import queries as certificates
from backend.infrastructure.web import form, page
from backend.kernel.identifiers import county_name
from backend.pages.case_steps import clocks
from backend.supervision import queries, schemas, service
from backend.supervision.model import Removal

from .course import course
from .doors import possible, staff_blueprint
from .schemas import Button

blueprint = staff_blueprint("console_removals", "/removals")


@blueprint.get("")
@page(Action.REMOVAL_READ, "console/removals.html")
def queue(actor: Actor) -> dict[str, Any]:
    everything = request.args.get("state") == "all"
    found = queries.removals(actor, only_open=not everything)
    due = cases.next_deadlines("removal", [removal.id for removal in found])
    names = accounts.staff_names({removal.proposed_by for removal in found})
    open_ones = [removal for removal in found if removal.id in due]
    closed = [removal for removal in found if removal.id not in due]
    rows = [
        {
            "removal": removal,
            "state_zh": _state(removal),
            "county": county_name(removal.county_code),
            "clock": clocks(removal, [due[removal.id]])[0] if removal.id in due else None,
            "proposer": names.get(removal.proposed_by),
            "own": removal.proposed_by == actor.account_id,
        }
        for removal in sorted(open_ones, key=lambda one: due[one.id].due_at) + closed
    ]
    return {"rows": rows, "everything": everything}


@blueprint.get("/<case_no>")
@page(Action.REMOVAL_READ, "console/removal.html")
def case(actor: Actor, case_no: str) -> dict[str, Any]:
    removal = queries.removal(actor, Action.REMOVAL_READ, case_no)
    names = accounts.staff_names({removal.proposed_by, removal.decided_by})
    return {
        "removal": removal,
        "state_zh": _state(removal),
        "county": county_name(removal.county_code),
        "certificate": next(iter(certificates.by_ids([removal.certificate_id]))),
        "proposer": names.get(removal.proposed_by),
        "decider": names.get(removal.decided_by or ""),
        "own": removal.proposed_by == actor.account_id,
        "possible": possible(actor, removal, Removal),
        "clocks": clocks(removal, cases.deadlines(removal)),
        "events": course(removal),
    }


@blueprint.post("/<case_no>/decide")
@form(Action.REMOVAL_DECIDE_REVOKE, schemas.DecisionIn, back="console_removals.case")
def decide(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    removal = service.decide(actor, case_no, **body)
    flash("已决定撤销证书，扫码页面马上会显示，单位会收到通知。" if body["revoke"] else "已决定不撤销证书。", "success")
    return url_for(".case", case_no=removal.case_no)


@blueprint.post("/<case_no>/withdraw")
@form(Action.REMOVAL_WITHDRAW, Button, back="console_removals.case")
def withdraw(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    removal = service.withdraw(actor, case_no)
    flash("提案已撤回。", "success")
    return url_for(".case", case_no=removal.case_no)


def _state(removal: Removal) -> str:
    return removal.__lifecycle__.states[removal.state or ""]
