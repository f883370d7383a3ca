"""Inviting station members and volunteers: the one-time code and its address are shown once, on the answer itself."""

from typing import Any

from flask import Response, make_response, render_template, url_for

from backend.access.actor import Actor, Role
from backend.access.policy import Action
from backend.accounts import service
from backend.badges.artwork.plain_code import plain_code
from backend.certification import queries as certificates
from backend.infrastructure.web import form
from backend.merchants import queries as merchants

from .doors import staff_blueprint
from .schemas import Button

blueprint = staff_blueprint("console_invitations", "")


@blueprint.post("/units/<number>/invite")
@form(Action.INVITATION_CREATE, Button, back="console_units.unit", idempotent=True, limit="30/minute")
def invite_member(actor: Actor, number: str, body: dict[str, Any]) -> Response:
    """A new member for the station that answers for the unit."""
    unit = merchants.unit(certificates.get(actor, Action.UNIT_READ, number).unit_id)
    issued = service.invite(actor, Role.STATION_MEMBER, station_id=unit.station_id)
    return _shown_once(issued, unit.station.name, url_for("console_units.unit", number=number))


@blueprint.post("/campaigns/volunteers")
@form(Action.INVITATION_CREATE, Button, back="console.password", idempotent=True, limit="30/minute")
def invite_volunteer(actor: Actor, body: dict[str, Any]) -> Response:
    """A new volunteer of the council."""
    return _shown_once(service.invite(actor, Role.VOLUNTEER), None, url_for("console.home"))


def _shown_once(issued: service.IssuedInvitation, station_name: str | None, back: str) -> Response:
    shown = render_template(
        "console/invitation.html",
        invitation=issued,
        station_name=station_name,
        code_picture=plain_code(issued.join_url),
        back=back,
    )
    answer = make_response(shown)
    answer.headers["Cache-Control"] = "no-store"
    return answer
