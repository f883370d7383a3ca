"""The joint meeting at the console: a bureau proposes, the office gives it to a lead, departments lead and assist."""

from typing import Any

from flask import flash, url_for

from backend.access.actor import Actor
from backend.access.decide import may
from backend.access.policy import Action
from backend.bodies.rules import DEPARTMENTS
from backend.casework import queries as cases
from backend.complaints.rules import Request
from backend.infrastructure.web import form, page
from backend.joint_meeting import queries, schemas, service, views
from backend.joint_meeting.lifecycle import ASSISTANCE, DISPATCH
from backend.joint_meeting.model import Assistance, Dispatch
from backend.joint_meeting.rules import MOST_RETURNS
from backend.pages.case_steps import clocks

from .course import course
from .department_choices import DEPARTMENT_CHOICES, DEPARTMENT_MATTERS
from .doors import possible, staff_blueprint
from .schemas import Button

blueprint = staff_blueprint("console_joint_meeting", "/joint-meeting")
proposals = staff_blueprint("console_proposals", "")
_REQUESTS = {one.value: one.zh for one in Request}


@blueprint.get("")
@page(Action.DISPATCH_READ, "console/joint_meeting.html")
def queue(actor: Actor) -> dict[str, Any]:
    leading, assisting = queries.dispatches(actor), queries.to_assist(actor)
    due = {
        **cases.next_deadlines("dispatch", [one.id for one in leading]),
        **cases.next_deadlines("assistance", [one.id for one in assisting]),
    }
    return {
        "rows": [_row(one, due) for one in leading],
        "assisting": [_assist_row(one, due) for one in assisting],
        "assists": may(actor, Action.ASSISTANCE_REPLY),
    }


@blueprint.get("/<case_no>")
@page(Action.DISPATCH_READ, "console/dispatch.html")
def case(actor: Actor, case_no: str) -> dict[str, Any]:
    found = queries.dispatch(actor, Action.DISPATCH_READ, case_no)
    matter = views.matter(found.complaint_id)
    return {
        "case": found,
        "matter": matter,
        "wanted": "、".join(_REQUESTS[code] for code in matter.wanted),
        "state_zh": DISPATCH.states[found.state or ""],
        "lead": DEPARTMENTS[found.lead_code].name if found.lead_code else None,
        "assistants": views.assistants(found),
        "moves": views.moves(found),
        "possible": possible(actor, found, Dispatch),
        "may_ask": found.state in {"sent", "in_hand"} and may(actor, Action.ASSISTANCE_ASK),
        "may_release": may(actor, Action.ASSISTANCE_RELEASE),
        "left": MOST_RETURNS - found.returns,
        "departments": DEPARTMENT_CHOICES,
        "matters": DEPARTMENT_MATTERS,
        "clocks": clocks(found, cases.deadlines(found)),
        "events": course(found),
    }


@blueprint.post("/<case_no>/send")
@form(Action.DISPATCH_SEND, schemas.SendIn, back="console_joint_meeting.case")
def send(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    found = service.send(actor, case_no, **body)
    return _after(case_no, f"已交{DEPARTMENTS[found.lead_code or ''].name}牵头，各单位和投诉人会收到通知。")


@blueprint.post("/<case_no>/decline")
@form(Action.DISPATCH_DECLINE, schemas.ReasonIn, back="console_joint_meeting.case")
def decline(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.decline(actor, case_no, **body)
    return _after(case_no, "没有交办，由市场监管部门继续办理。")


@blueprint.post("/<case_no>/accept")
@form(Action.DISPATCH_ACCEPT, Button, back="console_joint_meeting.case")
def accept(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.accept(actor, case_no)
    return _after(case_no, "已接收，由您承办。请在期限内报办理结果。")


@blueprint.post("/<case_no>/hand-back")
@form(Action.DISPATCH_HAND_BACK, schemas.HandBackIn, back="console_joint_meeting.case")
def hand_back(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    found = service.hand_back(actor, case_no, **body)
    if found.state == "returned":
        return _after(case_no, "这是第三次退回，已报联席会议办公室决定。")
    flash(f"{case_no} 已转给{DEPARTMENTS[found.lead_code or ''].name}，投诉人会知道。", "success")
    return url_for("console_joint_meeting.queue")


@blueprint.post("/<case_no>/report")
@form(Action.DISPATCH_REPORT, schemas.ResultIn, back="console_joint_meeting.case")
def report(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.report(actor, case_no, **body)
    return _after(case_no, "结果已报联席会议办公室，投诉人现在就能看到。")


@blueprint.post("/<case_no>/ask-more")
@form(Action.DISPATCH_ASK_MORE, schemas.ReasonIn, back="console_joint_meeting.case")
def ask_more(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.ask_more(actor, case_no, **body)
    return _after(case_no, "已请牵头部门补充。")


@blueprint.post("/<case_no>/confirm")
@form(Action.DISPATCH_CONFIRM, Button, back="console_joint_meeting.case")
def confirm(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.confirm(actor, case_no)
    return _after(case_no, "已核对，这件交办办结。")


@blueprint.post("/<case_no>/ask")
@form(Action.ASSISTANCE_ASK, schemas.AskIn, back="console_joint_meeting.case")
def ask(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    asked = service.ask(actor, case_no, **body)
    return _after(case_no, f"已请{views.department(asked)}协办。")


@blueprint.get("/assist/<case_no>")
@page(Action.ASSISTANCE_READ, "console/assistance.html")
def assistance(actor: Actor, case_no: str) -> dict[str, Any]:
    found = queries.assistance(actor, Action.ASSISTANCE_READ, case_no)
    lead = queries.of_assistance(found)
    matter = views.matter(lead.complaint_id)
    return {
        "case": found,
        "matter": matter,
        "wanted": "、".join(_REQUESTS[code] for code in matter.wanted),
        "lead": DEPARTMENTS[lead.lead_code].name if lead.lead_code else None,
        "state_zh": ASSISTANCE.states[found.state or ""],
        "department": views.department(found),
        "possible": possible(actor, found, Assistance),
        "clocks": clocks(found, cases.deadlines(found)),
        "events": course(found),
    }


@blueprint.post("/assist/<case_no>/reply")
@form(Action.ASSISTANCE_REPLY, schemas.ResultIn, back="console_joint_meeting.assistance")
def reply(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.reply(actor, case_no, **body)
    flash("已答复牵头部门。", "success")
    return url_for(".assistance", case_no=case_no)


@blueprint.post("/assist/<case_no>/release")
@form(Action.ASSISTANCE_RELEASE, Button, back="console_joint_meeting.assistance")
def release(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.release(actor, case_no)
    flash("不用再答复了。", "success")
    return url_for(".assistance", case_no=case_no)


@proposals.post("/complaints/<case_no>/propose-dispatch")
@form(Action.DISPATCH_PROPOSE, schemas.ProposeIn, back="console_complaints.case")
def propose(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.propose(actor, case_no, **body)
    flash("已提请联席会议办公室指定牵头部门。这件投诉仍由本单位答复投诉人，期限照算。", "success")
    return url_for("console_complaints.case", case_no=case_no)


@proposals.post("/returned/<case_no>/dispatch")
@form(Action.DISPATCH_SEND, schemas.SendNewIn, back="console_returned.returned_case")
def send_new(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    found = service.send_new(actor, case_no, **body)
    return _after(
        found.case_no, f"已交{DEPARTMENTS[found.lead_code or ''].name}牵头。还要指定一个市场监管局答复投诉人。"
    )


def _row(one: Dispatch, due: dict[str, Any]) -> dict[str, Any]:
    return {
        "case": one,
        "state_zh": DISPATCH.states[one.state or ""],
        "lead": DEPARTMENTS[one.lead_code].name if one.lead_code else None,
        "late": sum(assistant.late for assistant in views.assistants(one)),
        "clock": clocks(one, [due[one.id]])[0] if one.id in due else None,
    }


def _assist_row(one: Assistance, due: dict[str, Any]) -> dict[str, Any]:
    return {
        "case": one,
        "question": one.question,
        "clock": clocks(one, [due[one.id]])[0] if one.id in due else None,
    }


def _after(case_no: str, words: str) -> str:
    flash(words, "success")
    return url_for("console_joint_meeting.case", case_no=case_no)
