"""Rating a unit whose plate was scanned."""

from typing import Any

from flask import Blueprint, flash, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.badges import queries as badges
from backend.badges import tickets
from backend.infrastructure import photos
from backend.infrastructure.database import unit_of_work
from backend.infrastructure.fields import Input
from backend.infrastructure.web import form, page
from backend.merchants import queries as merchants
from backend.ratings import queries, rules, service
from backend.ratings.model import Rating
from backend.ratings.schemas import RatingIn

blueprint = Blueprint("rating", __name__)

_PHOTO_BODY = 9 * 1024 * 1024

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
    rated = service.rate(actor, facets=facets, **body)
    flash("评价已收到。文字经过检查后公开，您可以随时撤回；有照片的，在这里加。", "success")
    return url_for("rating.one", number=rated.number)


@blueprint.get("/my/ratings")
@page(Action.RATING_WITHDRAW, "pages/my_ratings.html")
def mine(actor: Actor) -> dict[str, Any]:
    return {"rows": [_row(actor, rating, name) for rating, name in queries.mine(actor)]}


@blueprint.get("/my/ratings/<number>")
@page(Action.RATING_WITHDRAW, "pages/my_ratings.html")
def one(actor: Actor, number: str) -> dict[str, Any]:
    found = queries.get(actor, Action.RATING_WITHDRAW, number)
    return {"rows": [_row(actor, found, merchants.unit(found.unit_id).name)]}


@blueprint.post("/my/ratings/<number>/photos")
@form(Action.RATING_SUBMIT, _Nothing, back="rating.one", max_body=_PHOTO_BODY, limit="60/hour", self_contained=True)
def add_photo(actor: Actor, number: str, body: dict[str, Any]) -> str:
    cleaned = photos.needed_of_form()
    with unit_of_work():
        service.add_photo(actor, number, cleaned)
    flash("照片已保存，工作人员看过以后公开。拍摄地点等附带信息已经去掉。", "success")
    return url_for("rating.one", number=number)


@blueprint.post("/my/ratings/<number>/withdraw")
@form(Action.RATING_WITHDRAW, _Nothing, back="rating.one")
def withdraw(actor: Actor, number: str, body: dict[str, Any]) -> str:
    service.withdraw(actor, number)
    flash("评价已撤回，不再展示。", "success")
    return url_for("rating.mine")


def _row(actor: Actor, rating: Rating, unit: str) -> dict[str, Any]:
    room = rating.moderation in rules.TAKES_PHOTOS and len(rating.photos) < rules.MOST_PHOTOS
    return {"rating": rating, "unit": unit, "photos": service.photos_for(actor, rating), "room": room}
