"""Complaints at the bureau: the queue with what is overdue first, and one case with the steps that are possible now.

The complainant is an alias everywhere; the real identity is a page of its own, after a reason, and every look is noted.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from flask import Response, flash, g, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.accounts import queries as accounts
from backend.casework import queries as cases
from backend.casework.model import Deadline
from backend.certification import queries as certificates
from backend.complaints import queries, schemas, service, views
from backend.complaints.lifecycle import COMPLAINT, SETTLEMENT
from backend.complaints.model import Complaint, Settlement
from backend.complaints.rules import RefusalGround, Request, ServingWay, TerminationGround
from backend.documents.rules import REMEDIES
from backend.group_complaints import queries as groups
from backend.infrastructure.database import session
from backend.infrastructure.paging import row_id
from backend.infrastructure.web import form, page
from backend.kernel.errors import DomainError, NotFound
from backend.kernel.identifiers import county_name
from backend.merchants.rules import Commitment
from backend.pages.case_steps import clocks
from backend.reports import queries as reports
from backend.reports.rules import Suspicion

from .course import course, grounds
from .doors import staff_blueprint
from .mediation import choices
from .passing import passing
from .schemas import Button

blueprint = staff_blueprint("console_complaints", "/complaints")

_PAGE, _LAST_PAGE, _LONGEST = 20, 10_000, 80
_NUMBER = re.compile(r"[A-Za-z]{2}[0-9A-Za-z-]{6,30}")
_REQUESTS = {wanted.value: wanted.zh for wanted in Request}


@blueprint.get("")
@page(Action.COMPLAINT_ACCEPT, "console/complaints.html")
def queue(actor: Actor) -> dict[str, Any] | Response:
    typed = unicodedata.normalize("NFKC", request.args.get("text", ""))
    typed = "".join(char for char in typed if char.isprintable()).strip()[:_LONGEST]
    found = _by_number(actor, typed) if _NUMBER.fullmatch(typed) else None
    if found is not None:
        return redirect(url_for(".case", case_no=found.case_no), 303)  # type: ignore[return-value]
    state, mine = request.args.get("state", "open"), request.args.get("whose") == "mine"
    officer_id = actor.account_id if mine else None
    whose = "mine" if mine else "all"
    more: dict[str, Any]
    rows: Sequence[tuple[Complaint, Deadline | None]]
    states: tuple[str, ...]
    words = "" if _NUMBER.fullmatch(typed) else typed
    if not words and (state == "open" or state in COMPLAINT.open):
        at = min(max(request.args.get("page", 1, type=int), 1), _LAST_PAGE)
        states = () if state == "open" else (state,)
        shown = queries.officers_queue(actor, officer_id=officer_id, states=states, page=at, size=_PAGE)
        rows, more = shown.rows, {"total": shown.total, "overdue": shown.overdue, "page": at}
        more["pages"] = max(1, -(-shown.total // _PAGE))
        more["address"] = lambda other: url_for(".queue", state=state, whose=whose, page=other)
    else:
        states = COMPLAINT.open if state == "open" else (state,) if state in COMPLAINT.states else ()
        before = request.args.get("before", type=row_id)
        archive = queries.officers_archive(
            actor, officer_id=officer_id, states=states, words=words, before=before, limit=_PAGE
        )
        running = cases.next_deadlines("complaint", [row.id for row in archive.items])
        rows = [(row, running.get(row.id)) for row in archive.items]
        more = {
            "older": url_for(".queue", state=state, whose=whose, text=words, before=archive.next)
            if archive.next
            else None
        }
    names = accounts.staff_names({row.officer_id for row, _ in rows})
    grouped = groups.sizes([row.settlement_id for row, _ in rows])
    return {
        "rows": [
            {
                "case": row,
                "state_zh": COMPLAINT.states[row.state or ""],
                "county": county_name(row.county_code),
                "urgent": row.escalated_because == queries.NOT_PERFORMED and row.state in COMPLAINT.open,
                "clock": clocks(row, [deadline])[0] if deadline else None,
                "group": grouped.get(row.settlement_id),
                "officer": names.get(row.officer_id or ""),
            }
            for row, deadline in rows
        ],
        "states": [("open", "没有办结的"), *COMPLAINT.states.items(), ("all", "全部")],
        "typed": typed,
        "state": state,
        "whose": whose,
        **more,
    }


@blueprint.get("/<case_no>")
@page(Action.COMPLAINT_ACCEPT, "console/complaint.html")
def case(actor: Actor, case_no: str) -> dict[str, Any]:
    complaint = queries.complaint(actor, Action.COMPLAINT_READ, case_no)
    settlement = session().get_one(Settlement, complaint.settlement_id)
    view = views.complaint_view(actor, complaint, settlement)
    looks = queries.identity_views(complaint.id)
    names = accounts.staff_names({complaint.officer_id, *(look.officer_id for look in looks)})
    certificate = certificates.newest_of_unit(complaint.unit_id)
    return {
        "case": view,
        "dispute": view.dispute,
        "dispute_zh": SETTLEMENT.states[settlement.state or ""],
        "because": _because(complaint, settlement),
        "wanted": "、".join(_REQUESTS[code] for code in settlement.wanted),
        "promise": Commitment(settlement.commitment).zh if settlement.commitment else None,
        "county": county_name(complaint.county_code),
        "group": groups.sizes([settlement.id]).get(settlement.id),
        "officer": names.get(complaint.officer_id or ""),
        "certificate_no": certificate.number if certificate else None,
        "clocks": clocks(complaint, cases.deadlines(complaint)),
        "events": course(settlement, complaint),
        "moves": view.moves,
        "passing": passing(complaint),
        "looks": [{"at": look.at, "by": names.get(look.officer_id), "purpose": look.purpose} for look in looks],
        "clues": reports.linked_to(actor, [complaint.case_no, settlement.case_no]),
        "suspicions": grounds(list(Suspicion)),
        "right_bodies": [(code, f"{body.name}（{body.matters}）") for code, body in service.NAMED_BODIES.items()],
        "refusal_grounds": grounds(list(RefusalGround)),
        "termination_grounds": grounds(list(TerminationGround)),
        "serving_ways": grounds(list(ServingWay)),
        "mediation_choices": choices(complaint.county_code, view.mediation),
        "remedies": REMEDIES if complaint.state in {"not_accepted", "terminating", "terminated"} else None,
    }


@blueprint.post("/<case_no>/accept")
@form(Action.COMPLAINT_ACCEPT, Button, back="console_complaints.case")
def accept(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    return _after(service.accept_complaint(actor, case_no), "已受理，调解期限从今天的次日起算，投诉人会收到通知。")


@blueprint.post("/<case_no>/refuse")
@form(Action.COMPLAINT_REFUSE, schemas.RefusalIn, back="console_complaints.case")
def refuse(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    return _after(service.refuse_complaint(actor, case_no, **body), "已决定不予受理，投诉人会收到理由和其他救济途径。")


@blueprint.post("/<case_no>/pause-for-testing")
@form(Action.COMPLAINT_PAUSE_FOR_TESTING, Button, back="console_complaints.case")
def pause_for_testing(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    return _after(service.pause_for_testing(actor, case_no), "调解期限已暂停，检验检测的时间不计算在内。")


@blueprint.post("/<case_no>/resume")
@form(Action.COMPLAINT_RESUME, Button, back="console_complaints.case")
def resume(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    return _after(service.resume_mediation(actor, case_no), "已恢复计算期限，检验检测的天数已经加上。")


@blueprint.post("/<case_no>/terminate")
@form(Action.COMPLAINT_TERMINATE, schemas.TerminationIn, back="console_complaints.case")
def terminate(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    return _after(service.terminate(actor, case_no, **body), "已决定终止调解，请在期限内把通知送达双方。")


@blueprint.post("/<case_no>/identity")
@form(Action.IDENTITY_REVEAL, schemas.RevealIn, back="console_complaints.case", limit="60/hour")
def identity(actor: Actor, case_no: str, body: dict[str, Any]) -> Response:
    """The identity on a page of its own, once; the answer is kept by nobody."""
    found, noted_at = service.reveal_identity(actor, case_no, purpose=body["purpose"])
    shown = render_template(
        "console/identity.html", case_no=case_no, identity=found, noted_at=noted_at, purpose=body["purpose"]
    )
    answer = make_response(shown)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _by_number(actor: Actor, typed: str) -> Complaint | None:
    """The complaint of this number, or of this settlement request's number; None with the message in place."""
    try:
        try:
            return queries.complaint(actor, Action.COMPLAINT_ACCEPT, typed)
        except NotFound:
            settlement = queries.settlement(actor, Action.SETTLEMENT_READ, typed)
            found = queries.complaint_of(settlement.id)
            if found is None:
                raise NotFound("not_escalated", "这个诉求还在联络站，没有转成投诉。") from None
            return found
    except DomainError as error:
        g.form_values, g.form_status = MultiDict(request.args), error.status
        g.form_errors = {"text": [error.message]}
        return None


def _because(complaint: Complaint, settlement: Settlement) -> str:
    """Why the liaison station did not settle it."""
    refused = "消费者不接受联络站的方案" if settlement.offer_kind else "联络站不同意"
    words = {
        "unanswered": "联络站逾期没有答复",
        "refused": refused,
        queries.NOT_PERFORMED: "联络站答应了没有做到（浙江办法 第三十一条第三项），优先处理",
    }
    return words[complaint.escalated_because]


def _after(complaint: Complaint, words: str) -> str:
    flash(words, "success")
    return url_for("console_complaints.case", case_no=complaint.case_no)
