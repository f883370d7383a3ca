"""The station's application on the web: how it goes on, and the answer to an objection. It is filled in in the mini-program."""

from typing import Any

from flask import Blueprint, flash, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.applications import queries, schemas, service
from backend.certification import queries as certificates
from backend.infrastructure.fields import Text
from backend.infrastructure.web import form, page

from .case_steps import clocks, timeline

blueprint = Blueprint("station_applications", __name__, url_prefix="/station/applications")


class ObjectionAnswerForm(schemas.ApplicationObjectionAnswerIn):
    """The answer, and which objection it is about."""

    objection = Text(40, required=True)


@blueprint.get("/<case_no>")
@page(Action.APPLICATION_SAVE, "pages/station_application.html")
def application(actor: Actor, case_no: str) -> dict[str, Any]:
    shown = queries.shown(queries.application(actor, Action.APPLICATION_SAVE, case_no))
    found = shown.case
    return {
        "case": found,
        "certificate": certificates.newest_of_unit(found.unit_id),
        "photos": service.photos_for(actor, found),
        "state_zh": found.__lifecycle__.states[found.state or ""],
        "objections": [(one, one.__lifecycle__.states[one.state]) for one in shown.objections],
        "clocks": clocks(found, queries.deadlines(found)),
        "events": timeline("application", shown.events),
    }


@blueprint.post("/<case_no>/answer")
@form(Action.APPLICATION_OBJECTION_ANSWER, ObjectionAnswerForm, back="station_applications.application")
def answer(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.answer(actor, body["objection"], text=body["text"])
    flash("答复已提交，由没有参加审查的工作人员处理。", "success")
    return url_for(".application", case_no=case_no)
