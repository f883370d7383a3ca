"""Pages of the liaison station about its units' public record: the shop front's photo, and answers to what is published."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, request, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.applications import queries as applications
from backend.badges import cards
from backend.infrastructure import current, photos
from backend.infrastructure.database import unit_of_work
from backend.infrastructure.fields import Input, Text
from backend.infrastructure.web import form, page
from backend.merchants import queries as merchants
from backend.merchants.rules import Category
from backend.public_record import queries, schemas, service

blueprint = Blueprint("station_units", __name__, url_prefix="/station/units")

_PHOTO_BODY = photos.MOST_BYTES + 64 * 1024


class PhotoForm(Input):
    """A picture; the view reads it."""


class ButtonForm(Input):
    """A button alone."""


class ObjectionWithdrawForm(Input):
    """Which objection is taken back."""

    case_no = Text(40, required=True)


@blueprint.get("")
@page(Action.UNIT_REPLY_SEND, "pages/station_units.html")
def units(actor: Actor) -> dict[str, Any]:
    after = request.args.get("after", type=UUID)
    found, following = queries.station_units(actor, after=str(after) if after else None)
    under_way = {case.unit_id: case for case in applications.in_hand(actor)}
    return {
        "rows": [
            {
                "unit": one.unit,
                "certificate": one.certificate,
                "photo": cards.section(one.unit.id, "photo"),
                "applied": under_way.get(one.unit.id),
                "may_apply": applications.opening_of(one.certificate).kind,
            }
            for one in found
        ],
        "uncertified": applications.uncertified(actor) if not after else [],
        "next_page": url_for(".units", after=following) if following else None,
    }


@blueprint.get("/<number>")
@page(Action.UNIT_REPLY_SEND, "pages/station_unit.html")
def unit(actor: Actor, number: str) -> dict[str, Any]:
    certificate = queries.unit_of(actor, Action.UNIT_REPLY_SEND, number)
    record = queries.record(certificate.unit_id)
    today = current.today()
    newest: dict[str, Any] = {}
    objected: dict[str, Any] = {}
    for reply in reversed(record.replies):
        newest[reply.about] = reply
    for objection in reversed(record.objections):
        objected[objection.entry_id] = objection
    held = merchants.unit(certificate.unit_id)
    return {
        "unit": held,
        "number": number,
        "photo": cards.section(certificate.unit_id, "photo"),
        "last_photo": next(iter(record.photos), None),
        "entries": [one for one in record.entries if one.is_shown(today)],
        "newest": newest,
        "objected": objected,
        "has_kitchen": held.category is Category.RESTAURANT,
        "kitchen": cards.section(certificate.unit_id, "record").get("kitchen"),
        "last_kitchen": next(iter(record.kitchens), None),
    }


@blueprint.post("/<number>/photo")
@form(
    Action.SHOP_PHOTO_SEND, PhotoForm, back="station_units.unit", max_body=_PHOTO_BODY, limit="20/hour",
    self_contained=True,
)  # fmt: skip
def send_photo(actor: Actor, number: str, body: dict[str, Any]) -> str:
    picture = service.prepare(photos.needed_of_form())
    with unit_of_work():
        service.send_photo(actor, number, picture)
    flash("照片已上传，工作人员看过以后公开。拍摄地点等附带信息已经去掉。", "success")
    return url_for(".unit", number=number)


@blueprint.post("/<number>/reply")
@form(Action.UNIT_REPLY_SEND, schemas.UnitReplyIn, back="station_units.unit", idempotent=True, limit="20/hour")
def send_reply(actor: Actor, number: str, body: dict[str, Any]) -> str:
    service.send_reply(actor, number, **body)
    flash("回应已提交，工作人员看过以后公开。", "success")
    return url_for(".unit", number=number)


@blueprint.post("/<number>/objection")
@form(Action.OBJECTION_RAISE, schemas.ObjectionIn, back="station_units.unit", idempotent=True, limit="20/hour")
def raise_objection(actor: Actor, number: str, body: dict[str, Any]) -> str:
    service.raise_objection(actor, number, **body)
    flash("异议已提交。核查期间，这条公示会注明“单位有异议”；结果会通知您。", "success")
    return url_for(".unit", number=number)


@blueprint.post("/<number>/objection/withdraw")
@form(Action.OBJECTION_WITHDRAW, ObjectionWithdrawForm, back="station_units.unit")
def withdraw_objection(actor: Actor, number: str, body: dict[str, Any]) -> str:
    service.withdraw_objection(actor, body["case_no"])
    flash("异议已撤回。", "success")
    return url_for(".unit", number=number)


@blueprint.post("/<number>/kitchen")
@form(Action.KITCHEN_LINK_SEND, schemas.KitchenLinkIn, back="station_units.unit", idempotent=True, limit="20/hour")
def send_kitchen(actor: Actor, number: str, body: dict[str, Any]) -> str:
    service.send_kitchen(actor, number, **body)
    flash("链接已提交，工作人员打开看过以后公开。", "success")
    return url_for(".unit", number=number)


@blueprint.post("/<number>/kitchen/remove")
@form(Action.KITCHEN_LINK_REMOVE, ButtonForm, back="station_units.unit")
def remove_kitchen(actor: Actor, number: str, body: dict[str, Any]) -> str:
    service.remove_kitchen(actor, number)
    flash("链接已撤下。", "success")
    return url_for(".unit", number=number)
