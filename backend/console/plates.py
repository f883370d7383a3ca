"""Orders of plates and single plates: asked for, issued, drawn, handed to the printer; lost, void, replaced."""

from typing import Any

from flask import Response, flash, request, url_for

from backend.access.actor import Actor
from backend.access.decide import may, permits
from backend.access.policy import Action
from backend.badges import mini_codes, orders, print_files, queries
from backend.badges.model import Plate, PlateOrder
from backend.badges.rules import MOST_OF_A_UNIT, VoidReason
from backend.certification import queries as certificates
from backend.infrastructure.headers import attachment
from backend.infrastructure.paging import row_id
from backend.infrastructure.web import form, page
from backend.kernel.errors import NotFound
from backend.kernel.identifiers import COUNTIES, county_name
from backend.merchants import queries as merchants
from backend.merchants.rules import Category
from backend.pages.plate_words import order_words, plate_words
from backend.pages.schemas_station import PlateLossForm, PlateOrderForm
from backend.pages.station_plates import LOSSES, PLACES, loss_words

from .doors import staff_blueprint
from .schemas import Button, PlateBatchForm

blueprint = staff_blueprint("console_plates", "/plates")

_PAGE = 20


@blueprint.get("")
@page(Action.PLATE_READ, "console/plates.html")
def listed(actor: Actor) -> dict[str, Any]:
    found = queries.orders(actor, request.args.get("before", type=row_id), _PAGE)
    progress = queries.progress_of([order.id for order in found.items])
    return {
        "rows": [{"order": order, "about": _about(order), "drawn": progress[order.id].drawn} for order in found.items],
        "next_page": url_for(".listed", before=found.next) if found.next else None,
        "may_issue": may(actor, Action.PLATE_ISSUE),
    }


@blueprint.get("/new")
@page(Action.PLATE_ISSUE, "console/plate_order_new.html")
def new(_actor: Actor) -> dict[str, Any]:
    return {
        "places": PLACES,
        "counties": list(COUNTIES.items()),
        "categories": [(kind.value, kind.zh) for kind in Category],
        "most": MOST_OF_A_UNIT,
    }


@blueprint.post("/new")
@form(Action.PLATE_ISSUE, PlateBatchForm, back="console_plates.new", idempotent=True)
def order_many(actor: Actor, body: dict[str, Any]) -> str:
    made = orders.order_for_many(actor, **body)
    flash(f"已为 {made.units} 家单位订 {made.plates} 块标牌，正在发放。", "success")
    return url_for(".order", number=made.number)


@blueprint.post("/units/<number>/order")
@form(Action.PLATE_ORDER, PlateOrderForm, back="console_units.unit", idempotent=True)
def order_for_unit(actor: Actor, number: str, body: dict[str, Any]) -> str:
    made = orders.order_for_unit(actor, number, **body)
    flash(f"已订 {made.plates} 块标牌，正在发放。", "success")
    return url_for(".order", number=made.number)


@blueprint.get("/orders/<number>")
@page(Action.PLATE_READ, "console/plate_order.html")
def order(actor: Actor, number: str) -> dict[str, Any]:
    found = queries.order(actor, Action.PLATE_READ, number)
    unit = merchants.unit(found.unit_id) if found.unit_id else None
    held = certificates.newest_of_unit(unit.id) if unit else None
    return {
        **order_words(found),
        "about": _about(found),
        "unit": unit,
        "certificate_no": held.number if held else None,
        "plates": queries.plates_of_order(found.id),
        "parts": _parts(found),
        "fault": mini_codes.fault_words(found.codes_fault) if found.codes_fault else None,
        "may_issue": permits(actor, Action.PLATE_ISSUE, found, PlateOrder.__scope__),
    }


@blueprint.get("/orders/<number>/<int:part>.zip")
@page(Action.PLATE_READ, "console/plate_order.html")
def files(actor: Actor, number: str, part: int) -> Response:
    """A part of the order for the printer, streamed; five hundred plates with their list."""
    found = queries.order(actor, Action.PLATE_READ, number)
    if not 1 <= part <= print_files.parts(found):
        raise NotFound("plate_files_missing", "没有这一包印刷文件，请回到订单页面重新下载。")
    headers = {"Content-Disposition": attachment(f"{print_files.name_of(found, part)}.zip")}
    return Response(print_files.of_part(found, part).zipped(), content_type="application/zip", headers=headers)


@blueprint.post("/orders/<number>/mini-codes")
@form(Action.PLATE_ISSUE, Button, back="console_plates.order")
def ask_for_codes(actor: Actor, number: str, body: dict[str, Any]) -> str:
    found = mini_codes.ask_for_codes(actor, number)
    flash("正在请微信生成小程序码，刷新这个页面看进度。", "success")
    return url_for(".order", number=found.number)


@blueprint.post("/orders/<number>/sent")
@form(Action.PLATE_ISSUE, Button, back="console_plates.order")
def note_sent(actor: Actor, number: str, body: dict[str, Any]) -> str:
    found = orders.note_sent(actor, number)
    flash("已记下：这批标牌送交印制。", "success")
    return url_for(".order", number=found.number)


@blueprint.get("/<serial>")
@page(Action.PLATE_READ, "console/plate.html")
def plate(actor: Actor, serial: str) -> dict[str, Any]:
    found = queries.plate_by_serial(actor, Action.PLATE_READ, serial)
    held = certificates.newest_of_unit(found.unit_id)
    return {
        **plate_words(found),
        "unit": merchants.unit(found.unit_id),
        "certificate_no": held.number if held else None,
        "losses": LOSSES,
        "may_report": permits(actor, Action.PLATE_REPORT_LOSS, found, Plate.__scope__),
    }


@blueprint.post("/<serial>/loss")
@form(Action.PLATE_REPORT_LOSS, PlateLossForm, back="console_plates.plate", idempotent=True)
def report_loss(actor: Actor, serial: str, body: dict[str, Any]) -> str:
    found, made = orders.report_loss(actor, serial, reason=VoidReason(body["reason"]), replace=body["replace"])
    flash(loss_words(found.serial, made.number if made else None), "success")
    return url_for(".plate", serial=found.serial)


@blueprint.get("/<serial>/mini-code")
@page(Action.PLATE_READ, "console/plate.html")
def mini_code(actor: Actor, serial: str) -> Response:
    """The plate's mini-program code as WeChat made it."""
    found = queries.plate_by_serial(actor, Action.PLATE_READ, serial)
    kind, content = mini_codes.picture_of(found)
    headers = {"Content-Disposition": attachment(f"{found.serial}-mini.{kind}")}
    return Response(content, content_type=f"image/{kind}", headers=headers)


def _about(found: PlateOrder) -> str:
    """For whom, in words."""
    if found.unit_id:
        return merchants.unit(found.unit_id).name
    place = county_name(found.county_code) if found.county_code else "全市"
    return f"{place}{found.category.zh if found.category else '各类单位'}，{found.units} 家"


def _parts(found: PlateOrder) -> list[tuple[int, int, int]]:
    """The zip files: number, first and last plate."""
    size, count = print_files.PART, found.issued
    return [(part, size * (part - 1) + 1, min(size * part, count)) for part in range(1, print_files.parts(found) + 1)]
