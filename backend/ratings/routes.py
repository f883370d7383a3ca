"""Ratings over JSON."""

from typing import Any

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.badges import queries as badges
from backend.infrastructure.fields import Output, fields
from backend.infrastructure.http import ApiBlueprint, Public, Reply, endpoint

from . import queries, rules, schemas, service
from .model import Rating

blueprint = ApiBlueprint("ratings", __name__, description="评价")


class _Ratings(Output):
    ratings = fields.List(fields.Nested(schemas.RatingOut))
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
    shown = schemas.MyRatingInList()
    rows = [{**shown.dump(rating), "unit_name": name} for rating, name in queries.mine(actor)]
    return Reply({"ratings": rows}, dumped=True)


@blueprint.post("/ratings/<number>/withdraw")
@endpoint(Action.RATING_WITHDRAW, status=204)
def withdraw(actor: Actor, number: str) -> None:
    """撤回自己的评价"""
    service.withdraw(actor, number)


@blueprint.get("/ratings/in-review")
@endpoint(Action.RATING_HIDE, reply=_Ratings)
def in_review(actor: Actor) -> dict[str, Any]:
    """等待人工审核的评价"""
    return {"ratings": queries.to_moderate(actor), "method": rules.METHOD}


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
