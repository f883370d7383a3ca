"""The station's applications on the web: what a unit may apply for, the form, how it goes on, and the answer to an objection."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, flash, g, redirect, request, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.applications import queries, schemas, service
from backend.applications.rules import LEAST_SCORE, LONGEST_STATEMENT, MOST_PHOTOS, PhotoKind, filled
from backend.casework import queries as cases
from backend.certification import queries as certificates
from backend.infrastructure import photos
from backend.infrastructure.database import unit_of_work
from backend.infrastructure.fields import Text
from backend.infrastructure.http import run
from backend.infrastructure.web import form, page
from backend.kernel.errors import Conflict, InvalidInput, NotPossibleNow
from backend.merchants import queries as merchants

from .application_form import FillingForm, check_name, choices, differing, form_of
from .case_steps import clocks, timeline
from .schemas_station import Nothing

blueprint = Blueprint("station_applications", __name__, url_prefix="/station")

#: Two of the largest photos; the site takes no larger body.
_BODY, _WORDS = 2 * photos.MOST_BYTES, 64 * 1024


class ObjectionAnswerForm(schemas.ApplicationObjectionAnswerIn):
    """The answer, and which objection it is about."""

    objection = Text(40, required=True)


@blueprint.get("/units/<number>/applications")
@page(Action.APPLICATION_BEGIN, "pages/station_applications.html")
def of_unit(actor: Actor, number: str) -> dict[str, Any]:
    unit = merchants.unit(queries.unit_of(actor, Action.APPLICATION_BEGIN, number))
    return {**queries.of_unit(actor, number), "unit": unit, "number": number, "back": _back(unit.id)}


@blueprint.post("/units/<number>/applications")
@form(Action.APPLICATION_BEGIN, Nothing, back="station_applications.of_unit", idempotent=True, limit="20/hour")
def begin(actor: Actor, number: str, body: dict[str, Any]) -> str:
    return url_for(".filling", case_no=service.begin(actor, number).case_no)


@blueprint.get("/applications/<case_no>")
@page(Action.APPLICATION_SAVE, "pages/station_application.html")
def application(actor: Actor, case_no: str) -> dict[str, Any]:
    shown = queries.shown(queries.application(actor, Action.APPLICATION_SAVE, case_no))
    found = shown.case
    return {
        "case": shown,
        "photos": service.photos_for(actor, found),
        "state_zh": found.__lifecycle__.states[found.state or ""],
        "objections": [(one, one.__lifecycle__.states[one.state]) for one in shown.objections],
        "clocks": clocks(found, cases.deadlines(found)),
        "events": timeline("application", shown.events),
    }


@blueprint.get("/applications/<case_no>/form")
@page(Action.APPLICATION_SAVE, "pages/station_application_form.html")
def filling(actor: Actor, case_no: str) -> dict[str, Any] | Response:
    shown = queries.shown(queries.application(actor, Action.APPLICATION_SAVE, case_no))
    found, typed = shown.case, g.get("form_values")
    if not shown.is_writable and typed is None:
        return redirect(url_for(".application", case_no=case_no), 303)  # type: ignore[return-value]
    elsewhere = g.get("elsewhere")
    return {
        "case": shown,
        **choices(found.form),
        "questions": [(check_name(one.code), one, found.form["checks"].get(one.code)) for one in shown.checks],
        "photos": service.photos_for(actor, found),
        "most": MOST_PHOTOS,
        "clocks": clocks(found, [shown.deadline] if shown.deadline else []),
        "least_score": LEAST_SCORE,
        "longest": LONGEST_STATEMENT,
        "most_bytes": _BODY - _WORDS,
        # A refused form was typed on what its sender saw, until it was stored or its sender sees what a colleague stored.
        "seen": g.get("seen") or (typed or {}).get("seen") or found.revision,
        "stored": "seen" in g and not elsewhere,
        "elsewhere": elsewhere,
        "theirs": filled(found.category, elsewhere["form"]) if elsewhere else None,
    }


@blueprint.post("/applications/<case_no>/form")
@form(
    Action.APPLICATION_SAVE, FillingForm, back="station_applications.filling", limit="120/hour", max_body=_BODY,
    self_contained=True,
)  # fmt: skip
def fill_in(actor: Actor, case_no: str, body: dict[str, Any]) -> str | Response:
    """What was typed stays, whatever becomes of the rest; then each photo; then, with the other button, it is handed in."""
    if not body["hand_in"]:
        _keep(actor, case_no, body)
        flash("已保存，还没有提交。可以接着填，也可以以后再来。", "success")
        return url_for(".filling", case_no=case_no)
    try:
        _keep(actor, case_no, body)
    except NotPossibleNow as error:
        if error.code != "not_writable":  # handed in by the tap before, it is answered as that one was
            raise

    def hand_in() -> Response:
        service.submit(actor, case_no, seen=g.get("seen", body["seen"]), is_true=body["is_true"])
        flash("已提交，工作人员开始审查，结果会通知您。", "success")
        return redirect(url_for(".application", case_no=case_no), 303)  # type: ignore[return-value]

    return run(hand_in, actor, idempotent=True)


@blueprint.post("/applications/<case_no>/withdraw")
@form(Action.APPLICATION_WITHDRAW, Nothing, back="station_applications.application", idempotent=True)
def withdraw(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.withdraw(actor, case_no)
    flash("申请已撤回，以后可以重新申请。", "success")
    return url_for(".application", case_no=case_no)


@blueprint.post("/applications/<case_no>/answer")
@form(Action.APPLICATION_OBJECTION_ANSWER, ObjectionAnswerForm, back="station_applications.application")
def answer(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.answer(actor, body["objection"], text=body["text"])
    flash("答复已提交，由没有参加审查的工作人员处理。", "success")
    return url_for(".application", case_no=case_no)


def _keep(actor: Actor, case_no: str, body: dict[str, Any]) -> None:
    """Store what was typed, then remove and add photos, one act each.

    raises   Conflict, with what a colleague stored meanwhile for the page to show; InvalidInput for photos, the others are stored
    """
    typed = form_of(body)
    try:
        with unit_of_work():
            saved = service.save(actor, case_no, seen=body["seen"], form=typed)
    except Conflict as error:
        stored: Any = error.stored
        g.seen, saved_at = stored["revision"], datetime.fromisoformat(stored["saved_at"])
        g.elsewhere = {**stored, "saved_at": saved_at, "differing": differing(typed, stored["form"])}
        raise
    g.seen = saved.revision
    for position in body["remove"]:
        with unit_of_work():
            service.remove_photo(actor, case_no, position)
    if refused := {kind.value: said for kind in PhotoKind if (said := _keep_photos(actor, case_no, kind))}:
        raise InvalidInput("photos_refused", "填的内容已经保存，但有照片没有存下，请看“照片”。", fields=refused)


def _keep_photos(actor: Actor, case_no: str, kind: PhotoKind) -> list[str]:
    """Store the photos of a kind that the form brought. returns why one was not, once for each reason"""
    refused: dict[str, None] = {}
    for sent in request.files.getlist(kind.value)[: MOST_PHOTOS[kind] + 1]:
        if not sent.filename:
            continue
        try:
            photo = photos.uploaded(sent.stream)
            with unit_of_work():
                service.add_photo(actor, case_no, photo, kind=kind)
        except (InvalidInput, NotPossibleNow) as error:
            refused[error.message] = None
    return list(refused)


def _back(unit_id: str) -> str:
    """Where the station looks after the unit; a unit without a certificate only stands in the list."""
    newest = certificates.newest_of_unit(unit_id)
    return url_for("station_units.unit", number=newest.number) if newest else url_for("station_units.units")
