"""The public register: search, and one unit's page."""

import re
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for

from backend.access.actor import Actor
from backend.access.decide import may
from backend.access.policy import Action
from backend.badges import cards
from backend.certification import queries as certificates
from backend.certification.rules import Standing
from backend.consumer_warnings import queries as consumer_warnings
from backend.favourites import queries as favourites
from backend.infrastructure import current
from backend.infrastructure.database import unit_of_work
from backend.infrastructure.http import Public
from backend.infrastructure.web import form, page
from backend.kernel.errors import NotFound
from backend.kernel.identifiers import COUNTIES
from backend.merchants import queries as merchants
from backend.merchants.rules import DUTIES, Category, Commitment
from backend.public_record import queries as public_record
from backend.public_record.nearby import around
from backend.public_record.register import Asked
from backend.public_record.register_schemas import NearbyIn
from backend.ratings import queries as ratings

from .card_words import words

blueprint = Blueprint("register", __name__)

_PUBLIC = Public("the register is public")
_MOST_WORDS = 40
#: Standing → states of the certificates that have it.
_STATES = {
    Standing.RECTIFY.value: ("rectifying",),
    Standing.SUSPENDED.value: ("suspended",),
    Standing.REVOKED.value: ("revoked",),
}
#: What a unit may promise beyond its duties.
_PROMISES = {one.value: one.text(None).replace(" None 天", "") for one in Commitment if one not in DUTIES}
_CURSOR = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@blueprint.get("/units")
@page(_PUBLIC, "pages/units.html", limit="60/minute")
def units(_actor: Actor) -> dict[str, Any]:
    typed = "".join(char for char in request.args.get("q", "") if char.isprintable())[:_MOST_WORDS]
    category = request.args.get("category") if request.args.get("category") in set(Category) else None
    county = request.args.get("county") if request.args.get("county") in COUNTIES else None
    promise = request.args.get("promise") if request.args.get("promise") in _PROMISES else None
    standing = request.args.get("standing")
    after = request.args.get("after")
    states = _STATES.get(standing or "", ())
    found = merchants.search(
        typed,
        Category(category) if category else None,
        county,
        after if after and _CURSOR.fullmatch(after) else None,
        among=certificates.findable_units(current.today(), states),
        promise=Commitment(promise) if promise else None,
        numbered=certificates.units_numbered(typed),
    )
    held = certificates.newest_of_units([unit.id for unit in found.units])
    kept: dict[str, Any] = {
        "q": typed,
        "category": category,
        "county": county,
        "promise": promise,
        "standing": standing if states else None,
    }
    return {
        **kept,
        **_choices(),
        "standings": [(one.value, one.zh) for one in Standing if one.value in _STATES],
        "rows": [_row(unit.id, held[unit.id].number) for unit in found.units if unit.id in held],
        "total": found.total,
        "next": url_for("register.units", **kept, after=found.after) if found.after else None,
    }


@blueprint.get("/units/nearby")
@page(_PUBLIC, "pages/units_nearby.html", limit="60/minute")
def nearby(_actor: Actor) -> dict[str, Any]:
    return {**_choices(), "asked": None}


@blueprint.post("/units/nearby")
@form(_PUBLIC, NearbyIn, back="register.nearby", limit="60/minute", self_contained=True)
def nearby_found(_actor: Actor, body: dict[str, Any]) -> Response:
    asked = {**body}
    place = {name: asked.pop(name) for name in ("lng_e3", "lat_e3", "within_m")}
    with unit_of_work(read_only=True):
        found = around(**place, asked=Asked(**asked))
        answer = make_response(
            render_template("pages/units_nearby.html", asked=body, units=found.units, after=found.after, **_choices())
        )
    answer.headers["Cache-Control"] = "no-store"  # it tells where somebody is
    return answer


@blueprint.get("/units/<number>")
@page(_PUBLIC, "pages/unit.html", limit="120/minute")
def unit(actor: Actor, number: str) -> dict[str, Any]:
    certificate = certificates.by_number(number)
    if not certificates.findable(certificate.unit_id, current.today()):
        raise NotFound("unit_not_in_register", "名录里没有这家单位。证书结束满三年的单位不再列入名录。")
    shown = cards.show(certificate.unit_id)
    about = shown.sections["unit"]
    return {
        "standing": shown.standing,
        "warnings": consumer_warnings.holding(about["county_code"], Category(about["category"])),
        "may_keep": may(actor, Action.UNIT_KEEP),
        "is_kept": may(actor, Action.UNIT_KEEP) and favourites.is_kept(actor, certificate.unit_id),
        "nobody": not actor.signed_in,
        "card": words(shown.sections),
        "grades": public_record.grades(certificate.unit_id),
        "ratings": ratings.published(certificate.unit_id),
    }


def _choices() -> dict[str, Any]:
    return {
        "categories": [(one.value, one.zh) for one in Category],
        "counties": list(COUNTIES.items()),
        "promises": list(_PROMISES.items()),
        "distances": [(str(metres), f"{metres // 1000} 公里以内") for metres in (1000, 3000, 10_000)],
    }


def _row(unit_id: str, number: str) -> dict[str, Any]:
    shown = cards.show(unit_id)
    card = words(shown.sections)
    return {"unit": card["unit"], "score": card.get("score"), "standing": shown.standing, "number": number}
