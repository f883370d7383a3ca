"""“不是这家店”: telling that a plate hangs in the wrong place, or how far a phone in the shop is from the registered address.

Neither name nor sign-in; the distance is computed on the phone by static/js/in-shop.js, and the page works without it.
"""

from typing import Any

from flask import Blueprint, Response, redirect, url_for

from backend.access.actor import Actor
from backend.authenticity import queries, rules, service
from backend.authenticity.routes.public import tapper
from backend.authenticity.rules import What
from backend.authenticity.schemas import DistanceIn, PlaceReportIn
from backend.badges import queries as badges
from backend.infrastructure import photos
from backend.infrastructure.http import Public, run
from backend.infrastructure.web import form, page
from backend.merchants import queries as merchants

blueprint = Blueprint("not_this_shop", __name__)

_TELLS = Public("telling that a plate hangs in the wrong place needs no name")
_PHOTO_BODY = 9 * 1024 * 1024


@blueprint.get("/b/<token>/not-this-shop")
@page(_TELLS, "pages/not_this_shop.html", limit="120/minute")
def ask(_actor: Actor, token: str) -> dict[str, Any]:
    found = badges.by_token(token)
    unit = merchants.unit(found.plate.unit_id)
    branches = queries.branches(unit)
    return {
        "token": token,
        "unit": found.shown.sections["unit"],
        "serial": found.plate.serial,
        "voided": found.plate.voided_at is not None,
        "choices": [what for what in What if what is not What.BRANCH or branches],
        "branches": branches,
        "point": (unit.lng, unit.lat) if rules.measurable(unit.category) else None,
    }


@blueprint.post("/b/<token>/not-this-shop")
@form(_TELLS, PlaceReportIn, back="not_this_shop.ask", limit="30/hour", max_body=_PHOTO_BODY, self_contained=True)
def tell(actor: Actor, token: str, body: dict[str, Any]) -> Response:
    photo = photos.of_form()

    def perform() -> Response:
        report = service.tell_place(tapper(), token, **body)
        if photo is not None:
            service.attach(service.ticket_of(report), photo)
        return redirect(url_for("not_this_shop.thanks", token=token), 303)  # type: ignore[return-value]

    return run(perform, actor, idempotent=True)


@blueprint.post("/b/<token>/distance")
@form(_TELLS, DistanceIn, back="not_this_shop.ask", limit="60/hour")
def tell_distance(_actor: Actor, token: str, body: dict[str, Any]) -> str:
    service.tell_distance(tapper(), token, bucket=body["bucket"])
    return url_for("not_this_shop.thanks", token=token)


@blueprint.get("/b/<token>/told")
@page(_TELLS, "pages/told.html")
def thanks(_actor: Actor, token: str) -> dict[str, Any]:
    return {"unit": badges.by_token(token).shown.sections["unit"], "token": token}
