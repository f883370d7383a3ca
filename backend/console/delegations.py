"""The consumer council's desk (消保委工作台): what bureaus delegated to it, with its clocks, and the steps of each."""

from typing import Any

from flask import Response, flash, make_response, render_template, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.accounts import queries as accounts
from backend.casework import queries as cases
from backend.complaints import delegation_schemas as schemas
from backend.complaints import delegations, queries, service
from backend.complaints.delegation_model import Delegation
from backend.complaints.model import Complaint, Settlement
from backend.complaints.rules import Closing, Request
from backend.complaints.schemas import RevealIn
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.infrastructure.web import form, page
from backend.kernel.identifiers import county_name
from backend.pages.case_steps import clocks

from .course import course
from .doors import possible, staff_blueprint
from .schemas import Button

blueprint = staff_blueprint("console_delegations", "/delegations")
_REQUESTS = {wanted.value: wanted.zh for wanted in Request}


@blueprint.get("")
@page(Action.DELEGATION_READ, "console/delegations.html")
def desk(actor: Actor) -> dict[str, Any]:
    return {
        "rows": [
            {
                "case": held,
                "state_zh": held.__lifecycle__.states[held.state or ""],
                "county": county_name(held.county_code),
                "clock": clocks(held, [deadline])[0] if deadline else None,
            }
            for held, deadline in delegations.desk(actor)
        ]
    }


@blueprint.get("/<case_no>")
@page(Action.DELEGATION_READ, "console/delegation.html")
def case(actor: Actor, case_no: str) -> dict[str, Any]:
    held = delegations.delegation(actor, Action.DELEGATION_READ, case_no)
    complaint = session().get_one(Complaint, held.complaint_id)
    dispute = session().get_one(Settlement, complaint.settlement_id)
    names = accounts.staff_names({held.asked_by, held.mediator_id})
    return {
        "case": held,
        "state_zh": held.__lifecycle__.states[held.state or ""],
        "county": county_name(held.county_code),
        "asked_by": names.get(held.asked_by),
        "mediator": names.get(held.mediator_id or ""),
        "dispute": dispute,
        "wanted": "、".join(_REQUESTS[code] for code in dispute.wanted),
        "photos": service.photos_for(actor, dispute),
        "looks": [look for look in queries.identity_views(complaint.id) if look.officer_id == actor.account_id],
        "possible": possible(actor, held, Delegation),
        "closings": [(one.value, one.zh) for one in Closing],
        "clocks": clocks(held, cases.deadlines(held)),
        "events": course(held),
    }


@blueprint.post("/<case_no>/take-on")
@form(Action.DELEGATION_TAKE_ON, Button, back="console_delegations.case")
def take_on(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    return _after(service.take_on(actor, case_no), "已接受委托，由您调解。调解期限从今天的次日起算。")


@blueprint.post("/<case_no>/decline")
@form(Action.DELEGATION_DECLINE, schemas.DelegationReasonIn, back="console_delegations.case")
def decline(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    return _after(service.decline_delegation(actor, case_no, text=body["text"]), "没有接受，已告知市场监管部门。")


@blueprint.post("/<case_no>/report-agreement")
@form(Action.DELEGATION_REPORT_AGREEMENT, schemas.DelegationResultIn, back="console_delegations.case")
def report_agreement(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    return _after(service.report_agreement(actor, case_no, **body), "已把协议告知市场监管部门，由他们办结。")


@blueprint.post("/<case_no>/report-failure")
@form(Action.DELEGATION_REPORT_FAILURE, schemas.DelegationReasonIn, back="console_delegations.case")
def report_failure(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    return _after(service.report_failure(actor, case_no, text=body["text"]), "已告知市场监管部门。")


@blueprint.post("/<case_no>/identity")
@form(Action.DELEGATION_IDENTITY_REVEAL, RevealIn, back="console_delegations.case", limit="60/hour")
def identity(actor: Actor, case_no: str, body: dict[str, Any]) -> Response:
    """The complainant's name and phone on a page of its own, once."""
    found = service.delegated_identity(actor, case_no, purpose=body["purpose"])
    shown = render_template(
        "console/identity.html",
        case_no=case_no,
        identity=found,
        noted_at=current.now(),
        purpose=body["purpose"],
        way_back=url_for("console_delegations.case", case_no=case_no),
    )
    answer = make_response(shown)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _after(held: Delegation, words: str) -> str:
    flash(words, "success")
    return url_for("console_delegations.case", case_no=held.case_no)
