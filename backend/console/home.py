"""The way in to the first queue, and one's own password."""

from typing import Any

from flask import Response, flash, redirect, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.accounts import queries, service
from backend.infrastructure.web import form, page
from backend.kernel.errors import NotPermitted
from backend.pages.navigation import console_places

from .doors import staff_blueprint
from .schemas import PasswordForm

blueprint = staff_blueprint("console", "")


@blueprint.get("")
@page(Action.SELF_READ, "console/password.html")
def home(actor: Actor) -> Response:
    """To the first queue that the actor has."""
    places = console_places(actor)
    if not places:
        raise NotPermitted("no_queue", "您的账号现在没有可以办理的事项，请联系系统管理员。")
    return redirect(places[0].path, 303)  # type: ignore[return-value]


@blueprint.get("/password")
@page(Action.SELF_READ, "console/password.html")
def password(actor: Actor) -> dict[str, Any]:
    return {"me": queries.me(actor)}


@blueprint.post("/password")
@form(Action.SELF_READ, PasswordForm, back="console.password", limit="5/minute")
def change_password(actor: Actor, body: dict[str, Any]) -> str:
    service.change_password(actor, body["password"], body["new_password"])
    flash("密码已修改，您在其他地方的登录已经失效。", "success")
    return url_for("console.password")
