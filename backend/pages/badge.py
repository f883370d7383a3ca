"""What any phone's camera opens: the page of a plate. No sign-in, no cookie, no script, one request."""

from typing import Any

from flask import Blueprint, Response, make_response, render_template, url_for

from backend.access.actor import Actor
from backend.badges import queries, scan_log
from backend.badges.queries import UnknownBadge
from backend.infrastructure import metrics
from backend.infrastructure.http import Public
from backend.infrastructure.web import page

from .assets import style_source
from .card_words import words

blueprint = Blueprint("badge", __name__)

_ANYONE = Public("anyone may see whether a certificate stands")
#: The page carries its style and its pictures itself and loads nothing, so nothing else is allowed.
_POLICY = (
    "default-src 'none'; style-src {style}; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@blueprint.get("/b/<token>")
@page(_ANYONE, "pages/badge.html", limit="120/minute")
def badge(_actor: Actor, token: str) -> Response:
    try:
        found = queries.by_token(token)
    except UnknownBadge:
        metrics.EVENTS.labels("unknown_badge").inc()
        return _answer("pages/badge_unknown.html", 404, links={"report": "/about-mark"})
    scan_log.note(found.plate.id)
    return _answer(
        "pages/badge.html",
        standing=found.standing,
        plate=found.plate,
        card=words(found.shown.sections),
        links={
            "rate": url_for("rating.rate", token=token),
            "complain": url_for("complaint.complain", token=token),
            "not_this_shop": "/about-mark",
        },
    )


def _answer(template: str, status: int = 200, **values: Any) -> Response:
    answer = make_response(render_template(template, **values), status)
    answer.headers["Content-Security-Policy"] = _POLICY.format(style=style_source("css/badge.css"))
    return answer
