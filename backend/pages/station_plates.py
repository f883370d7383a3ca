"""The liaison station's plates (我的标牌): what hangs where, ordering more, and reporting one lost or damaged in one step."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.badges import orders, queries
from backend.badges import service as badges
from backend.badges.rules import LONGEST_LABEL, MOST_OF_A_UNIT, Placement, VoidReason
from backend.certification import queries as certificates
from backend.infrastructure.headers import attachment
from backend.infrastructure.paging import row_id
from backend.infrastructure.web import form, page
from backend.merchants import queries as merchants

from .plate_words import plate_words
from .schemas_station import PlateLossForm, PlateOrderForm

blueprint = Blueprint("station_plates", __name__, url_prefix="/station/plates")

#: Placement → the words with which a station chooses it.
PLACES = [(place.value, place.zh) for place in Placement]
#: What a station may report; a copied plate is the office's business.
LOSSES = [(reason.value, reason.zh) for reason in (VoidReason.LOST, VoidReason.DAMAGED)]


@blueprint.get("")
@page(Action.PLATE_REPORT_LOSS, "pages/station_plates.html")
def units(actor: Actor) -> dict[str, Any] | Response:
    """The station's units; whoever has a single one is led to its plates."""
    found = merchants.search_for(actor, after=request.args.get("after", type=row_id))
    ids = [unit.id for unit in found.units]
    held, counts = certificates.newest_of_units(ids), queries.counts_in_use(ids)
    rows = [
        {"unit": unit, "number": held[unit.id].number, "count": counts[unit.id]}
        for unit in found.units
        if unit.id in held
    ]
    if found.total == 1 and rows:
        return redirect(url_for(".unit", number=rows[0]["number"]), 303)  # type: ignore[return-value]
    return {
        "rows": rows,
        "total": found.total,
        "next_page": url_for(".units", after=found.after) if found.after else None,
    }


@blueprint.get("/unit/<number>")
@page(Action.PLATE_REPORT_LOSS, "pages/station_unit_plates.html")
def unit(actor: Actor, number: str) -> dict[str, Any]:
    certificate = certificates.get(actor, Action.PLATE_REPORT_LOSS, number)
    found = queries.plates_for(actor, certificate.unit_id, request.args.get("before", type=row_id))
    return {
        "unit": merchants.unit(certificate.unit_id),
        "number": number,
        "plates": found.items,
        "next_page": url_for(".unit", number=number, before=found.next) if found.next else None,
        "coming": queries.in_use(certificate.unit_id)
        - queries.counts_in_use([certificate.unit_id])[certificate.unit_id],
        "places": PLACES,
        "most": MOST_OF_A_UNIT,
        "longest_label": LONGEST_LABEL,
    }


@blueprint.post("/unit/<number>/order")
@form(Action.PLATE_ORDER, PlateOrderForm, back="station_plates.unit", idempotent=True)
def order(actor: Actor, number: str, body: dict[str, Any]) -> str:
    made = orders.order_for_unit(actor, number, **body)
    flash(f"已订 {made.plates} 块，订单 {made.number}。几分钟内就有序列号和印刷文件，刷新这个页面就能看到。", "success")
    return url_for(".unit", number=number)


@blueprint.get("/<serial>")
@page(Action.PLATE_REPORT_LOSS, "pages/station_plate.html")
def plate(actor: Actor, serial: str) -> dict[str, Any]:
    found = queries.plate_by_serial(actor, Action.PLATE_REPORT_LOSS, serial)
    certificate = certificates.newest_of_unit(found.unit_id)
    return {
        **plate_words(found),
        "unit": merchants.unit(found.unit_id),
        "number": certificate.number if certificate else None,
        "losses": LOSSES,
    }


@blueprint.post("/<serial>/loss")
@form(Action.PLATE_REPORT_LOSS, PlateLossForm, back="station_plates.plate", idempotent=True)
def report_loss(actor: Actor, serial: str, body: dict[str, Any]) -> str:
    found, made = orders.report_loss(actor, serial, reason=VoidReason(body["reason"]), replace=body["replace"])
    flash(loss_words(found.serial, made.number if made else None), "success")
    return url_for(".plate", serial=found.serial)


@blueprint.get("/<serial>.<any(png, pdf):kind>")
@page(Action.PLATE_READ, "pages/station_plate.html")
def artwork(actor: Actor, serial: str, kind: str) -> Response:
    """What a print shop needs of a plate."""
    found = queries.plate_by_serial(actor, Action.PLATE_READ, serial)
    if kind == "png":
        content, content_type = badges.artwork_png(found), "image/png"
    else:
        content, content_type = badges.artwork_pdf(found), "application/pdf"
    headers = {"Content-Disposition": attachment(f"{found.serial}.{kind}")}
    return Response(content, content_type=content_type, headers=headers)


def loss_words(serial: str, order_no: str | None) -> str:
    """What is told to whoever reported a plate."""
    done = f"标牌 {serial} 已经作废，再扫这块牌会显示“这块牌已作废”。证书和其他牌不受影响。"
    return f"{done}新牌已订，订单 {order_no}。" if order_no else done
