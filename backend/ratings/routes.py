"""Ratings over JSON."""

from typing import Any

from flask import Response

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.badges import queries as badges
from backend.infrastructure import photos
from backend.infrastructure.database import unit_of_work
from backend.infrastructure.fields import Output, fields
from backend.infrastructure.headers import private_picture, public_picture
from backend.infrastructure.http import ApiBlueprint, Public, Reply, endpoint
from backend.infrastructure.linked import linked

from . import queries, rules, schemas, service
from .model import Rating

blueprint = ApiBlueprint("ratings", __name__, description="评价")

_PHOTO_BODY = photos.MOST_BYTES + 64 * 1024


class _Ratings(Output):
    ratings = fields.List(fields.Nested(schemas.RatingOut))
    method = fields.String()


class _InReview(Output):
    ratings = fields.List(fields.Nested(schemas.RatingInReview))
    method = fields.String()


class _MyRatings(Output):
    ratings = fields.List(fields.Nested(schemas.MyRatingInList))


@blueprint.post("/ratings")
@endpoint(
    Action.RATING_SUBMIT, body=schemas.RatingIn, reply=schemas.MyRatingOut, status=201, idempotent=True, limit="30/hour"
)
def rate(actor: Actor, body: dict[str, Any]) -> Rating:
    """评价扫过码的单位"""
    facets = {name: body.pop(name) for name in rules.FACETS}
    return service.rate(actor, facets=facets, **body)


@blueprint.get("/badges/<token>/ratings")
@endpoint(Public("published ratings are public"), reply=_Ratings)
def published(actor: Actor, token: str) -> dict[str, Any]:
    """一家单位的评价"""
    return {"ratings": queries.published(badges.by_token(token).plate.unit_id), "method": rules.METHOD}


@blueprint.get("/me/ratings")
@endpoint(Action.RATING_WITHDRAW, reply=_MyRatings)
def mine(actor: Actor) -> Reply:
    """我的评价"""
    shown = schemas.MyRatingInList(exclude=("photos",))
    rows = [
        {**shown.dump(rating), "unit_name": name, "photos": _links(actor, rating)}
        for rating, name in queries.mine(actor)
    ]
    return Reply({"ratings": rows}, dumped=True)


@blueprint.post("/ratings/<number>/withdraw")
@endpoint(Action.RATING_WITHDRAW, status=204)
def withdraw(actor: Actor, number: str) -> None:
    """撤回自己的评价"""
    service.withdraw(actor, number)


@blueprint.get("/ratings/in-review")
@endpoint(Action.RATING_HIDE, reply=_InReview)
def in_review(actor: Actor) -> Reply:
    """等待人工审核的评价，和照片等待审核的评价"""
    shown = schemas.RatingInReview(exclude=("photos",))
    rows = [{**shown.dump(rating), "photos": _links(actor, rating)} for rating in queries.to_moderate(actor)]
    return Reply({"ratings": rows, "method": rules.METHOD}, dumped=True)


@blueprint.post("/ratings/<number>/release")
@endpoint(Action.RATING_HIDE, status=204)
def release(actor: Actor, number: str) -> None:
    """人工审核通过，公开一条评价"""
    service.release(actor, number)


@blueprint.post("/ratings/<number>/hide")
@endpoint(Action.RATING_HIDE, body=schemas.HideIn, status=204)
def hide(actor: Actor, number: str, body: dict[str, Any]) -> None:
    """隐藏一条评价（须有法定理由）"""
    service.hide(actor, number, body["ground"])


@blueprint.post("/ratings/<number>/photos")
@endpoint(
    Action.RATING_SUBMIT,
    files=schemas.RatingPhotoFiles,
    reply=schemas.RatingPhotoAddedOut,
    status=201,
    max_body=_PHOTO_BODY,
    limit="60/hour",
    self_contained=True,
)
def add_photo(actor: Actor, number: str, files: dict[str, Any]) -> Any:
    """给自己的评价加一张照片，最多六张；同一张再传一次，还是那一张。工作人员看过以后公开"""
    cleaned = photos.uploaded(files["photo"])
    with unit_of_work():
        return service.add_photo(actor, number, cleaned)


@blueprint.post("/ratings/<number>/photos/decision")
@endpoint(Action.RATING_HIDE, body=schemas.PhotosDecisionIn, status=204)
def decide_photos(actor: Actor, number: str, body: dict[str, Any]) -> None:
    """公开，或者不公开一条评价等待审核的照片"""
    service.decide_photos(actor, number, **body)


@blueprint.get("/ratings/<number>/photos/<int:position>")
@endpoint(Public("photos of published ratings are public"), produces=("image/jpeg",))
def shown_photo(_actor: Actor, number: str, position: int) -> Response:
    """一条公开评价的照片"""
    return public_picture(service.shown_bytes(number, position))


@linked(blueprint, "/rating-photo-links/<token>")
def photo(viewer: Actor, token: str) -> Response:
    """评价的一张照片，公开以前也能看；链接五分钟内有效，只有取得链接的本人能打开"""
    return private_picture(service.linked_bytes(viewer, token))


def _links(actor: Actor, rating: Rating) -> Any:
    return schemas.RatingPhotoOut(many=True).dump(service.photos_for(actor, rating))
