"""The station's notice that a unit closes or moves: the form, what was announced, and taking it back."""

from typing import Any

from flask import Blueprint, flash, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.certification import queries as certificates
from backend.closing_notices import queries, schemas, service
from backend.closing_notices.rules import ClosingKind, Prepaid, days_allowed
from backend.infrastructure import current
from backend.infrastructure.fields import Input, Text
from backend.infrastructure.web import form, page
from backend.merchants import queries as merchants

blueprint = Blueprint("closing_pages", __name__, url_prefix="/station/units/<number>/closing")


class ClosingWithdrawForm(Input):
    """Which notice is taken back."""

    case_no = Text(40, required=True)


@blueprint.get("")
@page(Action.CLOSING_ANNOUNCE, "pages/station_closing.html")
def closing(actor: Actor, number: str) -> dict[str, Any]:
    certificate = certificates.get(actor, Action.CLOSING_ANNOUNCE, number)
    notices = queries.of(certificate.unit_id)
    first, last = days_allowed(current.today())
    return {
        "unit": merchants.unit(certificate.unit_id),
        "number": number,
        "standing": next((one for one in notices if one.state == "announced"), None),
        "earlier": [one for one in notices if one.state != "announced"],
        "is_open": certificate.state in certificates.OPEN,
        "kinds": [(kind.value, kind.zh) for kind in ClosingKind],
        "ways": [(way.value, way.zh) for way in Prepaid],
        "first": first,
        "last": last,
    }


@blueprint.post("")
@form(Action.CLOSING_ANNOUNCE, schemas.ClosingNoticeIn, back="closing_pages.closing", idempotent=True, limit="20/hour")
def announce(actor: Actor, number: str, body: dict[str, Any]) -> str:
    notice = service.announce(actor, number, **body)
    flash(f"已公告，扫码页面马上显示。{notice.last_day.month} 月 {notice.last_day.day} 日以前可以撤回。", "success")
    return url_for(".closing", number=number)


@blueprint.post("/withdraw")
@form(Action.CLOSING_WITHDRAW, ClosingWithdrawForm, back="closing_pages.closing")
def withdraw(actor: Actor, number: str, body: dict[str, Any]) -> str:
    service.withdraw(actor, body["case_no"])
    flash("公告已撤回，扫码页面不再显示。", "success")
    return url_for(".closing", number=number)
