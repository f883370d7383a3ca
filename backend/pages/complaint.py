"""Asking a unit's liaison station for redress, and looking up how far it is."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.accounts.consent_texts import CONSENT_TEXTS
from backend.authenticity import queries as authenticity
from backend.badges import cards, tickets
from backend.badges import queries as badges
from backend.casework import queries as cases
from backend.complaints import likeness, queries, service, views
from backend.complaints.rules import Nature, Request
from backend.complaints.schemas import ProgressIn
from backend.emergencies import service as emergencies
from backend.emergencies.rules import Emergency, suggested
from backend.group_complaints import queries as group_queries
from backend.group_complaints import service as groups
from backend.infrastructure import current
from backend.infrastructure.http import Public
from backend.infrastructure.web import form, page
from backend.kernel.errors import DomainError, NotFound
from backend.kernel.identifiers import case_prefix
from backend.merchants.rules import Commitment

from . import feedback, retaliation, tip_offs
from .calculators import settlement_draft
from .case_steps import clocks, course
from .schemas_complaint import ComplainForm, identity_of

blueprint = Blueprint("complaint", __name__)

_BY_CODE = Public("progress is looked up by number and access code")


@blueprint.get("/b/<token>/complain")
@page(Action.SETTLEMENT_SUBMIT, "pages/complain.html")
def complain(actor: Actor, token: str) -> dict[str, Any]:
    found = badges.by_token(token)
    asked = _asked(actor, found.shown.sections["unit"], found.plate.unit_id)
    unit_is = {"token": token}
    draft = settlement_draft(request.args, unit_is)
    return {**asked, "unit_is": unit_is, "ticket": tickets.issue(found.plate.id), "draft": draft}


@blueprint.get("/units/<number>/complain")
@page(Action.SETTLEMENT_SUBMIT, "pages/complain.html")
def complain_from_register(actor: Actor, number: str) -> dict[str, Any]:
    unit_id = badges.registered(number).id
    asked = _asked(actor, cards.show(unit_id).sections["unit"], unit_id)
    unit_is = {"number": number}
    return {**asked, "unit_is": unit_is, "ticket": None, "draft": settlement_draft(request.args, unit_is)}


def _asked(actor: Actor, unit: dict[str, Any], unit_id: str) -> dict[str, Any]:
    """What the form asks of every unit."""
    return {
        "unit": unit,
        "natures": [(one.value, one.zh) for one in Nature],
        "emergencies": [(one.value, one.zh) for one in Emergency],
        "requests": [(one.value, one.zh) for one in Request],
        "commitments": [(item["code"], Commitment(item["code"]).zh) for item in unit["commitments"]],
        "today": current.today().isoformat(),
        "consents": CONSENT_TEXTS,
        "group": _group(request.values.get("group", ""), unit_id),
        "full": service.is_full(actor, unit_id),
        "before": [views.own_view(one) for one in likeness.own_with(actor, unit_id)],
    }


@blueprint.post("/b/<token>/complain")
@form(Action.SETTLEMENT_SUBMIT, ComplainForm, back="complaint.complain", idempotent=True, limit="30/hour")
def send(actor: Actor, token: str, body: dict[str, Any]) -> str:
    return _sent(actor, body, token=token)


@blueprint.post("/units/<number>/complain")
@form(Action.SETTLEMENT_SUBMIT, ComplainForm, back="complaint.complain_from_register", idempotent=True, limit="30/hour")
def send_from_register(actor: Actor, number: str, body: dict[str, Any]) -> str:
    return _sent(actor, body, number=number)


def _sent(actor: Actor, body: dict[str, Any], *, token: str | None = None, number: str | None = None) -> str:
    """Submit it, and all that was ticked with it; the page to go on to."""
    also_report, emergency, group = (body.pop(name) for name in ("also_report", "emergency", "group"))
    submitted = service.submit(actor, token=token, number=number, identity=identity_of(body), **body)
    case_no = submitted.settlement.case_no
    if group is not None:
        groups.join(actor, case_no, code=group)
    if emergency is not None:
        emergencies.raise_emergency(
            kind=emergency, what=body["facts"], unit_id=submitted.settlement.unit_id, about_no=case_no
        )
        flash("已同时通知监管人员。有人正在危险中的，请先打 120、110 或 12315。", "warning")
    elif suggested(body["facts"]):
        flash(
            "您写的像是紧急情况。有人受伤、中毒或者正有危险，请先打 120、110，再点页面底部的“紧急情况”告诉我们。",
            "warning",
        )
    flash(
        f"已经送到联络站。编号 {case_no}，查询码 {submitted.access_code}。"
        "查询码只显示这一次，请截图或抄下来：不登录也能凭它查进度。",
        "success",
    )
    if also_report:
        return url_for("tip_offs.new", about=case_no, token=token)
    return url_for("my.case" if group is None else "group_pages.mine", case_no=case_no)


@blueprint.get("/progress")
@page(_BY_CODE, "pages/progress.html")
def progress(_actor: Actor) -> dict[str, Any]:
    return {}


@blueprint.post("/progress")
@form(_BY_CODE, ProgressIn, back="complaint.progress", limit="20/minute", looks_up=True)
def look_up(_actor: Actor, body: dict[str, Any]) -> Response:
    shown = _SHOWN.get(case_prefix(body["case_no"]))
    if shown is None:
        raise NotFound("progress_not_found", "这个开头的编号不在这里查，请核对。登录以后提的，在“我的”里看。")
    return shown(body["case_no"], body["code"])


def _request(case_no: str, code: str) -> Response:
    """The progress of a request, and of the complaint that it became."""
    settlement = queries.by_access_code(case_no, code)
    complaint = queries.complaint_of(settlement.id)
    shown = complaint or settlement
    parts = [(settlement, "settlement"), *([(complaint, "complaint")] if complaint else [])]
    answer = make_response(
        render_template(
            "pages/progress_shown.html",
            case=shown,
            unit_name=settlement.unit_name,
            state_zh=shown.__lifecycle__.states[shown.state or ""],
            clocks=[clock for case, _ in reversed(parts) for clock in clocks(case, cases.deadlines(case))],
            events=course((kind, cases.events(case)) for case, kind in parts),
        )
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _group(code: str, unit_id: str) -> str | None:
    """The code of a group of this unit, which the new request comes into; None where it opens nothing."""
    try:
        found = group_queries.by_code(code)
    except DomainError:
        return None
    return found.code if found.unit_id == unit_id else None


def _fake_report(case_no: str, code: str) -> Response:
    """The progress of an anonymous report of a false plaque."""
    report = authenticity.fake_report_by_code(case_no, code)
    state_zh = report.__lifecycle__.states[report.state or ""]
    answer = make_response(render_template("pages/fake_progress.html", report=report, state_zh=state_zh))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _objection(case_no: str, _code: str) -> Response:
    """An objection to a public notice has a number alone, and is shown beside the notices."""
    shown = url_for("public_notice_pages.notices", objection=case_no, _anchor="outcome")
    return redirect(shown, 303)  # type: ignore[return-value]


#: How a number begins → what shows how far the case is, to who knows its code.
_SHOWN: Mapping[str, Callable[[str, str], Response]] = {
    "HJ": _request,
    "TS": _request,
    "JB": tip_offs.shown,
    "BH": retaliation.shown,
    "JP": _fake_report,
    "YJ": feedback.shown,
    "YG": _objection,
}
