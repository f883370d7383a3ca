"""Reporting a suspected violation (举报), and following it by number and code. Whoever is signed in is not looked at."""

from typing import Any

from flask import Blueprint, Response, make_response, render_template, request

from backend.access.actor import NOBODY, Actor
from backend.access.policy import Action
from backend.badges import queries as badges
from backend.badges.queries import UnknownBadge
from backend.complaints import queries as complaints
from backend.documents.answers import private_pdf
from backend.emergencies import service as emergencies
from backend.emergencies.rules import Emergency, suggested
from backend.infrastructure import current, photos
from backend.infrastructure.fields import Choice, Text
from backend.infrastructure.http import Public, run
from backend.infrastructure.web import form, page
from backend.kernel.identifiers import COUNTIES
from backend.reports import queries, schemas, service
from backend.reports.model import Report
from backend.reports.rules import CITY, RESULT, Suspicion

blueprint = Blueprint("tip_offs", __name__, url_prefix="/tip-offs")

_REPORTS = Public("a suspected violation may be reported without a name (Order 121 §28)")
_BY_CODE = Public("a report is followed by number and access code")
_PHOTO_BODY = 9 * 1024 * 1024


class ReportForm(schemas.ReportIn):
    """A report; with the reporter's own settlement request, when they want the officers to know that both are theirs."""

    linked_no = Text(40, load_default=None)
    emergency = Choice(Emergency, load_default=None)


@blueprint.get("/new")
@page(_REPORTS, "pages/tip_off.html")
def new(actor: Actor) -> dict[str, Any]:
    token, about = request.values.get("token", ""), request.values.get("about", "")
    return {
        "about": complaints.settlement(actor, Action.SETTLEMENT_WITHDRAW, about) if about else None,
        "token": token,
        "unit": _unit(token),
        "counties": [*COUNTIES.items(), (CITY, "不清楚")],
        "suspicions": [(one.value, one.zh) for one in Suspicion],
        "emergencies": [(one.value, one.zh) for one in Emergency],
        "today": current.today().isoformat(),
    }


@blueprint.post("/new")
@form(_REPORTS, ReportForm, back="tip_offs.new", limit="10/hour", max_body=_PHOTO_BODY, self_contained=True)
def send(actor: Actor, body: dict[str, Any]) -> Response:
    """Number and code are in the answer itself, so that a repeated request shows them again; kept under nobody's name."""
    photo, emergency = photos.of_form(), body.pop("emergency")

    def perform() -> Response:
        if body["linked_no"] is not None:
            body["linked_no"] = complaints.settlement(actor, Action.SETTLEMENT_WITHDRAW, body["linked_no"]).case_no
        filed = service.file_report(**body)
        if emergency is not None:
            where = {"token": body["token"], "county_code": body["county_code"], "place": _where(body)}
            emergencies.raise_emergency(kind=emergency, what=body["facts"], about_no=filed.report.case_no, **where)
        if photo is not None:
            service.attach(filed.report, photo)
        shown = render_template(
            "pages/tip_off_received.html",
            case_no=filed.report.case_no,
            code=filed.access_code,
            emergency=emergency,
            suggestion=suggested(body["facts"]),
        )
        return _unkept(shown)

    return run(perform, NOBODY, idempotent=True)


@blueprint.get("/answer")
@page(_BY_CODE, "pages/progress.html")
def look_up(_actor: Actor) -> dict[str, Any]:
    return {}


@blueprint.post("/answer")
@form(_BY_CODE, schemas.ReportAnswerIn, back="tip_offs.look_up", limit="20/hour", idempotent=True)
def answer(_actor: Actor, body: dict[str, Any]) -> Response:
    service.answer(**body)
    return shown(body["case_no"], body["code"], "已收到您的补充，核查人员会看到。")


@blueprint.post("/photo")
@form(
    _BY_CODE, schemas.ReportCodeIn, back="tip_offs.look_up", limit="30/hour", max_body=_PHOTO_BODY, self_contained=True
)
def add_photo(_actor: Actor, body: dict[str, Any]) -> Response:
    photo = photos.needed_of_form()

    def perform() -> Response:
        service.attach(queries.by_code(body["case_no"], body["code"]), photo)
        return shown(body["case_no"], body["code"], "照片已保存。拍摄地点等附带信息已经去掉。")

    return run(perform, NOBODY, idempotent=False)


@blueprint.post("/result")
@form(_BY_CODE, schemas.ReportCodeIn, back="tip_offs.look_up", limit="20/minute")
def result(_actor: Actor, body: dict[str, Any]) -> Response:
    """The written result (form 10) as PDF."""
    return private_pdf(service.result_by_code(**body))


def shown(case_no: str, code: str, thanks: str | None = None) -> Response:
    """The page that number and code open. raises NotFound, the same for a wrong number or code"""
    report = queries.by_code(case_no, code)
    return _unkept(
        render_template(
            "pages/tip_off_progress.html",
            report=report,
            code=code,
            thanks=thanks,
            state_zh=_state(report),
            is_open=report.state not in report.__lifecycle__.closed,
            said=queries.messages(report.id),
            has_result=any(one.number == RESULT for one in service.papers(report)),
            photos=len(queries.photos(report.id)),
        )
    )


def _where(body: dict[str, Any]) -> str | None:
    """Where to go, from what the report says of the place."""
    parts = [body[key] for key in ("target_name", "target_address", "place") if body[key]]
    return "，".join(parts)[:200] or None


def _unit(token: str) -> Any:
    """The unit of a badge that the reporter scanned; None when there is none, so that they write who it is."""
    try:
        return badges.by_token(token).shown.sections["unit"] if token else None
    except UnknownBadge:
        return None


def _state(report: Report) -> str:
    return report.__lifecycle__.states[report.state or ""]


def _unkept(text: str) -> Response:
    answer = make_response(text)
    answer.headers["Cache-Control"] = "no-store"
    return answer
