"""Rating a unit whose plate was scanned."""

from typing import Any

from flask import Blueprint, flash, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.badges import queries as badges
from backend.badges import tickets
from backend.infrastructure.fields import Input
from backend.infrastructure.web import form, page
from backend.merchants import queries as merchants
from backend.ratings import queries, rules, service
from backend.ratings.schemas import RatingIn

blueprint = Blueprint("rating", __name__)

FACETS = (
    ("safety", "安全"),
    ("quality", "质量"),
    ("price", "价格"),
    ("service", "服务"),
    ("redress", "售后和维权"),
)


class _Nothing(Input):
    pass


@blueprint.get("/b/<token>/rate")
@page(Action.RATING_SUBMIT, "pages/rate.html")
def rate(_actor: Actor, token: str) -> dict[str, Any]:
    found = badges.by_token(token)
    return {
        "token": token,
        "unit": found.shown.sections["unit"],
        "ticket": tickets.issue(found.plate.id),
        "facets": FACETS,
    }


@blueprint.post("/b/<token>/rate")
@form(Action.RATING_SUBMIT, RatingIn, back="rating.rate", idempotent=True, limit="30/hour")
def send(actor: Actor, token: str, body: dict[str, Any]) -> str:
    facets = {name: body.pop(name) for name in rules.FACETS}
    service.rate(actor, facets=facets, **body)
    flash("评价已收到。文字经过检查后公开，您可以随时撤回。", "success")
    return url_for("rating.mine")


@blueprint.get("/my/ratings")
@page(Action.RATING_WITHDRAW, "pages/my_ratings.html")
def mine(actor: Actor) -> dict[str, Any]:
    return {"rows": [{"rating": rating, "unit": name} for rating, name in queries.mine(actor)]}


@blueprint.get("/my/ratings/<number>")
@page(Action.RATING_WITHDRAW, "pages/my_ratings.html")
def one(actor: Actor, number: str) -> dict[str, Any]:
    found = queries.get(actor, Action.RATING_WITHDRAW, number)
    return {"rows": [{"rating": found, "unit": merchants.unit(found.unit_id).name}]}


@blueprint.post("/my/ratings/<number>/withdraw")
@form(Action.RATING_WITHDRAW, _Nothing, back="rating.one")
def withdraw(actor: Actor, number: str, body: dict[str, Any]) -> str:
    service.withdraw(actor, number)
    flash("评价已撤回，不再展示。", "success")
    return url_for("rating.mine")
