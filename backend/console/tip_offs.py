"""Reports at the bureau: the queue, one report with its questions, and what is decided. Merchants and stations see nothing of it."""

from typing import Any

from flask import Response, flash, make_response, render_template, request, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.accounts import queries as accounts
from backend.casework import queries as cases
from backend.complaints import queries as complaints
from backend.documents.answers import private_pdf
from backend.infrastructure.database import unit_of_work
from backend.infrastructure.web import form, page
from backend.kernel.identifiers import county_name
from backend.pages.case_steps import clocks
from backend.reports import queries, schemas, service
from backend.reports.model import Report
from backend.reports.rules import CITY

from .course import course
from .doors import possible, staff_blueprint
from .schemas import Button

blueprint = staff_blueprint("console_tip_offs", "/tip-offs")


@blueprint.get("")
@page(Action.REPORT_READ, "console/tip_offs.html")
def queue(actor: Actor) -> dict[str, Any]:
    everything = request.args.get("state") == "all"
    found = queries.reports(actor, only_open=not everything)
    due = cases.next_deadlines("report", [report.id for report in found])
    open_ones = sorted((report for report in found if report.id in due), key=lambda one: due[one.id].due_at)
    closed = [report for report in found if report.id not in due]
    names = accounts.staff_names({report.officer_id for report in found})
    return {
        "rows": [
            {
                "report": report,
                "state_zh": _state(report),
                "county": _county(report),
                "officer": names.get(report.officer_id or ""),
                "clock": clocks(report, [due[report.id]])[0] if report.id in due else None,
            }
            for report in [*open_ones, *closed]
        ],
        "everything": everything,
    }


@blueprint.get("/<case_no>")
@page(Action.REPORT_READ, "console/tip_off.html")
def case(actor: Actor, case_no: str) -> dict[str, Any]:
    report = queries.report(actor, Action.REPORT_READ, case_no)
    papers, looks, messages = service.papers(report), queries.views(report.id), queries.messages(report.id)
    asked = {message.officer_id for message in messages}
    names = accounts.staff_names({report.officer_id, report.extension_by, *asked, *(look.officer_id for look in looks)})
    return {
        "report": report,
        "state_zh": _state(report),
        "county": _county(report),
        "officer": names.get(report.officer_id or ""),
        "extension_by": names.get(report.extension_by or ""),
        "own_extension": report.extension_by == actor.account_id,
        "photos": [service.link_of(actor, photo) for photo in queries.photos(report.id)],
        "said": [{"message": one, "by": names.get(one.officer_id or "")} for one in messages],
        "looks": [{"look": look, "by": names.get(look.officer_id)} for look in looks],
        "alike": queries.alike(actor, report),
        "papers": papers,
        "paper_choices": [(one.number, one.title) for one in papers],
        "parent": queries.parent(report),
        "possible": possible(actor, report, Report),
        "clocks": clocks(report, cases.deadlines(report)),
        "events": course(report),
    }


@blueprint.post("/clues/<case_no>")
@form(Action.REPORT_NOTE_CLUE, schemas.ClueIn, back="console_complaints.case", idempotent=True)
def note_clue(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    complaint = complaints.complaint(actor, Action.COMPLAINT_ACCEPT, case_no)
    report = service.note_clue(actor, linked_no=complaint.case_no, unit_id=complaint.unit_id, **body)
    return _after(report, "已转入举报，核查期限从今天的次日起算。投诉的调解照常进行，商家和联络站看不到这件举报。")


@blueprint.post("/<case_no>/ask")
@form(Action.REPORT_ASK, schemas.ReportTextIn, back="console_tip_offs.case", idempotent=True)
def ask(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.ask(actor, case_no, text=body["text"])
    flash("问题已留下，举报人凭查询码可以看到并回答。", "success")
    return url_for("console_tip_offs.case", case_no=case_no)


@blueprint.post("/<case_no>/reporter")
@form(Action.REPORTER_REVEAL, schemas.ReporterPurposeIn, back="console_tip_offs.case", limit="60/hour")
def reveal(actor: Actor, case_no: str, body: dict[str, Any]) -> Response:
    """The contact on a page of its own, once; the answer is kept by nobody."""
    contact, noted_at = service.reveal_reporter(actor, case_no, purpose=body["purpose"])
    shown = render_template(
        "console/reporter.html", case_no=case_no, contact=contact, noted_at=noted_at, purpose=body["purpose"]
    )
    answer = make_response(shown)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.post("/<case_no>/documents")
@form(Action.REPORTER_REVEAL, schemas.ReportPaperIn, back="console_tip_offs.case", limit="60/hour", self_contained=True)
def print_paper(actor: Actor, case_no: str, body: dict[str, Any]) -> Response:
    """A form as PDF; the look is noted."""
    with unit_of_work():
        filled = service.officers_paper(actor, case_no, **body)
    return private_pdf(filled)


@blueprint.post("/<case_no>/verify")
@form(Action.REPORT_VERIFY, Button, back="console_tip_offs.case")
def verify(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    return _after(service.verify(actor, case_no), "已开始核查，您是承办人。")


@blueprint.post("/<case_no>/ask-extension")
@form(Action.REPORT_ASK_EXTENSION, schemas.ReportTextIn, back="console_tip_offs.case")
def ask_extension(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    return _after(service.ask_extension(actor, case_no, text=body["text"]), "已提出申请，请另一名同事批准。")


@blueprint.post("/<case_no>/approve-extension")
@form(Action.REPORT_APPROVE_EXTENSION, Button, back="console_tip_offs.case")
def approve_extension(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    return _after(service.approve_extension(actor, case_no), "已批准，核查期限延长十五个工作日。")


@blueprint.post("/<case_no>/deny-extension")
@form(Action.REPORT_DENY_EXTENSION, Button, back="console_tip_offs.case")
def deny_extension(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    return _after(service.deny_extension(actor, case_no), "没有批准延长，期限不变。")


@blueprint.post("/<case_no>/file-case")
@form(Action.REPORT_FILE_CASE, schemas.ReportTextIn, back="console_tip_offs.case")
def file_case(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    return _after(service.file_case(actor, case_no, text=body["text"]), "已记下立案，举报人凭查询码可以看到。")


@blueprint.post("/<case_no>/not-file")
@form(Action.REPORT_NOT_FILE, schemas.ReportTextIn, back="console_tip_offs.case")
def not_file(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    return _after(service.not_file(actor, case_no, text=body["text"]), "已记下不予立案，举报人凭查询码可以看到理由。")


@blueprint.post("/<case_no>/transfer")
@form(Action.REPORT_TRANSFER, schemas.ReportTransferIn, back="console_tip_offs.case")
def transfer(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    return _after(service.transfer(actor, case_no, **body), "已记下移送，举报人凭查询码可以看到移送给谁。")


@blueprint.post("/<case_no>/merge")
@form(Action.REPORT_MERGE, schemas.ReportMergeIn, back="console_tip_offs.case")
def merge(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    return _after(
        service.merge(actor, case_no, into=body["into"]), "已并入之前的举报，那一件的核查期限从今天起重新计算。"
    )


@blueprint.post("/<case_no>/close-repeat")
@form(Action.REPORT_CLOSE_REPEAT, schemas.ReportRepeatIn, back="console_tip_offs.case")
def close_repeat(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    return _after(service.close_repeat(actor, case_no, of=body["of"]), "已按重复举报了结。")


def _county(report: Report) -> str:
    return "不清楚在哪个县" if report.county_code == CITY else county_name(report.county_code)


def _state(report: Report) -> str:
    return report.__lifecycle__.states[report.state or ""]


def _after(report: Report, words: str) -> str:
    flash(words, "success")
    return url_for("console_tip_offs.case", case_no=report.case_no)
