"""Kept units on the phone's web pages: the list, and the button on a unit's page."""

from typing import Any

from flask import Blueprint, flash, request, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.favourites import queries, service
from backend.infrastructure.fields import Input
from backend.infrastructure.paging import row_id
from backend.infrastructure.web import form, page

blueprint = Blueprint("kept_units", __name__, url_prefix="/my/kept")


class _Button(Input):
    pass


@blueprint.get("")
@page(Action.UNIT_KEEP, "pages/my_kept.html")
def home(actor: Actor) -> dict[str, Any]:
    found = queries.kept(actor, request.args.get("before", type=row_id))
    return {"rows": found.units, "older": found.next}


@blueprint.post("/<number>")
@form(Action.UNIT_KEEP, _Button, back="register.unit")
def keep(actor: Actor, number: str, body: dict[str, Any]) -> str:
    service.keep(actor, number)
    flash("已收藏。这家单位的证书有变动时，会在“我的”里告诉您。", "success")
    return url_for("register.unit", number=number)


@blueprint.post("/<number>/take-out")
@form(Action.UNIT_KEEP, _Button, back="register.unit")
def take_out(actor: Actor, number: str, body: dict[str, Any]) -> str:
    service.take_out(actor, number)
    flash("已移出收藏，不再告诉您它的变动。", "success")
    return url_for("kept_units.home")
