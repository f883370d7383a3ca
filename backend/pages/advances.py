"""Paying first on pages: the consumer asks, the payer's station decides, pays and gets it back."""

from typing import Any

from flask import Blueprint, flash, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.certification import queries as certificates
from backend.compensation import queries, service
from backend.compensation.model import AdvancePayment
from backend.compensation.rules import Because
from backend.compensation.schemas import AdvanceDeclineIn, AdvanceReasonIn, PaidIn
from backend.complaints import queries as complaints
from backend.infrastructure import photos
from backend.infrastructure.database import unit_of_work
from backend.infrastructure.fields import Choice, Input
from backend.infrastructure.web import form, page
from backend.merchants import queries as merchants

from .money import Yuan
from .schemas_station import Nothing

blueprint = Blueprint("advances", __name__)
_PHOTO_BODY = photos.MOST_BYTES + 64 * 1024


class AskForm(Input):
    """A wish to be paid first, in yuan."""

    because = Choice(Because, required=True)
    amount_fen = Yuan(required=True)


class CapForm(Input):
    """Caps in yuan."""

    per_case_fen = Yuan(required=True)
    per_day_fen = Yuan(required=True)


@blueprint.get("/my/cases/<case_no>/advance")
@page(Action.ADVANCE_REQUEST, "pages/my_advance.html")
def mine(actor: Actor, case_no: str) -> dict[str, Any]:
    settlement, found = queries.advances_of(actor, case_no)
    ways = service.ways(settlement)
    return {
        "settlement": settlement,
        "found": [_row(actor, one) for one in found],
        "reasons": [(one.because.value, one.because.zh) for one in ways if one.closed is None],
        "closed": [(one.because.zh, one.closed) for one in ways if one.closed],
        "under_way": any(one.state != "declined" for one in found),
        "most": service.most_fen(settlement),
    }


@blueprint.post("/my/cases/<case_no>/advance")
@form(Action.ADVANCE_REQUEST, AskForm, back="advances.mine", idempotent=True, limit="30/hour")
def ask(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.request(actor, case_no, **body)
    flash("申请已送到付款方，对方决定后会通知您。", "success")
    return url_for(".mine", case_no=case_no)


@blueprint.get("/station/advances")
@page(Action.ADVANCE_APPROVE, "pages/station_advances.html")
def queue(actor: Actor) -> dict[str, Any]:
    return _queue(actor)


def _queue(actor: Actor) -> dict[str, Any]:
    units = merchants.search_for(actor, after=None).units
    held = certificates.newest_of_units([unit.id for unit in units])
    stations = [
        {"station": station, "cap": queries.cap_of(station.id), "number": held[unit.id].number}
        for station in merchants.stations_of(actor)
        for unit in [next((one for one in units if one.station_id == station.id and one.id in held), None)]
        if unit is not None
    ]
    asked = queries.advances_to_decide(actor)
    shielded = complaints.through_officer([one.settlement_id for one in asked])
    return {
        "stations": stations,
        "advances": [{**_row(actor, one), "through_officer": one.settlement_id in shielded} for one in asked],
        "recoveries": [{"case": one, "state_zh": _state(one)} for one in queries.recoveries(actor)],
    }


@blueprint.post("/station/advances/<number>/cap")
@form(Action.FUND_CAP_SET, CapForm, back="advances.queue_again")
def cap(actor: Actor, number: str, body: dict[str, Any]) -> str:
    service.set_cap(actor, number, **body)
    flash("限额已设定，从现在起有效。", "success")
    return url_for(".queue")


@blueprint.post("/station/advances/<number>/approve")
@form(Action.ADVANCE_APPROVE, Nothing, back="advances.queue_again")
def approve(actor: Actor, number: str, body: dict[str, Any]) -> str:
    service.approve(actor, number)
    flash("已同意先行赔付。请在三天内付款，然后上传凭证。", "success")
    return url_for(".queue")


@blueprint.post("/station/advances/<number>/decline")
@form(Action.ADVANCE_DECLINE, AdvanceDeclineIn, back="advances.queue_again")
def decline(actor: Actor, number: str, body: dict[str, Any]) -> str:
    service.decline(actor, number, **body)
    flash("已把您的答复发给消费者。", "success")
    return url_for(".queue")


@blueprint.post("/station/advances/<number>/pay")
@form(Action.ADVANCE_PAY, PaidIn, back="advances.queue_again", max_body=_PHOTO_BODY, self_contained=True)
def pay(actor: Actor, number: str, body: dict[str, Any]) -> str:
    voucher = photos.needed_of_form()
    with unit_of_work():
        service.pay(actor, number, voucher, **body)
    flash("已登记付款。", "success")
    return url_for(".queue")


@blueprint.post("/station/advances/<number>/recover")
@form(Action.RECOVERY_RECOVER, AdvanceReasonIn, back="advances.queue_again")
def recover(actor: Actor, number: str, body: dict[str, Any]) -> str:
    service.recover(actor, number, **body)
    flash("已登记追回。", "success")
    return url_for(".queue")


@blueprint.post("/station/advances/<number>/write-off")
@form(Action.RECOVERY_WRITE_OFF, AdvanceReasonIn, back="advances.queue_again")
def write_off(actor: Actor, number: str, body: dict[str, Any]) -> str:
    service.write_off(actor, number, **body)
    flash("已核销。", "success")
    return url_for(".queue")


@blueprint.get("/station/advances/<number>")
@page(Action.ADVANCE_APPROVE, "pages/station_advances.html")
def queue_again(actor: Actor, number: str) -> dict[str, Any]:
    """The same list, where a refused form of one of its cases comes back."""
    return _queue(actor)


def _row(actor: Actor, payment: AdvancePayment) -> dict[str, Any]:
    return {"case": payment, "state_zh": _state(payment), "voucher": service.voucher_link(actor, payment)}


def _state(case: Any) -> str:
    words: str = case.__lifecycle__.states[case.state]
    return words
