"""The consumer lets the station see a phone number; the station looks at it once, on a page that is kept nowhere."""

from typing import Any

from flask import Blueprint, Response, flash, make_response, render_template, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.accounts.consent_texts import CONSENT_TEXTS, Purpose
from backend.complaints import phones, queries, service
from backend.complaints.lifecycle import SETTLEMENT
from backend.complaints.phone_schemas import SharePhoneIn
from backend.infrastructure.web import form, page
from backend.kernel.masking import phone_ends

from .schemas_station import Nothing

blueprint = Blueprint("shared_phone_pages", __name__)


@blueprint.get("/my/cases/<case_no>/phone")
@page(Action.PHONE_SHARE, "pages/my_phone.html")
def mine(actor: Actor, case_no: str) -> dict[str, Any]:
    settlement = queries.settlement(actor, Action.PHONE_SHARE, case_no)
    held, known = phones.shared(settlement.id), phones.known(actor, settlement)
    return {
        "case": settlement,
        "open": settlement.state not in SETTLEMENT.closed,
        "shared": phone_ends(held.phone or "") if held else None,
        "known": phone_ends(known) if known else None,
        "looks": phones.looks(settlement.id),
        "consent": CONSENT_TEXTS[Purpose.PHONE_SHARING],
    }


@blueprint.post("/my/cases/<case_no>/phone")
@form(Action.PHONE_SHARE, SharePhoneIn, back="shared_phone_pages.mine", limit="20/hour")
def share(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.share_phone(actor, case_no, phone=body["phone"])
    flash("联络站现在能看到您的电话。您可以随时收回。", "success")
    return url_for(".mine", case_no=case_no)


@blueprint.post("/my/cases/<case_no>/phone/take-back")
@form(Action.PHONE_SHARE, Nothing, back="shared_phone_pages.mine")
def take_back(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.take_back_phone(actor, case_no)
    flash("已收回，号码已经删除。已经看过的人可能还记得，如有骚扰请告诉我们或者拨打 12345。", "success")
    return url_for(".mine", case_no=case_no)


@blueprint.post("/station/<case_no>/phone")
@form(Action.PHONE_VIEW, Nothing, back="station.case", limit="60/hour")
def view(actor: Actor, case_no: str, body: dict[str, Any]) -> Response:
    phone, noted_at = service.view_phone(actor, case_no)
    shown = render_template("pages/station_phone.html", case_no=case_no, phone=phone, noted_at=noted_at)
    answer = make_response(shown)
    answer.headers["Cache-Control"] = "no-store"
    return answer
