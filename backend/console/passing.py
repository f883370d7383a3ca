"""Complaints between bureaus at the console: the officer returns, takes over or contests; the city decides; the office assigns."""

from dataclasses import dataclass
from typing import Any

from flask import flash, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.bodies.rules import BUREAUS
from backend.casework import queries as cases
from backend.complaints import likeness, passing_schemas, queries, schemas, service, views
from backend.complaints.jurisdiction import ELSEWHERE, MOST_RETURNS, Trade
from backend.complaints.lifecycle import COMPLAINT
from backend.complaints.model import Complaint, Settlement
from backend.complaints.rules import Request
from backend.infrastructure.database import session
from backend.infrastructure.web import form, page
from backend.joint_meeting import queries as dispatches
from backend.joint_meeting.lifecycle import DISPATCH
from backend.joint_meeting.model import Dispatch
from backend.kernel.identifiers import county_name
from backend.pages.case_steps import clocks

from .course import course
from .department_choices import DEPARTMENT_CHOICES, DEPARTMENT_MATTERS
from .doors import staff_blueprint
from .schemas import Button

blueprint = staff_blueprint("console_passing", "/complaints")
office_blueprint = staff_blueprint("console_returned", "/returned")
_BUREAUS = [(body.code, body.name) for body in BUREAUS.values()]
_PLACES = [*((code, county_name(code)) for code in BUREAUS), (ELSEWHERE, "温州以外")]


@dataclass(frozen=True)
class Passing:
    """What stands beside a complaint on its page: where it may go and how often still, what is like it, who leads it.

    bureaus, trades, places   choices; known: what the register tells of the places
    left, assigned            how many returns are left; whether it may be returned at all
    like, facts, merged       of complaints.likeness
    dispatch, dispatch_zh     of the joint meeting, or None, and its state in words
    """

    bureaus: list[tuple[str, str]]
    trades: list[tuple[str, str]]
    places: list[tuple[str, str]]
    known: Any
    left: int
    assigned: bool
    like: list[likeness.Like]
    facts: list[likeness.Fact]
    merged: likeness.Merged
    dispatch: Dispatch | None
    dispatch_zh: str | None


def passing(complaint: Complaint) -> Passing:
    """For the parts of a complaint's page that are not about deciding on it."""
    others = [(code, name) for code, name in _BUREAUS if code != complaint.county_code]
    trades = [(trade.value, trade.zh) for trade in Trade]
    dispatch = dispatches.of_complaint(complaint.id)
    return Passing(
        bureaus=others,
        trades=trades,
        places=_PLACES,
        known=queries.known_places(complaint.unit_id),
        left=MOST_RETURNS - complaint.returns,
        assigned=complaint.assigned,
        like=likeness.like(session().get_one(Settlement, complaint.settlement_id)),
        facts=likeness.facts(complaint),
        merged=likeness.merged(complaint),
        dispatch=dispatch,
        dispatch_zh=DISPATCH.states[dispatch.state or ""] if dispatch else None,
    )


@blueprint.post("/<case_no>/pass-on")
@form(Action.COMPLAINT_PASS_ON, passing_schemas.PassOnIn, back="console_complaints.case")
def pass_on(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    complaint = service.pass_on(actor, case_no, **body)
    if complaint.state == "unassigned":
        flash(f"{case_no} 已是第三次退回，已报联席会议办公室指定承办单位。投诉人已经知道。", "success")
    else:
        told = BUREAUS[complaint.county_code].name
        flash(
            f"{case_no} 已转给{told}，两个工作日内由他们接收或者退回。投诉人已经知道转到了哪里、怎么联系。", "success"
        )
    return url_for("console_complaints.queue")


@blueprint.post("/<case_no>/take-over")
@form(Action.COMPLAINT_TAKE_OVER, Button, back="console_complaints.case")
def take_over(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.take_over(actor, case_no)
    return _after(case_no, "已接收，由您承办。决定是否受理的期限从今天的次日起算，投诉人会收到通知。")


@blueprint.post("/<case_no>/contest")
@form(Action.COMPLAINT_CONTEST, passing_schemas.ContestIn, back="console_complaints.case")
def contest(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.contest(actor, case_no, **body)
    return _after(case_no, "已报请市级决定由谁处理，七个工作日内会有结果。")


@blueprint.post("/<case_no>/decide-power")
@form(Action.COMPLAINT_DECIDE_POWER, passing_schemas.AssignIn, back="console_complaints.case")
def decide_power(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.decide_power(actor, case_no, **body)
    return _after(case_no, "已决定由谁处理，该单位和投诉人会收到通知。")


@blueprint.post("/<case_no>/merge")
@form(Action.COMPLAINT_MERGE, schemas.MergeIn, back="console_complaints.case")
def merge(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.merge(actor, case_no, **body)
    return _after(case_no, "已并入，两件一并办理，投诉人会收到通知。")


@office_blueprint.get("")
@page(Action.COMPLAINT_ASSIGN, "console/returned.html")
def returned(actor: Actor) -> dict[str, Any]:
    found = queries.at_office(actor)
    due = cases.next_deadlines("complaint", [one.id for one in found])
    return {
        "rows": [
            {
                "case": one,
                "returns": one.returns,
                "holder": BUREAUS[one.county_code].name,
                "clock": clocks(one, [due[one.id]])[0] if one.id in due else None,
            }
            for one in found
        ]
    }


@office_blueprint.get("/<case_no>")
@page(Action.COMPLAINT_ASSIGN, "console/returned_case.html")
def returned_case(actor: Actor, case_no: str) -> dict[str, Any]:
    complaint = queries.brought_to_office(actor, case_no)
    settlement = session().get_one(Settlement, complaint.settlement_id)
    wanted = "、".join(one.zh for one in Request if one.value in settlement.wanted)
    return {
        "case": complaint,
        "state_zh": COMPLAINT.states[complaint.state or ""],
        "wanted": wanted,
        "facts": views.facts_for_others(settlement),
        "moves": views.moves(complaint),
        "holder": views.holder(complaint),
        "clocks": clocks(complaint, cases.deadlines(complaint)),
        "bureaus": _BUREAUS,
        "dispatch": dispatches.of_complaint(complaint.id),
        "closed": COMPLAINT.closed,
        "departments": DEPARTMENT_CHOICES,
        "matters": DEPARTMENT_MATTERS,
        "events": course(complaint),
    }


@office_blueprint.post("/<case_no>")
@form(Action.COMPLAINT_ASSIGN, passing_schemas.AssignIn, back="console_returned.returned_case")
def assign(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    complaint = service.assign(actor, case_no, **body)
    flash(f"已指定由{BUREAUS[complaint.county_code].name}承办，该单位和投诉人会收到通知。", "success")
    return url_for(".returned_case", case_no=case_no)


def _after(case_no: str, words: str) -> str:
    flash(words, "success")
    return url_for("console_complaints.case", case_no=case_no)
