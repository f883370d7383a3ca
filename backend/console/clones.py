"""Suspected clones: the queue, plates with signals, one case with its hours, photos and decision."""

from datetime import datetime
from typing import Any

from flask import flash, request, url_for

from backend.access.actor import Actor
from backend.access.decide import may
from backend.access.policy import Action
from backend.accounts import queries as accounts
from backend.authenticity import queries, rules, schemas, service, signals
from backend.authenticity.model import CloneCase
from backend.authenticity.rules import Cleared
from backend.casework import queries as cases
from backend.certification import queries as certificates
from backend.infrastructure import current
from backend.infrastructure.web import form, page
from backend.kernel.identifiers import county_name
from backend.merchants import queries as merchants
from backend.pages.case_steps import clocks

from .course import course, grounds
from .doors import possible, staff_blueprint
from .schemas import Button

blueprint = staff_blueprint("console_clones", "/clones")


@blueprint.get("")
@page(Action.CLONE_CASE_READ, "console/clones.html")
def queue(actor: Actor) -> dict[str, Any]:
    everything = request.args.get("state") == "all"
    found = queries.clone_cases(actor, only_open=not everything)
    due = cases.next_deadlines("clone_case", [case.id for case in found])
    ordered = sorted(found, key=lambda case: (case.id not in due, due[case.id].due_at if case.id in due else None))
    return {
        "rows": [
            {
                "case": case,
                "state_zh": _state(case),
                "county": county_name(case.county_code),
                "clock": clocks(case, [due[case.id]])[0] if case.id in due else None,
            }
            for case in ordered
        ],
        "everything": everything,
        "watched": [
            {"plate": one, "county": county_name(one.county_code), "told": rules.words(one.told)}
            for one in signals.watched(actor)
        ],
        "may_open": may(actor, Action.CLONE_CASE_OPEN),
    }


@blueprint.post("/open")
@form(Action.CLONE_CASE_OPEN, schemas.SuspectIn, back="console_clones.queue", idempotent=True)
def open_case(actor: Actor, body: dict[str, Any]) -> str:
    made = service.open_case(actor, body["serial"])
    flash("已立案，请到场核查。", "success")
    return url_for(".case", case_no=made.case_no)


@blueprint.get("/<case_no>")
@page(Action.CLONE_CASE_READ, "console/clone.html")
def case(actor: Actor, case_no: str) -> dict[str, Any]:
    found = queries.clone_case(actor, Action.CLONE_CASE_READ, case_no)
    certificate = certificates.newest_of_unit(found.unit_id)
    reports = queries.reports_of(found)
    until = current.now() if found.state in {"opened", "checking"} else found.state_since
    names = accounts.staff_names({found.officer_id})
    return {
        "case": found,
        "state_zh": _state(found),
        "county": county_name(found.county_code),
        "unit": merchants.unit(found.unit_id),
        "certificate_no": certificate.number if certificate else None,
        "officer": names.get(found.officer_id or ""),
        "hours": _hours(found, until),
        "reports": [{"report": report, "photo": service.link_of(actor, report)} for report in reports],
        "possible": possible(actor, found, CloneCase),
        "clocks": clocks(found, cases.deadlines(found)),
        "events": course(found),
        "grounds": grounds(list(Cleared)),
    }


@blueprint.post("/<case_no>/check")
@form(Action.CLONE_CASE_CHECK, Button, back="console_clones.case")
def check(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    return _after(service.check(actor, case_no), "已开始核查，您是承办人。")


@blueprint.post("/<case_no>/confirm")
@form(Action.CLONE_CASE_CONFIRM, schemas.FindingIn, back="console_clones.case")
def confirm(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    words = "已确认被冒用。这块牌已作废，扫码马上会显示；单位会收到通知，联席会议办公室会收到补发新牌的提醒。"
    return _after(service.confirm(actor, case_no, text=body["text"]), words)


@blueprint.post("/<case_no>/dismiss")
@form(Action.CLONE_CASE_DISMISS, schemas.DismissIn, back="console_clones.case")
def dismiss(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    return _after(service.dismiss(actor, case_no, **body), "已了结，标牌照常有效。")


def _hours(found: CloneCase, until: datetime) -> list[signals.Hour]:
    """The day before the case was opened and the last one, each hour once; hours in which nothing happened are left out."""
    before = signals.hours(found.plate_id, found.opened_at)
    after = [hour for hour in signals.hours(found.plate_id, until) if hour.at > before[-1].at]
    return [hour for hour in (*before, *after) if hour.scans or hour.misplaced or hour.far]


def _state(found: CloneCase) -> str:
    return found.__lifecycle__.states[found.state or ""]


def _after(found: CloneCase, words: str) -> str:
    flash(words, "success")
    return url_for("console_clones.case", case_no=found.case_no)
