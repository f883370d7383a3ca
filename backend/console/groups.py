"""Group complaints at the console: one list, each complaint with its own number and clock, and steps on several at once."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from flask import flash, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.accounts import queries as accounts
from backend.complaints import queries as disputes
from backend.complaints.model import Complaint
from backend.complaints.rules import Closing, MeetingWay
from backend.group_complaints import queries, schemas, service, views
from backend.group_complaints.rules import Matter
from backend.infrastructure.web import form, page
from backend.pages.case_steps import clocks

from .doors import staff_blueprint

blueprint = staff_blueprint("console_groups", "/complaints")


@blueprint.get("/<case_no>/group")
@page(Action.COMPLAINT_ACCEPT, "console/group.html")
def group(actor: Actor, case_no: str) -> dict[str, Any]:
    complaint = disputes.complaint(actor, Action.COMPLAINT_READ, case_no)
    found = views.for_officer(queries.of_complaint(actor, Action.COMPLAINT_READ, complaint.case_no))
    mine = [one for one in found.members if one.complaint and one.complaint.county_code == complaint.county_code]
    terms = [one for one in found.proposals if one.matter is Matter.AGREE]
    return {
        "case": complaint,
        "group": found,
        "rows": [
            {"member": one, "clock": clocks(one.complaint, [one.deadline])[0] if one.deadline else None}
            for one in found.members
        ],
        "received": _choices(mine, "received"),
        "mediating": _choices(mine, "in_mediation"),
        "terms": [(one.number, f"第 {one.number} 件：{_short(one.text)}（{one.agreed} 人同意）") for one in terms],
        "agreed": [one for one in terms if one.agreed],
        "meeting_ways": [(way.value, way.zh) for way in MeetingWay],
        "closings": [(closing.value, closing.zh) for closing in Closing],
        "mediators": [(one.username, one.name) for one in accounts.officers(complaint.county_code)],
    }


@blueprint.post("/<case_no>/group/accept")
@form(Action.COMPLAINT_ACCEPT, schemas.GroupAcceptIn, back="console_groups.group")
def accept(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    return _after(case_no, service.accept_together(actor, case_no, **body), "已受理，每位投诉人各收到一份受理决定书")


@blueprint.post("/<case_no>/group/invite")
@form(Action.COMPLAINT_INVITE, schemas.GroupInviteIn, back="console_groups.group")
def invite(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    return _after(case_no, service.invite_together(actor, case_no, **body), "已通知双方参加同一次调解")


@blueprint.post("/<case_no>/group/record-agreement")
@form(Action.COMPLAINT_RECORD_AGREEMENT, schemas.GroupAgreementIn, back="console_groups.group")
def record_agreement(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    done = service.record_agreement_together(actor, case_no, **body)
    return _after(case_no, done, "已登记调解协议，办结")


def _choices(members: Sequence[SimpleNamespace], state: str) -> list[tuple[str, str]]:
    return [(one.complaint_no, f"{one.complaint_no}，{one.alias}") for one in members if one.state == state]


def _short(text: str) -> str:
    return text if len(text) <= 24 else f"{text[:23]}…"


def _after(case_no: str, done: Sequence[Complaint], words: str) -> str:
    flash(f"{len(done)} 件{words}。", "success")
    return url_for(".group", case_no=case_no)
