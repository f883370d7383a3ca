"""Pages of the liaison station: what consumers ask, until when it is to be answered, and the answer.

A consumer is known here by an alias alone; name, phone and address never reach these pages.
"""

from typing import Any

from flask import Blueprint, flash, request, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.applications import queries as applications
from backend.casework import queries as cases
from backend.certification import queries as certificates
from backend.certification import rules as certification
from backend.certification.model import Certificate
from backend.complaints import queries, service, views
from backend.complaints.model import Settlement
from backend.complaints.rules import Offer, Request
from backend.infrastructure import current, photos
from backend.infrastructure.database import unit_of_work
from backend.infrastructure.web import form, page
from backend.merchants import queries as merchants
from backend.merchants.rules import Commitment
from backend.supervision import queries as supervision

from .case_steps import clocks, timeline
from .groups import size_of
from .schemas_station import Nothing, OfferForm, RefusalForm

blueprint = Blueprint("station", __name__, url_prefix="/station")

_PAGE, _LAST_PAGE = 20, 10_000
_PHOTO_BODY = 9 * 1024 * 1024
_REQUESTS = {request.value: request.zh for request in Request}


@blueprint.get("")
@page(Action.SETTLEMENT_OFFER, "pages/station.html")
def inbox(actor: Actor) -> dict[str, Any]:
    found, applied = views.inbox_rows(actor), applications.in_hand(actor)
    objected = applications.unanswered([case.id for case in applied if case.state == "public_notice"])
    today = current.today()
    return {
        "stations": merchants.stations_of(actor),
        "ours": [{"case": row, "wanted": _wanted(row.wanted)} for row in found if row.station_turn],
        "theirs": [{"case": row, "wanted": _wanted(row.wanted)} for row in found if not row.station_turn],
        "removals": [removal for removal in supervision.removals(actor) if removal.state == "awaiting_reply"],
        "returned": [case for case in applied if case.state == "returned"],
        "objected": [case for case in applied if case.id in objected],
        "uncertified": applications.uncertified(actor),
        "troubled": [_certificate(found) for found in certificates.not_in_force(actor, today)],
    }


@blueprint.get("/closed")
@page(Action.SETTLEMENT_OFFER, "pages/station_closed.html")
def closed(actor: Actor) -> dict[str, Any]:
    at = min(max(request.args.get("page", 1, type=int), 1), _LAST_PAGE)
    found, total = queries.station_archive(actor, at, _PAGE)
    return {
        "rows": [
            {"case": settlement, "wanted": _wanted(settlement.wanted), "state_zh": _state(settlement)}
            for settlement in found
        ],
        "total": total,
        "page": at,
        "pages": max(1, -(-total // _PAGE)),
        "address": lambda other: url_for("station.closed", page=other),
    }


@blueprint.get("/<case_no>")
@page(Action.SETTLEMENT_OFFER, "pages/station_case.html")
def case(actor: Actor, case_no: str) -> dict[str, Any]:
    settlement = queries.settlement(actor, Action.SETTLEMENT_OFFER, case_no)
    view = views.settlement_view(actor, settlement)
    complaint = queries.complaint_of(settlement.id)
    return {
        "case": view,
        "wanted": _wanted(settlement.wanted),
        "promise": Commitment(view.commitment).zh if view.commitment else None,
        "offers": [(kind.value, kind.zh) for kind in Offer],
        "clocks": clocks(settlement, cases.deadlines(settlement)),
        "events": timeline("settlement", view.events),
        "group_size": size_of(settlement),
        "complaint": views.complaint_view(actor, complaint, settlement) if complaint else None,
        "complaint_is_over": complaint is not None and complaint.state in complaint.__lifecycle__.closed,
        "complaint_zh": complaint.__lifecycle__.states[complaint.state or ""] if complaint else None,
    }


@blueprint.post("/<case_no>/take")
@form(Action.SETTLEMENT_TAKE, Nothing, back="station.case")
def take(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    settlement = service.take(actor, case_no)
    flash("由您来办。同事能看到，但只有您能答复。", "success")
    return url_for("station.case", case_no=settlement.case_no)


@blueprint.post("/<case_no>/hand-over")
@form(Action.SETTLEMENT_HAND_OVER, Nothing, back="station.case")
def hand_over(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    settlement = service.hand_over(actor, case_no)
    flash("已请同事接手。有人接手以前，仍由您负责。", "success")
    return url_for("station.case", case_no=settlement.case_no)


@blueprint.post("/<case_no>/offer")
@form(Action.SETTLEMENT_OFFER, OfferForm, back="station.case")
def offer(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    settlement = service.offer(actor, case_no, **body)
    flash("方案已发给消费者，对方会收到提醒。", "success")
    return url_for("station.case", case_no=settlement.case_no)


@blueprint.post("/<case_no>/refuse")
@form(Action.SETTLEMENT_REFUSE, RefusalForm, back="station.case")
def refuse(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    settlement = service.refuse(actor, case_no, text=body["text"])
    flash("已把您的答复发给消费者。", "success")
    return url_for("station.case", case_no=settlement.case_no)


@blueprint.post("/<case_no>/photos")
@form(Action.EVIDENCE_ADD, Nothing, back="station.case", max_body=_PHOTO_BODY, limit="60/hour", self_contained=True)
def add_photo(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    found = service.cleaned(photos.needed_bytes_of_form())
    with unit_of_work():
        service.add_photo(actor, case_no, found, for_station=True)
    flash("已保存，消费者和市场监管部门都能看到。", "success")
    return url_for("station.case", case_no=case_no)


def _wanted(codes: list[str]) -> str:
    return "、".join(_REQUESTS[code] for code in codes)


def _state(settlement: Settlement) -> str:
    return settlement.__lifecycle__.states[settlement.state or ""]


def _certificate(found: Certificate) -> dict[str, Any]:
    """A certificate of the station's that does not plainly stand: why, since when, and until when to put it right."""
    deadline = cases.next_deadlines("certificate", [found.id]).get(found.id)
    running = deadline if deadline is not None and found.state in {"rectifying", "suspended"} else None
    return {
        "number": found.number,
        "unit_name": merchants.unit(found.unit_id).name,
        "standing": found.standing_on(current.today()),
        "reason": certification.Ground(found.ground).zh if found.ground else None,
        "since": found.reason_on or found.valid_until,
        "clock": clocks(found, [running])[0] if running else None,
    }
