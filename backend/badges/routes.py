"""Badges over JSON."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from flask import Response, current_app

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.certification import queries as certificates
from backend.infrastructure import metrics
from backend.infrastructure.http import ApiBlueprint, Public, endpoint
from backend.infrastructure.paging import PageQuery
from backend.kernel.clock import local_date
from backend.kernel.errors import NotFound

from . import history, mini_codes, order_schemas, orders, queries, scan_log, schemas, service, tickets, unknown_codes
from .answers import Answer, answer
from .artwork import TEMPLATES
from .queries import ScannedBadge, ScannedPlate, UnknownBadge
from .rules import VoidReason

blueprint = ApiBlueprint("badges", __name__, description="放心码、标牌和扫码")
Found = TypeVar("Found")
#: Data that no browser should take for a page.
_POLICY = "default-src 'none'; frame-ancestors 'none'"
#: What of a card's sections everybody sees.
_UNIT, _CERTIFICATE = tuple(schemas.UnitOut().fields), tuple(schemas.CertificateOut().fields)


def card_of(scanned: ScannedBadge) -> dict[str, Any]:
    """The card as audiences read it."""
    sections = scanned.shown.sections
    photo = sections.get("photo")
    address = f"/api/v1/units/{sections['certificate']['number']}/photo"
    return {
        "standing": scanned.standing.value,
        "standing_zh": scanned.standing.zh,
        "past": scanned.shown.past,
        "unit": _shown(sections["unit"], _UNIT),
        "certificate": _shown(sections["certificate"], _CERTIFICATE),
        "score": sections.get("score", {"count": 0}),
        "outcomes": sections.get("outcomes", {}),
        "photo": {"url": address, "on": photo["on"]} if photo else None,
        "record": sections["record"],
        "closing": sections["closing"],
        "reviews": sections.get("reviews", {}).get("reports", []),
        "plate": _plate_of(scanned.plate),
    }


def _shown(section: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: section[name] for name in names if name in section}


def _plate_of(plate: ScannedPlate) -> dict[str, Any]:
    return {
        "serial": plate.serial,
        "placement": plate.placement.value,
        "label": plate.label,
        "voided_on": local_date(plate.voided_at).isoformat() if plate.voided_at else None,
        "void_reason": VoidReason(plate.void_reason).zh if plate.void_reason else None,
    }


def known(find: Callable[[str], Found], token: str) -> Found:
    """What `find` gives for a token; codes that are not ours are counted. raises UnknownBadge"""
    try:
        return find(token)
    except UnknownBadge as error:
        metrics.EVENTS.labels("unknown_badge").inc()
        scan_log.note(unknown_codes.MARKS[error.kind])
        raise


def answer_of(found: ScannedBadge, _token: str) -> Answer:
    """The card as stored bytes."""
    card = current_app.json.dumps(card_of(found), separators=(",", ":"))
    return answer(found.plate.id, found.plate.unit_id, card.encode(), "application/json", policy=_POLICY)


@blueprint.get("/badges/<token>")
@endpoint(Public("anyone may see whether a certificate stands"), reply=schemas.CardOut, limit="120/minute")
def card(actor: Actor, token: str) -> Response:
    """扫码看卡片：证书是否有效、是哪家店、评价和投诉处理"""
    made = answer_of(known(queries.by_token, token), token)
    scan_log.note(made.plate_id)
    return made.response()


@blueprint.post("/scans")
@endpoint(
    Public("scanning needs no sign-in"), body=schemas.ScanIn, reply=schemas.ScanOut, limit="120/minute", writes=False
)
def scan(actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
    """扫码：得到卡片和到店凭证"""
    found = known(lambda brought: queries.by_token(queries.token_from(brought)), body["brought"])
    scan_log.note(found.plate.id)
    return {"card": card_of(found), "visit_ticket": tickets.issue(found.plate.id)}


@blueprint.get("/plates/<serial>")
@endpoint(Action.PLATE_READ, reply=schemas.PlateOut)
def plate(actor: Actor, serial: str) -> Any:
    """一块牌"""
    return queries.plate_by_serial(actor, Action.PLATE_READ, serial)


@blueprint.get("/plates/<serial>/artwork.<kind>")
@endpoint(
    Action.PLATE_READ,
    query=schemas.ArtworkQuery,
    produces=("image/png", "application/pdf", "image/svg+xml"),
)
def artwork(actor: Actor, serial: str, kind: str, query: dict[str, Any]) -> Response:
    """印刷文件：png、pdf 或 svg，按标牌的位置或另选的版式"""
    found = queries.plate_by_serial(actor, Action.PLATE_READ, serial)
    template = TEMPLATES.get(query.get("template", ""))
    if kind == "png":
        return Response(service.artwork_png(found, template), content_type="image/png")
    if kind == "pdf":
        return Response(service.artwork_pdf(found, template), content_type="application/pdf")
    if kind == "svg":
        return Response(service.artwork_svg(found, template), content_type="image/svg+xml")
    raise NotFound("artwork_kind_unknown", "只有 png、pdf 和 svg 三种印刷文件。")


@blueprint.post("/plates/<serial>/void")
@endpoint(Action.PLATE_VOID, body=schemas.VoidIn, reply=schemas.PlateOut)
def void(actor: Actor, serial: str, body: dict[str, Any]) -> Any:
    """作废一块牌"""
    return service.void_plate(actor, serial, body["reason"])


@blueprint.get("/units/<number>/plates")
@endpoint(Action.PLATE_READ, query=PageQuery, reply=order_schemas.PlatesOut)
def plates_of_unit(actor: Actor, number: str, query: dict[str, Any]) -> Any:
    """一家单位的标牌，按证书编号，新的在前"""
    certificate = certificates.get(actor, Action.PLATE_READ, number)
    return queries.plates_for(actor, certificate.unit_id, **query)


@blueprint.get("/plates/<serial>/history")
@endpoint(Action.PLATE_READ, query=order_schemas.PlateHistoryQuery, reply=order_schemas.PlateHistoryOut)
def plate_history(actor: Actor, serial: str, query: dict[str, Any]) -> Any:
    """一块牌的经历，从早到晚"""
    found = queries.plate_by_serial(actor, Action.PLATE_READ, serial)
    return history.of_plate(found.id, query["after"], query["limit"])


@blueprint.post("/plates/<serial>/loss")
@endpoint(Action.PLATE_REPORT_LOSS, body=order_schemas.PlateLossIn, reply=order_schemas.PlateLossOut, idempotent=True)
def report_loss(actor: Actor, serial: str, body: dict[str, Any]) -> dict[str, Any]:
    """报告遗失或损坏：马上作废，可以同时订新牌"""
    plate, order = orders.report_loss(actor, serial, reason=VoidReason(body["reason"]), replace=body["replace"])
    return {"plate": plate, "replacement": order}


@blueprint.get("/plate-orders")
@endpoint(Action.PLATE_READ, query=PageQuery, reply=order_schemas.PlateOrdersOut)
def list_orders(actor: Actor, query: dict[str, Any]) -> Any:
    """标牌订单，新的在前"""
    return queries.orders(actor, **query)


@blueprint.post("/plate-orders")
@endpoint(
    Action.PLATE_ORDER, body=order_schemas.PlateOrderIn, reply=order_schemas.PlateOrderOut, status=201, idempotent=True
)
def order_plates(actor: Actor, body: dict[str, Any]) -> Any:
    """为一家单位订制标牌"""
    return orders.order_for_unit(actor, **body)


@blueprint.post("/plate-orders/batch")
@endpoint(
    Action.PLATE_ISSUE, body=order_schemas.PlateBatchIn, reply=order_schemas.PlateOrderOut, status=201, idempotent=True
)
def order_batch(actor: Actor, body: dict[str, Any]) -> Any:
    """为许多单位订制标牌：全市，或一个县（市、区）、一个类别"""
    return orders.order_for_many(actor, **body)


@blueprint.get("/plate-orders/<number>")
@endpoint(Action.PLATE_READ, reply=order_schemas.PlateOrderProgressOut)
def plate_order(actor: Actor, number: str) -> dict[str, Any]:
    """一个订单和它的进度"""
    found = queries.order(actor, Action.PLATE_READ, number)
    progress = queries.progress_of([found.id])[found.id]
    return order_schemas.with_progress(found, progress.drawn, progress.coded)


@blueprint.post("/plate-orders/<number>/mini-codes")
@endpoint(Action.PLATE_ISSUE, reply=order_schemas.PlateOrderOut)
def ask_for_codes(actor: Actor, number: str) -> Any:
    """请微信为这批标牌生成小程序码；已有的不再生成"""
    return mini_codes.ask_for_codes(actor, number)


@blueprint.get("/plates/<serial>/mini-code")
@endpoint(Action.PLATE_READ, produces=("image/png", "image/jpeg"))
def mini_code(actor: Actor, serial: str) -> Response:
    """一块牌的小程序码"""
    kind, content = mini_codes.picture_of(queries.plate_by_serial(actor, Action.PLATE_READ, serial))
    return Response(content, content_type=f"image/{kind}")
