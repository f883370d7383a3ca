"""Pages of the consumer council's volunteers: their visits, and the form of each."""

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, flash, redirect, request, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.badges import queries as badges
from backend.badges import tickets
from backend.casework import queries as cases
from backend.experience_reviews import queries, service, views
from backend.experience_reviews.model import Visit
from backend.infrastructure import current
from backend.infrastructure.web import form, page
from backend.kernel.errors import InvalidInput, NotFound

from .case_steps import clocks, timeline
from .schemas_volunteer import ANSWERS, NothingForm, ReviewForm, StartForm, answer_name

blueprint = Blueprint("volunteer", __name__, url_prefix="/volunteer")

_OPEN = ("assigned", "started")


@blueprint.get("")
@page(Action.VISIT_START, "pages/volunteer.html")
def visits(actor: Actor) -> dict[str, Any]:
    shown = [views.visit_view(visit) for visit in queries.visits(actor)]
    waiting = [visit for visit in shown if visit.state in _OPEN]
    return {
        "waiting": sorted(waiting, key=lambda visit: visit.due_at or current.now()),
        "done": [visit for visit in shown if visit.state not in _OPEN],
    }


@blueprint.get("/here/<token>")
@page(Action.VISIT_START, "pages/volunteer.html")
def here(actor: Actor, token: str) -> Response:
    """From a badge that was just scanned to the visit of that unit."""
    unit_id = badges.by_token(token).plate.unit_id
    found = next((visit for visit in queries.visits(actor) if visit.unit_id == unit_id and visit.state in _OPEN), None)
    if found is None:
        flash("您扫的这家店不在您现在的体验任务里，请核对店名。", "warning")
        return redirect(url_for("volunteer.visits"), 303)  # type: ignore[return-value]
    return redirect(url_for("volunteer.visit", number=found.number, badge=token), 303)  # type: ignore[return-value]


@blueprint.get("/<number>")
@page(Action.VISIT_START, "pages/volunteer_visit.html")
def visit(actor: Actor, number: str) -> dict[str, Any]:
    found = queries.visit(actor, Action.VISIT_START, number)
    view = views.visit_view(found)
    answers = view.answers or [None] * len(view.checklist)
    return {
        "visit": view,
        "items": list(zip(map(answer_name, range(len(answers))), view.checklist, answers, strict=True)),
        "answers": ANSWERS,
        "badge": request.args.get("badge", ""),
        "visited_at": found.visited_at,
        "submitted_at": found.submitted_at,
        "clocks": clocks(found, cases.deadlines(found)),
        "events": timeline("visit", cases.events(found)),
    }


@blueprint.post("/<number>/conflict")
@form(Action.VISIT_DECLARE_CONFLICT, NothingForm, back="volunteer.visit")
def declare_conflict(actor: Actor, number: str, body: dict[str, Any]) -> str:
    found = service.declare_conflict(actor, number)
    flash("已登记回避，这家店不用您去了。谢谢您如实申报。", "success")
    return _address(found)


@blueprint.post("/<number>/start")
@form(Action.VISIT_START, StartForm, back="volunteer.visit")
def start(actor: Actor, number: str, body: dict[str, Any]) -> str:
    try:
        plate = badges.by_token(_token(body["badge"])).plate
    except NotFound:
        raise _wrong_badge("这不是放心码的网址，请重新扫码，再复制完整的网址。") from None
    try:
        found = service.start(actor, number, visit_ticket=tickets.issue(plate.id))
    except InvalidInput as error:
        raise _wrong_badge(error.message) from None
    flash("已经记下您到店。体验完请在 72 小时内填好下面的体验表。", "success")
    return _address(found)


@blueprint.post("/<number>/submit")
@form(Action.VISIT_SUBMIT, ReviewForm, back="volunteer.visit")
def submit(actor: Actor, number: str, body: dict[str, Any]) -> str:
    checklist = views.visit_view(queries.visit(actor, Action.VISIT_SUBMIT, number)).checklist
    names = [answer_name(position) for position in range(len(checklist))]
    missing = {name: ["请选一项。"] for name in names if name not in body}
    if missing:
        raise InvalidInput("answers_incomplete", f"还有 {len(missing)} 项没有选。", fields=missing)
    found = service.submit(actor, number, answers=[body[name] for name in names], remark=body["remark"])
    flash("体验表已提交，谢谢您。提交后不能再修改。", "success")
    return _address(found)


def _token(typed: str) -> str:
    """The badge's token from the address that its code opens, or as it stands."""
    return urlsplit(typed.strip()).path.rstrip("/").rpartition("/")[2]


def _wrong_badge(message: str) -> InvalidInput:
    return InvalidInput("badge_wrong", message, fields={"badge": [message]})


def _address(found: Visit) -> str:
    return url_for("volunteer.visit", number=found.number)
