"""Taking up an invitation: what it gives, then one button. The code comes typed, or in the address behind a QR code."""

from typing import Any

from flask import Blueprint, Response, flash, g, redirect, request, url_for
from werkzeug.datastructures import MultiDict

from backend.access.actor import Actor, Role
from backend.access.decide import may
from backend.access.policy import Action
from backend.accounts import queries, service
from backend.infrastructure.fields import Input, Text
from backend.infrastructure.http import Public
from backend.infrastructure.web import form, page
from backend.kernel.errors import DomainError

blueprint = Blueprint("invitations", __name__)

_HOLDER = Public("whoever holds the code may read what it gives; 80 random bits cannot be guessed")
#: Role → where its work is.
_WORK = {Role.STATION_MEMBER: "/station", Role.VOLUNTEER: "/volunteer"}


class JoinForm(Input):
    """An invitation's code."""

    code = Text(40, required=True)


@blueprint.get("/join")
@page(_HOLDER, "pages/join.html", limit="30/minute")
def join(actor: Actor) -> dict[str, Any]:
    typed = g.form_values.get("code", "") if "form_values" in g else request.args.get("code", "")
    shown = _look_up(actor, typed) if typed else None
    return {
        "code": typed,
        "invitation": shown,
        "work": _WORK[shown.role] if shown else None,
        "may_accept": may(actor, Action.INVITATION_ACCEPT),
        "here": url_for("invitations.join", code=typed),
    }


@blueprint.get("/join/<code>")
@page(_HOLDER, "pages/join.html")
def scanned(_actor: Actor, code: str) -> Response:
    """The address in an invitation's QR code."""
    return redirect(url_for("invitations.join", code=code), 303)  # type: ignore[return-value]


@blueprint.post("/join")
@form(Action.INVITATION_ACCEPT, JoinForm, back="invitations.join", limit="10/minute")
def accept(actor: Actor, body: dict[str, Any]) -> str:
    held = queries.held_role(service.accept_invitation(actor, body["code"]))
    of_station = f"{held.station_name}的" if held.station_name else ""
    flash(f"您已成为{of_station}{held.name}。", "success")
    return _WORK[held.role]


def _look_up(actor: Actor, typed: str) -> queries.ShownInvitation | None:
    """The invitation, or None with the field's message in place, as a refused form would have it."""
    try:
        return queries.invitation(actor, typed)
    except DomainError as error:
        g.form_values, g.form_status = MultiDict({"code": typed}), error.status
        g.form_errors = {"code": [error.message]}
        return None
