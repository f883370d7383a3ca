"""What any phone's camera opens: the page of a plate. No sign-in, no cookie, no script, one request."""

from flask import Blueprint, Response, make_response, render_template

from backend.access.actor import Actor
from backend.badges import queries, scan_log
from backend.badges.answers import Answer, answer
from backend.badges.queries import ScannedBadge, UnknownBadge
from backend.badges.routes import known
from backend.infrastructure import current
from backend.infrastructure.http import Public
from backend.infrastructure.web import page

from .assets import style_source
from .badge_view import badge_page_values, unknown_page_values

blueprint = Blueprint("badge", __name__)

_ANYONE = Public("anyone may see whether a certificate stands")
#: The page carries its style and its pictures itself and loads nothing, so nothing else is allowed.
_POLICY = (
    "default-src 'none'; style-src {style}; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def answer_of(found: ScannedBadge, token: str) -> Answer:
    """The page as stored bytes: of the plate, its card and the day alone."""
    html = render_template("pages/badge.html", **badge_page_values(found, token, current.today()))
    return answer(
        found.plate.id, found.plate.unit_id, html.encode(), "text/html; charset=utf-8", pack=True, policy=_policy()
    )


@blueprint.get("/b/<token>")
@page(_ANYONE, "pages/badge.html", limit="120/minute", for_anybody=True)
def badge(_actor: Actor, token: str) -> Response:
    try:
        made = answer_of(known(queries.by_token, token), token)
    except UnknownBadge:
        unknown = make_response(
            render_template("pages/badge_unknown.html", **unknown_page_values(current.today())), 404
        )
        unknown.headers["Content-Security-Policy"] = _policy()
        return unknown
    scan_log.note(made.plate_id)
    return made.response()


def _policy() -> str:
    return _POLICY.format(style=style_source("css/badge.css"))
