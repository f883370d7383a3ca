"""What is under public notice now (公示), for everybody: the list, one notice with the form to object, and what became of an objection."""

from typing import Any

from flask import Blueprint, Response, make_response, render_template, request

from backend.access.actor import Actor
from backend.applications import queries, schemas, service
from backend.applications.lifecycle import OBJECTION
from backend.applications.model import Application, ApplicationObjection
from backend.infrastructure.http import Public
from backend.infrastructure.web import form, page
from backend.kernel.errors import DomainError
from backend.kernel.identifiers import county_name, read_case_number
from backend.merchants.model import Unit
from backend.merchants.rules import Commitment, public_contact

blueprint = Blueprint("public_notice_pages", __name__, url_prefix="/public-notices")

_OPEN = Public("a public notice is there for everybody to read")
_OBJECTS = Public("anybody may object to what is under public notice, without a name")


@blueprint.get("")
@page(_OPEN, "pages/public_notices.html", limit="120/minute")
def notices(_actor: Actor) -> dict[str, Any]:
    typed = request.args.get("objection", "").strip()[:40]
    return {
        "notices": [_shown(case, unit) for case, unit in queries.on_notice()],
        "typed": typed,
        "outcome": _outcome(typed) if typed else None,
        "states": OBJECTION.states,
    }


@blueprint.get("/<case_no>")
@page(_OPEN, "pages/public_notice.html", limit="120/minute")
def notice(_actor: Actor, case_no: str) -> dict[str, Any]:
    return {"notice": _shown(*queries.noticed(case_no))}


@blueprint.post("/<case_no>/objections")
@form(_OBJECTS, schemas.ApplicationObjectIn, back="public_notice_pages.notice", idempotent=True, limit="10/hour")
def raise_objection(actor: Actor, case_no: str, body: dict[str, Any]) -> Response:
    """The number is in the answer itself, so that a repeated request shows it again."""
    objection = service.raise_objection(actor, case_no, **body)
    answer = make_response(render_template("pages/objection_received.html", objection=objection))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _outcome(typed: str) -> ApplicationObjection | None:
    try:
        return queries.outcome(read_case_number(typed))
    except DomainError:
        return None


def _shown(case: Application, unit: Unit) -> dict[str, Any]:
    county = county_name(case.county_code)
    contact = public_contact(
        unit.merchant.uscc, unit.category, merchant=unit.merchant.name, address=unit.address, county=county, phone=""
    )
    return {
        "case": case,
        "county": county,
        "merchant": contact.merchant,
        "address": contact.address,
        "promises": [Commitment(one["code"]).text(one["days"]) for one in case.form["commitments"]],
    }
