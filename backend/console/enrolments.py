"""Shops that ask to be entered in the register: the queue, and the decision on one."""

from typing import Any

from flask import flash, request, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.accounts import queries as accounts
from backend.certification import queries as certificates
from backend.enrolments import queries, schemas, service
from backend.enrolments.model import Enrolment
from backend.enrolments.rules import DeclineReason
from backend.infrastructure.fields import Input
from backend.infrastructure.web import form, page
from backend.kernel.identifiers import county_name
from backend.pages.case_steps import clocks

from .course import course
from .doors import possible, staff_blueprint

blueprint = staff_blueprint("console_enrolments", "/enrolments")

_BACK = "console_enrolments.case"


@blueprint.get("")
@page(Action.ENROLMENT_ACCEPT, "console/enrolments.html")
def queue(actor: Actor) -> dict[str, Any]:
    everything = request.args.get("state") == "all"
    rows = [
        {
            "case": one.case,
            "state_zh": _state(one.case),
            "county": county_name(one.case.county_code),
            "clock": clocks(one.case, [one.deadline])[0] if one.deadline else None,
        }
        for one in queries.in_hand(actor, only_open=not everything)
    ]
    return {"rows": rows, "everything": everything}


@blueprint.get("/<case_no>")
@page(Action.ENROLMENT_ACCEPT, "console/enrolment.html")
def case(actor: Actor, case_no: str) -> dict[str, Any]:
    shown = queries.shown(actor, queries.enrolment(actor, Action.ENROLMENT_ACCEPT, case_no))
    found = shown.case
    return {
        "case": found,
        "state_zh": _state(found),
        "county": county_name(found.county_code),
        "decided_by": accounts.staff_names({found.decided_by}).get(found.decided_by or ""),
        "certificate": certificates.newest_of_unit(found.unit_id) if found.unit_id else None,
        "invited": shown.invited,
        "possible": possible(actor, found, Enrolment),
        "reasons": [(reason.value, reason.zh) for reason in DeclineReason],
        "clocks": clocks(found, [shown.deadline] if shown.deadline else []),
        "events": course(found),
    }


@blueprint.post("/<case_no>/accept")
@form(Action.ENROLMENT_ACCEPT, schemas.EnrolmentAcceptIn, back=_BACK)
def accept(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.accept(actor, case_no, **body)
    flash("已收进名录，邀请已发给申请人。对方加入联络站后，就能申请认定。", "success")
    return url_for(".case", case_no=case_no)


@blueprint.post("/<case_no>/invite")
@form(Action.ENROLMENT_ACCEPT, Input, back=_BACK, idempotent=True)
def invite_again(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.invite_again(actor, case_no)
    flash("新的邀请已发给申请人，旧的作废。", "success")
    return url_for(".case", case_no=case_no)


@blueprint.post("/<case_no>/decline")
@form(Action.ENROLMENT_DECLINE, schemas.EnrolmentDeclineIn, back=_BACK)
def decline(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.decline(actor, case_no, **body)
    flash("已决定不收进名录，理由已告知申请人。", "success")
    return url_for(".case", case_no=case_no)


def _state(found: Enrolment) -> str:
    return found.__lifecycle__.states[found.state or ""]
