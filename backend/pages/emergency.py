"""Telling of an emergency at once; the page sends to 120, 110 and 12315 first."""

from typing import Any

from flask import Blueprint, Response, make_response, render_template, request

from backend.access.actor import NOBODY, Actor
from backend.badges import queries as badges
from backend.badges.queries import UnknownBadge
from backend.emergencies import schemas, service
from backend.emergencies.rules import CITY, Emergency
from backend.infrastructure.http import Public, run
from backend.infrastructure.web import form, page
from backend.kernel.identifiers import COUNTIES

blueprint = Blueprint("emergency", __name__, url_prefix="/emergency")

_ANYBODY = Public("who is in danger does not sign in first")


@blueprint.get("")
@page(_ANYBODY, "pages/emergency.html")
def new(_actor: Actor) -> dict[str, Any]:
    token = request.values.get("token", "")
    try:
        unit = badges.by_token(token).shown.sections["unit"] if token else None
    except UnknownBadge:
        unit = None
    return {
        "token": token,
        "unit": unit,
        "kinds": [(one.value, one.zh) for one in Emergency],
        "counties": [*COUNTIES.items(), (CITY, "不清楚")],
    }


@blueprint.post("")
@form(_ANYBODY, schemas.EmergencyIn, back="emergency.new", limit="6/hour", self_contained=True)
def send(_actor: Actor, body: dict[str, Any]) -> Response:
    def perform() -> Response:
        case = service.raise_emergency(**body)
        return make_response(render_template("pages/emergency_told.html", case_no=case.case_no))

    return run(perform, NOBODY, idempotent=True)
