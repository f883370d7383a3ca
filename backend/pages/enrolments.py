"""A shop that the register does not know asks to be entered: first its code, then the form; and what became of it."""

from typing import Any

from flask import Blueprint, flash, g, request, url_for
from werkzeug.datastructures import MultiDict

from backend.access.actor import Actor
from backend.access.decide import may
from backend.access.policy import Action
from backend.enrolments import queries, schemas, service
from backend.enrolments.routes import ASKS, LIMIT
from backend.infrastructure.fields import Input, Text
from backend.infrastructure.web import form, page
from backend.kernel.errors import DomainError
from backend.kernel.identifiers import COUNTIES
from backend.merchants.rules import Category

from .case_steps import clocks

blueprint = Blueprint("enrolment_pages", __name__, url_prefix="/enrol")


class WithdrawForm(Input):
    """Which request is taken back."""

    case_no = Text(40, required=True)


@blueprint.get("")
@page(ASKS, "pages/enrol.html", limit="120/hour")
def ask(actor: Actor) -> dict[str, Any]:
    typed = g.form_values.get("uscc", "") if "form_values" in g else request.args.get("uscc", "")
    may_ask = may(actor, Action.ENROLMENT_SUBMIT)
    shown = {
        "signed_in": actor.signed_in,
        "may_ask": may_ask,
        "uscc": _free(typed) if typed else None,
        "typed": typed[:40],
        "categories": [(kind.value, kind.zh) for kind in Category],
        "counties": list(COUNTIES.items()),
        "mine": [],
    }
    if may_ask:
        shown["mine"] = [
            {
                "case": one.case,
                "invited": one.invited,
                "state_zh": one.case.__lifecycle__.states[one.case.state or ""],
                "clocks": clocks(one.case, [one.deadline] if one.deadline else []),
            }
            for one in queries.mine(actor)
        ]
    return shown


@blueprint.post("")
@form(Action.ENROLMENT_SUBMIT, schemas.EnrolmentIn, back="enrolment_pages.ask", idempotent=True, limit=LIMIT)
def submit(actor: Actor, body: dict[str, Any]) -> str:
    found = service.submit(actor, **body)
    flash(f"已提交，编号 {found.case_no}。工作人员五个工作日内核实，结果会通知您。", "success")
    return url_for(".ask")


@blueprint.post("/withdraw")
@form(Action.ENROLMENT_WITHDRAW, WithdrawForm, back="enrolment_pages.ask")
def withdraw(actor: Actor, body: dict[str, Any]) -> str:
    service.withdraw(actor, body["case_no"])
    flash("申请已撤回。", "success")
    return url_for(".ask")


def _free(typed: str) -> str | None:
    """The code when its shop may be entered; else None with the message beside the field. A refused form says it already."""
    try:
        return queries.check_free(typed)
    except DomainError as error:
        if "form_errors" not in g:
            g.form_values, g.form_status = MultiDict({"uscc": typed}), error.status
            g.form_errors = {"uscc": [error.message]}
        return None
