"""Pages of the liaison station about its units' public record: the shop front's photo, and answers to what is published."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, request, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.badges import cards
from backend.certification import queries as certificates
from backend.infrastructure import current, photos
from backend.infrastructure.database import unit_of_work
from backend.infrastructure.fields import Input
from backend.infrastructure.web import form, page
from backend.merchants import queries as merchants
from backend.public_record import queries, schemas, service

blueprint = Blueprint("station_units", __name__, url_prefix="/station/units")

_PHOTO_BODY = photos.MOST_BYTES + 64 * 1024


class PhotoForm(Input):
    """A picture; the view reads it."""


@blueprint.get("")
@page(Action.UNIT_REPLY_SEND, "pages/station_units.html")
def units(actor: Actor) -> dict[str, Any]:
    after = request.args.get("after", type=UUID)
    found = merchants.search_for(actor, after=str(after) if after else None)
    held = certificates.newest_of_units([unit.id for unit in found.units])
    return {
        "rows": [
            {"unit": unit, "number": held[unit.id].number, "photo": cards.section(unit.id, "photo")}
            for unit in found.units
            if unit.id in held
        ],
        "next_page": url_for(".units", after=found.after) if found.after else None,
    }


@blueprint.get("/<number>")
@page(Action.UNIT_REPLY_SEND, "pages/station_unit.html")
def unit(actor: Actor, number: str) -> dict[str, Any]:
    certificate = queries.unit_of(actor, Action.UNIT_REPLY_SEND, number)
    record = queries.record(certificate.unit_id)
    today = current.today()
    newest: dict[str, Any] = {}
    for reply in reversed(record.replies):
        newest[reply.about] = reply
    return {
        "unit": merchants.unit(certificate.unit_id),
        "number": number,
        "photo": cards.section(certificate.unit_id, "photo"),
        "last_photo": next(iter(record.photos), None),
        "entries": [one for one in record.entries if one.is_shown(today)],
        "newest": newest,
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
