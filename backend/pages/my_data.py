"""My data (我的个人信息): export, correct, close the account. Each asks for a fresh sign-in, so that a borrowed phone is not enough."""

import json
from typing import Any

from flask import Blueprint, Response, flash, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.accounts import personal as accounts
from backend.complaints import personal as complaints
from backend.infrastructure import current
from backend.infrastructure.fields import Input
from backend.infrastructure.headers import attachment
from backend.infrastructure.web import forget, form, page
from backend.personal_data import service
from backend.personal_data.rules import EXCEPTIONS
from backend.personal_data.schemas import CONFIRM, CorrectionIn, ErasureIn

blueprint = Blueprint("my_data", __name__, url_prefix="/my/data")


class _Button(Input):
    pass


@blueprint.get("")
@page(Action.DATA_EXPORT, "pages/my_data.html")
def shown(actor: Actor) -> dict[str, Any]:
    account_id = str(actor.account_id)
    return {
        "fresh": accounts.is_fresh(actor),
        "running": service.running(account_id),
        "kept": [EXCEPTIONS[code] for code in service.exceptions(account_id)],
        "identities": complaints.identities(account_id),
        "confirm_word": CONFIRM,
    }


@blueprint.post("/export")
@form(Action.DATA_EXPORT, _Button, back="my_data.shown", limit="10/hour")
def export(actor: Actor, body: dict[str, Any]) -> Response:
    text = json.dumps(service.export(actor), ensure_ascii=False, indent=2)
    name = f"我的个人信息-{current.today():%Y%m%d}.json"
    return Response(
        text,
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": attachment(name), "Cache-Control": "no-store"},
    )


@blueprint.post("/correct")
@form(Action.DATA_CORRECT, CorrectionIn, back="my_data.shown")
def correct(actor: Actor, body: dict[str, Any]) -> str:
    service.correct(actor, **body)
    flash("已更正。原来写错的不再保存。", "success")
    return url_for("my_data.shown")


@blueprint.post("/erase")
@form(Action.DATA_ERASE, ErasureIn, back="my_data.shown", limit="10/hour")
def erase(actor: Actor, body: dict[str, Any]) -> str:
    service.erase(actor)
    forget()
    flash("账号已注销，能删的都删了。依法要留的，期满自动删除。", "success")
    return "/"
