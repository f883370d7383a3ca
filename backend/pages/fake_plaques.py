"""Is this plaque genuine? The checker with the list of known false ones, and reporting a false plaque."""

from typing import Any

from flask import Blueprint, Response, make_response, render_template

from backend.access.actor import Actor
from backend.authenticity import checking, queries, service
from backend.authenticity.schemas import CITY, FakeReportWords
from backend.infrastructure import photos
from backend.infrastructure.database import unit_of_work
from backend.infrastructure.fields import Input, Text
from backend.infrastructure.http import Public, run
from backend.infrastructure.web import form, page
from backend.kernel.identifiers import COUNTIES

from .money import Yuan

blueprint = Blueprint("fake_plaques", __name__)

_ASKS = Public("anyone may ask whether a plaque is genuine")
_REPORTS = Public("a false plaque may be reported without a name (Order 121 §28)")
_PHOTO_BODY = 9 * 1024 * 1024


class PlaqueForm(Input):
    """What stands on a plaque; its photo is read by the view."""

    words = Text(200, load_default="")


class FakeReportForm(FakeReportWords):
    """A report of a false plaque; the price is typed in yuan, the photo is read by the view."""

    price_fen = Yuan(load_default=None)


@blueprint.get("/plaques")
@page(_ASKS, "pages/plaques.html")
def plaques(_actor: Actor) -> dict[str, Any]:
    return {"fakes": queries.known_fakes(), "checked": None}


@blueprint.post("/plaques")
@form(_ASKS, PlaqueForm, back="fake_plaques.plaques", limit="30/minute", max_body=_PHOTO_BODY, self_contained=True)
def check(_actor: Actor, body: dict[str, Any]) -> Response:
    """The answer itself; neither words nor photo are kept."""
    photo = photos.of_form()
    codes = photos.qr_texts(photo) if photo else []
    with unit_of_work(read_only=True):
        unread = photo is not None and not codes
        checked = checking.check(body["words"], codes) if codes or body["words"] or not unread else None
        page_text = render_template(
            "pages/plaques.html", fakes=queries.known_fakes(), checked=checked, typed=body["words"], unread=unread
        )
    answer = make_response(page_text)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get("/fake-plaques/report")
@page(_REPORTS, "pages/fake_report.html")
def report(_actor: Actor) -> dict[str, Any]:
    return {"counties": [*COUNTIES.items(), (CITY, "不清楚")]}


@blueprint.post("/fake-plaques/report")
@form(
    _REPORTS,
    FakeReportForm,
    back="fake_plaques.report",
    limit="10/hour",
    max_body=_PHOTO_BODY,
    self_contained=True,
)
def send(actor: Actor, body: dict[str, Any]) -> Response:
    """The number and the code are in the answer itself, so that a repeated request shows them again."""
    photo = photos.of_form()

    def perform() -> Response:
        received = service.report_fake(**body)
        if photo is not None:
            service.attach(service.ticket_of(received.report), photo)
        answer = make_response(
            render_template("pages/fake_reported.html", case_no=received.report.case_no, code=received.access_code)
        )
        answer.headers["Cache-Control"] = "no-store"
        return answer

    return run(perform, actor, idempotent=True)
