"""Queries of the consumer council: the list, a new one, and the answer of the body that was asked."""

from typing import Any

from flask import flash, request, url_for

from backend.access.actor import Actor
from backend.access.decide import may
from backend.access.policy import Action
from backend.accounts import queries as accounts
from backend.bodies.rules import BODIES
from backend.casework import queries as cases
from backend.infrastructure.web import form, page
from backend.inquiries import queries, rules, schemas, service
from backend.inquiries.model import Inquiry
from backend.pages.case_steps import clocks

from .course import course
from .doors import possible, staff_blueprint
from .schemas import Button

blueprint = staff_blueprint("console_inquiries", "/inquiries")
_BACK = "console_inquiries.case"


@blueprint.get("")
@page(Action.INQUIRY_READ, "console/inquiries.html")
def desk(actor: Actor) -> dict[str, Any]:
    return {
        "rows": [
            {
                "case": found,
                "body": BODIES[found.body_code].name,
                "state_zh": found.__lifecycle__.states[found.state or ""],
                "clock": clocks(found, cases.deadlines(found))[0],
            }
            for found in queries.inquiries(actor)
        ],
        "may_ask": may(actor, Action.INQUIRY_ASK),
    }


@blueprint.get("/new")
@page(Action.INQUIRY_ASK, "console/inquiry_new.html")
def new(actor: Actor) -> dict[str, Any]:
    return {"bodies": [(code, body.name) for code, body in BODIES.items()], "about": request.args.get("about", "")[:40]}


@blueprint.post("/new")
@form(Action.INQUIRY_ASK, schemas.InquiryIn, back="console_inquiries.new", idempotent=True)
def ask(actor: Actor, body: dict[str, Any]) -> str:
    made = service.ask(actor, **body)
    flash(f"已发给{BODIES[made.body_code].name}，应当在五个工作日内答复。", "success")
    return url_for(_BACK, case_no=made.case_no)


@blueprint.get("/<case_no>")
@page(Action.INQUIRY_READ, "console/inquiry.html")
def case(actor: Actor, case_no: str) -> dict[str, Any]:
    found = queries.inquiry(actor, Action.INQUIRY_READ, case_no)
    names = accounts.staff_names({found.asked_by, found.answered_by})
    steps = possible(actor, found, Inquiry)
    return {
        "case": found,
        "body": BODIES[found.body_code].name,
        "state_zh": found.__lifecycle__.states[found.state or ""],
        "asked_by": names.get(found.asked_by),
        "answered_by": names.get(found.answered_by or ""),
        "possible": steps if rules.answers_for(actor, found.body_code) else steps - {"answer"},
        "clocks": clocks(found, cases.deadlines(found)),
        "events": course(found),
    }


@blueprint.post("/<case_no>/answer")
@form(Action.INQUIRY_ANSWER, schemas.InquiryAnswerIn, back=_BACK)
def answer(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.answer(actor, case_no, text=body["text"])
    flash("已答复消保委。", "success")
    return url_for(_BACK, case_no=case_no)


@blueprint.post("/<case_no>/withdraw")
@form(Action.INQUIRY_WITHDRAW, Button, back=_BACK)
def withdraw(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.withdraw(actor, case_no)
    flash("已撤回，对方不用再答复。", "success")
    return url_for(_BACK, case_no=case_no)
