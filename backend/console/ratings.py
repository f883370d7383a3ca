"""Ratings that WeChat's check sent to a person: published, or not on a ground of law."""

from typing import Any

from flask import flash, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.badges import cards
from backend.infrastructure.web import form, page
from backend.ratings import queries, service
from backend.ratings.rules import HideGround

from .doors import staff_blueprint
from .schemas import HideRatingForm, RatingPhotosForm, ReleaseRatingForm

blueprint = staff_blueprint("console_ratings", "/ratings")


@blueprint.get("")
@page(Action.RATING_HIDE, "console/ratings.html")
def in_review(actor: Actor) -> dict[str, Any]:
    return {
        "rows": [
            {
                "rating": rating,
                "unit_name": cards.section(rating.unit_id, "unit")["name"],
                "photos": service.photos_for(actor, rating),
            }
            for rating in queries.to_moderate(actor)
        ],
        "grounds": [(ground.value, ground.zh) for ground in HideGround],
    }


@blueprint.post("/release")
@form(Action.RATING_HIDE, ReleaseRatingForm, back="console_ratings.in_review")
def release(actor: Actor, body: dict[str, Any]) -> str:
    service.release(actor, body["number"])
    flash("评价已公开，作者会收到通知。", "success")
    return url_for(".in_review")


@blueprint.post("/hide")
@form(Action.RATING_HIDE, HideRatingForm, back="console_ratings.in_review")
def hide(actor: Actor, body: dict[str, Any]) -> str:
    service.hide(actor, body["number"], body["ground"])
    flash("评价不公开，位置上会写明理由，作者会收到通知。", "success")
    return url_for(".in_review")


@blueprint.post("/photos")
@form(Action.RATING_HIDE, RatingPhotosForm, back="console_ratings.in_review")
def photos(actor: Actor, body: dict[str, Any]) -> str:
    service.decide_photos(actor, body["number"], show=body["show"])
    flash("照片已公开。" if body["show"] else "照片不公开，作者看得到。", "success")
    return url_for(".in_review")
