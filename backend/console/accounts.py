"""Staff accounts, for operators: who works here, with which roles; secrets are shown once, on the answer itself."""

from typing import Any

from flask import Response, flash, make_response, render_template, url_for

from backend.access.actor import STAFF_ROLES, Actor, Role
from backend.access.policy import Action
from backend.accounts import queries, schemas, service
from backend.accounts.rules import PASSWORD_LEAST
from backend.badges.artwork.plain_code import plain_code
from backend.infrastructure import current
from backend.infrastructure.web import form, page
from backend.kernel.errors import NotFound
from backend.kernel.identifiers import COUNTIES

from .department_choices import DEPARTMENT_CHOICES
from .doors import may_invite, staff_blueprint
from .schemas import Button, EndRoleForm, StaffForm

blueprint = staff_blueprint("console_accounts", "/accounts")

_ROLES = [(role.value, role.zh) for role in Role if role in STAFF_ROLES]
_CHOICES = {
    "roles": _ROLES,
    "counties": list(COUNTIES.items()),
    "departments": DEPARTMENT_CHOICES,
    "least": PASSWORD_LEAST,
}


@blueprint.get("")
@page(Action.STAFF_MANAGE, "console/accounts.html")
def staff(actor: Actor) -> dict[str, Any]:
    found = queries.staff()
    return {
        "members": sorted(found, key=lambda member: member.disabled_at is not None),
        "now": current.now(),
        "may_invite": may_invite(actor, Role.VOLUNTEER),
    }


@blueprint.get("/new")
@page(Action.STAFF_MANAGE, "console/account_new.html")
def new(_actor: Actor) -> dict[str, Any]:
    return _CHOICES


@blueprint.post("/new")
@form(Action.STAFF_MANAGE, StaffForm, back="console_accounts.new", idempotent=True)
def create(actor: Actor, body: dict[str, Any]) -> Response:
    return _shown_once(service.create_staff(actor, **body), "账号已建好")


@blueprint.get("/<username>")
@page(Action.STAFF_MANAGE, "console/account.html")
def account(actor: Actor, username: str) -> dict[str, Any]:
    member = _member(username)
    return {"member": member, "now": current.now(), "own": member.account_id == actor.account_id, **_CHOICES}


@blueprint.post("/<username>/totp")
@form(Action.STAFF_MANAGE, Button, back="console_accounts.account", idempotent=True)
def reset_totp(actor: Actor, username: str, body: dict[str, Any]) -> Response:
    return _shown_once(service.reset_totp(actor, _member(username).account_id), "动态码密钥已换发")


@blueprint.post("/<username>/disable")
@form(Action.STAFF_MANAGE, Button, back="console_accounts.account")
def disable(actor: Actor, username: str, body: dict[str, Any]) -> str:
    service.disable_staff(actor, _member(username).account_id)
    flash(f"账号 {username} 已停用，已有的登录马上失效。", "success")
    return url_for(".account", username=username)


@blueprint.post("/<username>/roles")
@form(Action.STAFF_MANAGE, schemas.StaffRoleInput, back="console_accounts.account", idempotent=True)
def grant_role(actor: Actor, username: str, body: dict[str, Any]) -> str:
    granted = service.grant_role(actor, _member(username).account_id, **body)
    flash(f"已增加身份：{granted.role.zh}。", "success")
    return url_for(".account", username=username)


@blueprint.post("/<username>/end-role")
@form(Action.STAFF_MANAGE, EndRoleForm, back="console_accounts.account")
def end_role(actor: Actor, username: str, body: dict[str, Any]) -> str:
    grant_id = str(body["grant_id"])
    if grant_id not in {held.grant_id for held in _member(username).roles}:
        raise NotFound("role_grant_not_found", "没有这项身份，或已经结束。")
    service.end_role(actor, grant_id)
    flash("身份已取消。", "success")
    return url_for(".account", username=username)


def _member(username: str) -> queries.StaffMember:
    found = next((member for member in queries.staff() if member.username == username), None)
    if found is None:
        raise NotFound("staff_not_found", "没有这个工作人员账号。")
    return found


def _shown_once(made: service.NewStaff, heading: str) -> Response:
    shown = render_template("console/secret.html", made=made, heading=heading, code_picture=plain_code(made.totp_uri))
    answer = make_response(shown)
    answer.headers["Cache-Control"] = "no-store"
    return answer
