"""Experience reviews over JSON."""

from typing import Any

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure.fields import Output, fields
from backend.infrastructure.http import ApiBlueprint, Public, endpoint

from . import queries, schemas, service, views

blueprint = ApiBlueprint("experience_reviews", __name__, description="消费体验")


class _Reports(Output):
    campaigns = fields.List(fields.Nested(schemas.CampaignOut))


class _Campaigns(Output):
    campaigns = fields.List(fields.Nested(schemas.CampaignForCouncil))


class _Visits(Output):
    visits = fields.List(fields.Nested(schemas.VisitOut))


@blueprint.post("/campaigns")
@endpoint(
    Action.CAMPAIGN_CREATE, body=schemas.CampaignIn, reply=schemas.CampaignForCouncil, status=201, idempotent=True
)
def create(actor: Actor, body: dict[str, Any]) -> Any:
    """新建体验活动"""
    return views.campaign_views([service.create(actor, **body)])[0]


@blueprint.get("/campaigns")
@endpoint(Action.CAMPAIGN_READ, reply=_Campaigns)
def campaigns(actor: Actor) -> dict[str, Any]:
    """体验活动列表"""
    return {"campaigns": views.campaign_views(queries.campaigns(actor))}


@blueprint.get("/reports")
@endpoint(Public("published reports are public"), reply=_Reports)
def reports(actor: Actor) -> dict[str, Any]:
    """已公布的体验报告"""
    return {"campaigns": queries.published()}


@blueprint.post("/campaigns/<number>/draw")
@endpoint(Action.CAMPAIGN_DRAW, reply=schemas.CampaignForCouncil)
def draw(actor: Actor, number: str) -> Any:
    """抽取单位和志愿者"""
    return views.campaign_views([service.draw(actor, number)])[0]


@blueprint.post("/campaigns/<number>/close")
@endpoint(Action.CAMPAIGN_CLOSE, reply=schemas.CampaignForCouncil)
def close(actor: Actor, number: str) -> Any:
    """结束体验"""
    return views.campaign_views([service.close(actor, number)])[0]


@blueprint.post("/campaigns/<number>/publish")
@endpoint(Action.CAMPAIGN_PUBLISH, body=schemas.PublishIn, reply=schemas.CampaignForCouncil)
def publish(actor: Actor, number: str, body: dict[str, Any]) -> Any:
    """公布报告"""
    return views.campaign_views([service.publish(actor, number, **body)])[0]


@blueprint.get("/visits")
@endpoint(Action.VISIT_READ, reply=_Visits)
def visits(actor: Actor) -> dict[str, Any]:
    """我的体验任务"""
    return {"visits": [views.visit_view(visit) for visit in queries.visits(actor)]}


@blueprint.post("/visits/<number>/declare-conflict")
@endpoint(Action.VISIT_DECLARE_CONFLICT, reply=schemas.VisitOut)
def declare_conflict(actor: Actor, number: str) -> Any:
    """申报回避"""
    return views.visit_view(service.declare_conflict(actor, number))


@blueprint.post("/visits/<number>/start")
@endpoint(Action.VISIT_START, body=schemas.StartIn, reply=schemas.VisitOut)
def start(actor: Actor, number: str, body: dict[str, Any]) -> Any:
    """到店扫码，开始体验"""
    return views.visit_view(service.start(actor, number, **body))


@blueprint.post("/visits/<number>/submit")
@endpoint(Action.VISIT_SUBMIT, body=schemas.FormIn, reply=schemas.VisitOut, idempotent=True)
def submit(actor: Actor, number: str, body: dict[str, Any]) -> Any:
    """提交体验表，提交后不能修改"""
    return views.visit_view(service.submit(actor, number, **body))
