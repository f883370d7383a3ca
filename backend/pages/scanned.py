"""Where a scanner that is no camera sends what it read: `/scan?q=…` leads to the badge page, or says what is wrong with the code."""

from flask import Blueprint, Response, redirect, request, url_for

from backend.access.actor import Actor
from backend.badges import queries
from backend.badges.routes import known
from backend.infrastructure.http import Public
from backend.infrastructure.web import page

blueprint = Blueprint("scanned", __name__)

_LONGEST = 600


@blueprint.get("/scan")
@page(Public("anyone may see where a code leads"), "pages/badge.html", limit="120/minute")
def scan(_actor: Actor) -> Response:
    """To the page of the code in `q`, `scene` or `token`; to the register when there is none. raises UnknownBadge"""
    brought = next((request.args[name] for name in ("q", "scene", "token") if request.args.get(name)), None)
    if brought is None:
        return redirect(url_for("register.units"), 303)  # type: ignore[return-value]
    token = known(queries.token_from, brought[:_LONGEST])
    return redirect(url_for("badge.badge", token=token), 303)  # type: ignore[return-value]
