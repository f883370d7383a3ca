"""The public record over JSON."""

from typing import Any

from flask import Response

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.certification.rules import Standing
from backend.infrastructure import photos
from backend.infrastructure.database import unit_of_work
from backend.infrastructure.http import ApiBlueprint, Public, Reply, endpoint, tagged

from . import queries, register, register_schemas, schemas, service
from .nearby import around
from .register import Asked

blueprint = ApiBlueprint("public_record", __name__, description="公示信息：店面照片、量化分级、处罚和警示、回应")

_PHOTO_BODY = photos.MOST_BYTES + 64 * 1024


_OPEN = Public("the register is open data")


@blueprint.get("/units")
@endpoint(_OPEN, query=register_schemas.RegisterQuery, reply=register_schemas.RegisterOut, limit="120/minute")
def units(actor: Actor, query: dict[str, Any]) -> Reply | Response:
    """名录：每页最多 200 家，含暂停的和三年内撤销、注销、过期的；用 changed_since 只取有变动的"""
    wanted = query.pop("standing")
    found = register.page(Asked(standing=Standing(wanted) if wanted else None, **query))
    return tagged({"units": found.rows, "after": found.after}, found.etag)


@blueprint.post("/nearby-units")
@endpoint(_OPEN, body=register_schemas.NearbyIn, reply=register_schemas.NearbyOut, limit="120/minute", writes=False)
def nearby(actor: Actor, body: dict[str, Any]) -> Any:
    """离一个位置由近到远的放心消费单位；位置只到约 100 米，不保存"""
    place = {name: body.pop(name) for name in ("lng_e3", "lat_e3", "within_m")}
    return around(**place, asked=Asked(**body))


@blueprint.get("/units/<number>")
@endpoint(_OPEN, reply=register_schemas.RegisterUnitOut, limit="120/minute")
def unit(actor: Actor, number: str) -> Reply | Response:
    """名录里的一家单位"""
    return tagged(*register.one(number))


@blueprint.get("/station/units")
@endpoint(Action.UNIT_REPLY_SEND, query=schemas.StationUnitsQuery, reply=schemas.StationUnitsOut)
def station_units(actor: Actor, query: dict[str, Any]) -> dict[str, Any]:
    """联络站：本站负责的单位，每页 20 家"""
    after = query["after"]
    found, following = queries.station_units(actor, query["words"], str(after) if after else None)
    return {"units": found, "next": following}


@blueprint.post("/units/<number>/photos")
@endpoint(
    Action.SHOP_PHOTO_SEND,
    files=schemas.ShopPhotoFiles,
    reply=schemas.ShopPhotoOut,
    status=201,
    max_body=_PHOTO_BODY,
    limit="20/hour",
    self_contained=True,
)
def send_photo(actor: Actor, number: str, files: dict[str, Any]) -> Any:
    """上传店面照片；联络站上传的，工作人员审核后公开"""
    picture = service.prepare(photos.uploaded(files["photo"]))
    with unit_of_work():
        return service.send_photo(actor, number, picture)


@blueprint.get("/units/<number>/photo")
@endpoint(Public("the shop front is there for everybody to compare"), produces=("image/jpeg",), limit="120/minute")
def photo(actor: Actor, number: str) -> Response:
    """一家单位公开的店面照片"""
    headers = {"Cache-Control": "public, max-age=300", "Content-Security-Policy": "sandbox; default-src 'none'"}
    return Response(queries.shown_photo(number), content_type="image/jpeg", headers=headers)


@blueprint.post("/shop-photos/<number>/decide")
@endpoint(Action.SHOP_PHOTO_DECIDE, body=schemas.ShowingDecisionIn, reply=schemas.ShopPhotoOut)
def decide_photo(actor: Actor, number: str, body: dict[str, Any]) -> Any:
    """审核一张店面照片"""
    return service.decide_photo(actor, number, **body)


@blueprint.post("/units/<number>/grades")
@endpoint(
    Action.CATERING_GRADE_RECORD,
    body=schemas.CateringGradeIn,
    reply=schemas.CateringGradeOut,
    status=201,
    idempotent=True,
)
def record_grade(actor: Actor, number: str, body: dict[str, Any]) -> Any:
    """登记餐饮量化分级"""
    return service.record_grade(actor, number, **body)


@blueprint.post("/units/<number>/entries")
@endpoint(Action.WARNING_PUBLISH, body=schemas.PublicEntryIn, reply=schemas.PublicEntryOut, status=201, idempotent=True)
def publish(actor: Actor, number: str, body: dict[str, Any]) -> Any:
    """公示一条行政处罚或消费警示"""
    return service.publish(actor, number, **body)


@blueprint.post("/public-entries/<number>/withdraw")
@endpoint(Action.WARNING_WITHDRAW, body=schemas.PublicEntryWithdrawIn, reply=schemas.PublicEntryOut)
def withdraw(actor: Actor, number: str, body: dict[str, Any]) -> Any:
    """提前撤下一条公示信息（须写明理由）"""
    return service.withdraw(actor, number, **body)


@blueprint.post("/units/<number>/replies")
@endpoint(
    Action.UNIT_REPLY_SEND,
    body=schemas.UnitReplyIn,
    reply=schemas.UnitReplyOut,
    status=201,
    idempotent=True,
    limit="20/hour",
)
def send_reply(actor: Actor, number: str, body: dict[str, Any]) -> Any:
    """联络站：回应一条公示信息，或回应消费者评价"""
    return service.send_reply(actor, number, **body)


@blueprint.post("/unit-replies/<number>/decide")
@endpoint(Action.UNIT_REPLY_DECIDE, body=schemas.ShowingDecisionIn, reply=schemas.UnitReplyOut)
def decide_reply(actor: Actor, number: str, body: dict[str, Any]) -> Any:
    """审核一条单位回应"""
    return service.decide_reply(actor, number, **body)


@blueprint.post("/units/<number>/objections")
@endpoint(
    Action.OBJECTION_RAISE,
    body=schemas.ObjectionIn,
    reply=schemas.ObjectionOut,
    status=201,
    idempotent=True,
    limit="20/hour",
)
def raise_objection(actor: Actor, number: str, body: dict[str, Any]) -> Any:
    """联络站：对一条公示信息提出异议；核查期间公示注明单位有异议"""
    return service.raise_objection(actor, number, **body)


@blueprint.post("/objections/<case_no>/uphold")
@endpoint(Action.OBJECTION_UPHOLD, body=schemas.ObjectionUpholdIn, reply=schemas.ObjectionOut)
def uphold(actor: Actor, case_no: str, body: dict[str, Any]) -> Any:
    """异议成立：更正或撤下公示信息"""
    return service.uphold(actor, case_no, **body)


@blueprint.post("/objections/<case_no>/reject")
@endpoint(Action.OBJECTION_REJECT, body=schemas.ObjectionRejectIn, reply=schemas.ObjectionOut)
def reject(actor: Actor, case_no: str, body: dict[str, Any]) -> Any:
    """异议不成立（由公示人以外的人决定）"""
    return service.reject(actor, case_no, **body)


@blueprint.post("/objections/<case_no>/withdraw")
@endpoint(Action.OBJECTION_WITHDRAW, reply=schemas.ObjectionOut)
def withdraw_objection(actor: Actor, case_no: str) -> Any:
    """联络站：撤回异议"""
    return service.withdraw_objection(actor, case_no)


@blueprint.post("/units/<number>/kitchen-links")
@endpoint(
    Action.KITCHEN_LINK_SEND,
    body=schemas.KitchenLinkIn,
    reply=schemas.KitchenLinkOut,
    status=201,
    idempotent=True,
    limit="20/hour",
)
def send_kitchen(actor: Actor, number: str, body: dict[str, Any]) -> Any:
    """联络站：填写阳光厨房链接，工作人员看过以后公开"""
    return service.send_kitchen(actor, number, **body)


@blueprint.post("/units/<number>/kitchen-links/remove")
@endpoint(Action.KITCHEN_LINK_REMOVE, status=204)
def remove_kitchen(actor: Actor, number: str) -> None:
    """撤下公开的阳光厨房链接"""
    service.remove_kitchen(actor, number)


@blueprint.post("/kitchen-links/<number>/decide")
@endpoint(Action.KITCHEN_LINK_DECIDE, body=schemas.ShowingDecisionIn, reply=schemas.KitchenLinkOut)
def decide_kitchen(actor: Actor, number: str, body: dict[str, Any]) -> Any:
    """审核一个阳光厨房链接"""
    return service.decide_kitchen(actor, number, **body)


@blueprint.get("/units/<number>/public-record")
@endpoint(Action.RECORD_READ, reply=schemas.PublicRecordOut)
def record(actor: Actor, number: str) -> Any:
    """一家单位的全部公示信息，包括没有公开的"""
    return queries.record(queries.unit_of(actor, Action.RECORD_READ, number).unit_id)


@blueprint.get("/public-record/waiting")
@endpoint(Action.UNIT_REPLY_DECIDE, reply=schemas.RecordWaitingOut)
def waiting(actor: Actor) -> dict[str, Any]:
    """等待审核的店面照片、回应、阳光厨房链接和异议"""
    return {
        "photos": queries.photos_waiting(actor),
        "replies": queries.replies_waiting(actor),
        "kitchens": queries.kitchens_waiting(actor),
        "objections": queries.objections(actor),
    }
