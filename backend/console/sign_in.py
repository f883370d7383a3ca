"""Where members of staff sign in: user name, password and one-time code, all at once."""

from typing import Any

from flask import Blueprint, Response, g, redirect, request, url_for

from backend.access.actor import Actor
from backend.accounts import queries, service
from backend.infrastructure.database import unit_of_work
from backend.infrastructure.http import Public
from backend.infrastructure.web import form, page, remember, safe_next
from backend.kernel.errors import DomainError, NotSignedIn

from .schemas import SignInForm

blueprint = Blueprint("console_sign_in", __name__, url_prefix="/console/sign-in")

_SIGNING_IN = Public("signing in is what makes a person known")


class SignInRefused(DomainError):
    """The sign-in failed; unlike NotSignedIn the form comes back instead of leading to a sign-in."""

    status = 401
    title = "登录没有成功"


@blueprint.get("")
@page(_SIGNING_IN, "console/sign_in.html")
def sign_in(actor: Actor) -> dict[str, Any] | Response:
    typed: str = g.form_values.get("next", "") if "form_values" in g else request.args.get("next", "")
    next_address = safe_next(typed, url_for("console.home"))
    if actor.is_staff:
        return redirect(next_address, 303)  # type: ignore[return-value]
    return {"next_address": next_address}


@blueprint.post("")
@form(_SIGNING_IN, SignInForm, back="console_sign_in.sign_in", limit="20/minute", self_contained=True)
def enter(_actor: Actor, body: dict[str, Any]) -> str:
    address = safe_next(body.pop("next"), url_for("console.home"))
    try:
        signed_in = service.staff_sign_in(**body, address=request.remote_addr or "unknown")
    except NotSignedIn as error:
        raise SignInRefused(error.code, error.message) from None
    with unit_of_work(read_only=True):
        remember(signed_in.token, queries.me(signed_in.actor).display_name)
    return address
