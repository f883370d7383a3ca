"""What any phone's camera opens: the page of a plate. No sign-in, no cookie, no script."""

from typing import Any

from flask import Blueprint, Response, make_response, render_template, url_for

from backend.access.actor import Actor
from backend.badges import queries, scan_log
from backend.badges.queries import UnknownBadge
from backend.infrastructure import metrics
from backend.infrastructure.http import Public
from backend.infrastructure.web import page

from .card_words import words

blueprint = Blueprint("badge", __name__)

_ANYONE = Public("anyone may see whether a certificate stands")


@blueprint.get("/b/<token>")
@page(_ANYONE, "pages/badge.html", limit="120/minute")
def badge(_actor: Actor, token: str) -> dict[str, Any] | Response:
    try:
        found = queries.by_token(token)
    except UnknownBadge:
        metrics.EVENTS.labels("unknown_badge").inc()
        return make_response(render_template("pages/badge_unknown.html", links={"report": "/about-mark"}), 404)
    scan_log.note(found.plate.id)
    return {
        "standing": found.standing,
        "plate": found.plate,
        "card": words(found.shown.sections),
        "links": {
            "rate": url_for("rating.rate", token=token),
            "complain": url_for("complaint.complain", token=token),
            "not_this_shop": "/about-mark",
        },
    }
