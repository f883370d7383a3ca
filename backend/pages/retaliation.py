"""Telling of retaliation for a complaint or a report, and following it by number and code. Merchant and station see nothing of it."""

from typing import Any

from flask import Blueprint, Response, make_response, render_template, request

from backend.access.actor import NOBODY, Actor
from backend.access.policy import Action
from backend.complaints import queries as complaints
from backend.infrastructure.http import Public, run
from backend.infrastructure.web import form, page
from backend.retaliation import queries, schemas, service
from backend.retaliation.rules import Act

blueprint = Blueprint("retaliation", __name__, url_prefix="/retaliation")

_BY_OWN_CASE = Public("number and access code of one's own dispute or report are the permission, or a sign-in with it")
_BY_CODE = Public("a case of retaliation is followed by number and access code")


@blueprint.get("")
@page(_BY_OWN_CASE, "pages/retaliation.html")
def new(actor: Actor) -> dict[str, Any]:
    about = request.args.get("about", "") if request.method == "GET" else request.form.get("about", "")
    own = complaints.settlement(actor, Action.SETTLEMENT_WITHDRAW, about) if about else None
    return {"about": own, "acts": [(act.value, act.zh) for act in Act]}


@blueprint.post("")
@form(_BY_OWN_CASE, schemas.RetaliationIn, back="retaliation.new", limit="6/hour", self_contained=True)
def send(actor: Actor, body: dict[str, Any]) -> Response:
    """Number and code are in the answer itself, so that a repeated request shows them again; kept under nobody's name."""

    def perform() -> Response:
        told = service.tell(actor, **body)
        return _unkept(
            render_template(
                "pages/retaliation_told.html",
                case_no=told.case.case_no,
                code=told.access_code,
                in_danger=body["in_danger"],
            )
        )

    return run(perform, NOBODY, idempotent=True)


@blueprint.get("/answer")
@page(_BY_CODE, "pages/progress.html")
def look_up(_actor: Actor) -> dict[str, Any]:
    return {}


@blueprint.post("/answer")
@form(_BY_CODE, schemas.RetaliationAnswerIn, back="retaliation.look_up", limit="20/hour", idempotent=True)
def answer(_actor: Actor, body: dict[str, Any]) -> Response:
    service.answer(**body)
    return shown(body["case_no"], body["code"], "已收到您的补充，处理人马上收到通知。")


def shown(case_no: str, code: str, thanks: str | None = None) -> Response:
    """The page that number and code open. raises NotFound, the same for a wrong number or code"""
    case = queries.by_code(case_no, code)
    return _unkept(
        render_template(
            "pages/retaliation_progress.html",
            case=case,
            code=code,
            thanks=thanks,
            state_zh=case.__lifecycle__.states[case.state or ""],
            is_open=case.state not in case.__lifecycle__.closed,
            notes=queries.notes(case, for_person=True),
            protections=queries.protections(case),
        )
    )


def _unkept(text: str) -> Response:
    answer = make_response(text)
    answer.headers["Cache-Control"] = "no-store"
    return answer
