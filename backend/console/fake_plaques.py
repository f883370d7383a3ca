"""Reports of false plaques at the bureau: the queue, one report, handing it to enforcement or closing it."""

from datetime import timedelta
from typing import Any

from flask import flash, request, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.accounts import queries as accounts
from backend.authenticity import queries, schemas, service
from backend.authenticity.model import FakeReport
from backend.authenticity.schemas import CITY
from backend.badges import unknown_codes
from backend.badges.rules import Unknown
from backend.casework import queries as cases
from backend.infrastructure import current
from backend.infrastructure.web import form, page
from backend.kernel.identifiers import county_name
from backend.pages.case_steps import clocks

from .course import course
from .doors import possible, staff_blueprint

blueprint = staff_blueprint("console_fake_plaques", "/fake-plaques")
#: Days of scans of codes that are not ours.
_UNKNOWN_SHOWN = timedelta(days=29)


@blueprint.get("")
@page(Action.FAKE_REPORT_READ, "console/fake_plaques.html")
def queue(actor: Actor) -> dict[str, Any]:
    everything = request.args.get("state") == "all"
    found = queries.fake_reports(actor, only_open=not everything)
    due = cases.next_deadlines("fake_report", [report.id for report in found])
    open_ones = sorted((report for report in found if report.id in due), key=lambda one: due[one.id].due_at)
    closed = [report for report in found if report.id not in due]
    return {
        "rows": [
            {
                "report": report,
                "state_zh": _state(report),
                "county": _county(report),
                "clock": clocks(report, [due[report.id]])[0] if report.id in due else None,
            }
            for report in [*open_ones, *closed]
        ],
        "everything": everything,
        "unknown": unknown_codes.by_day(current.today() - _UNKNOWN_SHOWN),
        "kinds": list(Unknown),
    }


@blueprint.get("/<case_no>")
@page(Action.FAKE_REPORT_READ, "console/fake_plaque.html")
def case(actor: Actor, case_no: str) -> dict[str, Any]:
    report = queries.fake_report(actor, Action.FAKE_REPORT_READ, case_no)
    return {
        "report": report,
        "state_zh": _state(report),
        "county": _county(report),
        "officer": accounts.staff_names({report.officer_id}).get(report.officer_id or ""),
        "photo": service.link_of(actor, report),
        "possible": possible(actor, report, FakeReport),
        "clocks": clocks(report, cases.deadlines(report)),
        "events": course(report),
    }


@blueprint.post("/<case_no>/hand-over")
@form(Action.FAKE_REPORT_HAND_OVER, schemas.FindingIn, back="console_fake_plaques.case")
def hand_over(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    return _after(service.hand_over(actor, case_no, text=body["text"]), "已移交执法，举报人凭查询码可以看到。")


@blueprint.post("/<case_no>/close")
@form(Action.FAKE_REPORT_CLOSE, schemas.FindingIn, back="console_fake_plaques.case")
def close(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    return _after(service.close(actor, case_no, text=body["text"]), "已了结，举报人凭查询码可以看到理由。")


def _county(report: FakeReport) -> str:
    return "不清楚在哪个县" if report.county_code == CITY else county_name(report.county_code)


def _state(report: FakeReport) -> str:
    return report.__lifecycle__.states[report.state or ""]


def _after(report: FakeReport, words: str) -> str:
    flash(words, "success")
    return url_for("console_fake_plaques.case", case_no=report.case_no)
