"""The public list of known false plaques, kept by the council, the joint-meeting office and the city's bureau."""

from typing import Any

from flask import flash, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.authenticity import queries, service
from backend.infrastructure.web import form, page

from .doors import staff_blueprint
from .schemas import KnownFakeForm, WithdrawFakeForm

blueprint = staff_blueprint("console_known_fakes", "/known-fakes")


@blueprint.get("")
@page(Action.KNOWN_FAKE_KEEP, "console/known_fakes.html")
def known(_actor: Actor) -> dict[str, Any]:
    return {"fakes": queries.known_fakes()}


@blueprint.post("/add")
@form(Action.KNOWN_FAKE_KEEP, KnownFakeForm, back="console_known_fakes.known", idempotent=True)
def add(actor: Actor, body: dict[str, Any]) -> str:
    service.add_known_fake(actor, **body)
    flash("已列入公开名单，“真假牌查询”页面马上能查到。", "success")
    return url_for(".known")


@blueprint.post("/withdraw")
@form(Action.KNOWN_FAKE_KEEP, WithdrawFakeForm, back="console_known_fakes.known")
def withdraw(actor: Actor, body: dict[str, Any]) -> str:
    service.withdraw_known_fake(actor, body["number"])
    flash("已从公开名单撤下。", "success")
    return url_for(".known")
