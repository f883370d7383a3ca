"""What a consumer has under way: notices, cases, and what can be done in each."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, flash, request, url_for

from backend.access.actor import Actor
from backend.access.decide import may
from backend.access.policy import Action
from backend.accounts import queries as accounts
from backend.casework import queries as cases
from backend.complaints import likeness, queries, service, views
from backend.complaints.model import Complaint, Settlement
from backend.complaints.offer_schemas import OfferAnswerIn
from backend.complaints.rules import IdKind, Request
from backend.follow_up import queries as follow_up
from backend.follow_up import service as follow_up_service
from backend.follow_up.routes import ReopenIn
from backend.follow_up.rules import Answer
from backend.infrastructure import photos
from backend.infrastructure.database import session, unit_of_work
from backend.infrastructure.fields import Choice, Input, YesNo
from backend.infrastructure.paging import row_id
from backend.infrastructure.web import form, page
from backend.joint_meeting import queries as joint_meeting
from backend.joint_meeting import views as joint_meeting_views
from backend.kernel.errors import NotFound
from backend.notifications import queries as notices
from backend.notifications import service as notice_service

from .case_steps import clocks, course
from .groups import size_of
from .schemas_complaint import IdentityForm, PhotoForm, identity_of

blueprint = Blueprint("my", __name__, url_prefix="/my")

_REQUESTS = {one.value: one.zh for one in Request}
_PHOTO_BODY = 9 * 1024 * 1024


class _Nothing(Input):
    pass


class _AnswerForm(Input):
    answer = Choice(Answer, required=True)


class _WishForm(Input):
    wanted = YesNo(required=True)


@blueprint.get("")
@page(Action.SELF_READ, "pages/my.html")
def home(actor: Actor) -> dict[str, Any]:
    rows = []
    found = queries.settlements(actor, before=request.args.get("before", type=row_id), own=True)
    for settlement in found.items if may(actor, Action.SETTLEMENT_SUBMIT) else ():
        shown = queries.complaint_of(settlement.id) or settlement
        rows.append(
            {
                "number": settlement.case_no,
                "unit_name": settlement.unit_name,
                "wanted": _wanted(settlement.wanted),
                "state_zh": shown.__lifecycle__.states[shown.state or ""],
                "deadline": next(iter(views.deadlines_of(shown)), None),
            }
        )
    return {
        "me": accounts.me(actor),
        "rows": rows,
        "older": found.next,
        "notices": notices.inbox(actor).items,
        "asked": [one for one in follow_up.standing(actor) if one.answer is None],
        "is_asked": follow_up.wants_questions(actor),
        "is_member": may(actor, Action.SETTLEMENT_OFFER),
        "is_volunteer": may(actor, Action.VISIT_START),
    }


@blueprint.post("/notices/read")
@form(Action.NOTICE_READ_OWN, _Nothing, back="my.home")
def read_notices(actor: Actor, body: dict[str, Any]) -> str:
    notice_service.mark_read(actor)
    return url_for("my.home")


@blueprint.get("/cases/<case_no>")
@page(Action.SETTLEMENT_SUBMIT, "pages/my_case.html")
def case(actor: Actor, case_no: str) -> dict[str, Any]:
    settlement = _own(actor, case_no)
    view = views.settlement_view(actor, settlement)
    complaint = queries.complaint_of(settlement.id)
    shown = complaint or settlement
    parts = [(settlement, "settlement"), *([(complaint, "complaint")] if complaint else [])]
    return {
        "case": view,
        "wanted": _wanted(settlement.wanted),
        "complaint": views.complaint_view(actor, complaint, settlement) if complaint else None,
        "id_kinds": [(kind.value, kind.zh) for kind in IdKind],
        "dispatch": _dispatch(complaint),
        "merged_into": likeness.own_into(complaint) if complaint else None,
        "asked": follow_up.asked_about(actor, settlement.case_no),
        "answers": list(Answer),
        "again": follow_up.reopening_of(actor, settlement.case_no),
        "group_size": size_of(settlement),
        "needs_identity": settlement.complainant_id is None,
        "state_zh": shown.__lifecycle__.states[shown.state or ""],
        "clocks": [clock for part, _ in reversed(parts) for clock in clocks(part, cases.deadlines(part))],
        "events": course((kind, cases.events(part)) for part, kind in parts),
    }


@blueprint.post("/cases/<case_no>/accept")
@form(Action.SETTLEMENT_ACCEPT, OfferAnswerIn, back="my.case")
def accept(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.accept_offer(actor, case_no, **body)
    return _done("已接受方案，请等商家按约定做到。", case_no)


@blueprint.post("/cases/<case_no>/decline")
@form(Action.SETTLEMENT_DECLINE, OfferAnswerIn, back="my.case")
def decline(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.decline_offer(actor, case_no, **body)
    return _done("没有接受方案。您可以转给市场监管部门处理。", case_no)


@blueprint.post("/cases/<case_no>/confirm")
@form(Action.SETTLEMENT_CONFIRM_PERFORMED, _Nothing, back="my.case")
def confirm(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.confirm_performed(actor, case_no)
    return _done("已确认商家做到，这件事办结了。", case_no)


@blueprint.post("/cases/<case_no>/not-performed")
@form(Action.SETTLEMENT_REPORT_NOT_PERFORMED, _Nothing, back="my.case")
def not_performed(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.report_not_performed(actor, case_no)
    return _done("已请联络站优先办理。您也可以马上转给市场监管部门，他们会优先处理。", case_no)


@blueprint.post("/cases/<case_no>/withdraw")
@form(Action.SETTLEMENT_WITHDRAW, _Nothing, back="my.case")
def withdraw(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    complaint = queries.complaint_of(_own(actor, case_no).id)
    if complaint is None:
        service.withdraw_settlement(actor, case_no)
    else:
        service.withdraw_complaint(actor, complaint.case_no)
    return _done("已撤回。", case_no)


@blueprint.post("/cases/<case_no>/escalate")
@form(Action.SETTLEMENT_ESCALATE, IdentityForm, back="my.case", idempotent=True)
def escalate(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    complaint = service.escalate(actor, case_no, identity_of(body))
    return _done(f"已转市场监管部门，投诉编号 {complaint.case_no}。", case_no)


@blueprint.post("/cases/<case_no>/solved")
@form(Action.QUESTIONNAIRE_ANSWER, _AnswerForm, back="my.case")
def solved(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    follow_up_service.answer(actor, _own(actor, case_no).case_no, body["answer"])
    return _done("谢谢，记下了。", case_no)


@blueprint.post("/cases/<case_no>/reopen")
@form(Action.REOPENING_OPEN, ReopenIn, back="my.case", idempotent=True)
def reopen(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    follow_up_service.reopen(actor, _own(actor, case_no).case_no, what=body["what"])
    return _done("已申请重新办理，由没有办过这件事的人接手。", case_no)


@blueprint.post("/cases/<case_no>/reopen/withdraw")
@form(Action.REOPENING_WITHDRAW, _Nothing, back="my.case")
def withdraw_reopening(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    found = follow_up.reopening_of(actor, _own(actor, case_no).case_no)
    if found is None:
        raise NotFound("record_not_found", "这件事没有在重新办理。")
    follow_up_service.withdraw(actor, found.case_no)
    return _done("已撤回重新办理。", case_no)


@blueprint.post("/questions")
@form(Action.QUESTIONNAIRE_ANSWER, _WishForm, back="my.home")
def questions(actor: Actor, body: dict[str, Any]) -> str:
    follow_up_service.want_questions(actor, body["wanted"])
    flash("办结以后会问您一次。" if body["wanted"] else "以后不再问您。", "success")
    return url_for("my.home")


@blueprint.post("/cases/<case_no>/photos")
@form(Action.EVIDENCE_ADD, PhotoForm, back="my.case", max_body=_PHOTO_BODY, limit="60/hour", self_contained=True)
def add_photo(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    found = service.cleaned(photos.needed_bytes_of_form())
    with unit_of_work():
        added = service.add_photo(actor, case_no, found, for_station=body["for_station"])
    words = "PDF 已保存。" if added.pages else "照片已保存。拍摄地点等附带信息已经去掉。"
    return _done(words, case_no)


def _own(actor: Actor, case_no: str) -> Settlement:
    """The consumer's settlement request by its number or by that of the complaint it became. raises NotFound"""
    try:
        return queries.settlement(actor, Action.SETTLEMENT_WITHDRAW, case_no)
    except NotFound:
        complaint = queries.complaint(actor, Action.COMPLAINT_WITHDRAW, case_no)
        return session().get_one(Settlement, complaint.settlement_id)


def _dispatch(complaint: Complaint | None) -> SimpleNamespace | None:
    """Who leads a complaint that concerns several departments, as its author reads it."""
    found = joint_meeting.of_complaint(complaint.id) if complaint else None
    return joint_meeting_views.for_consumer(found) if found else None


def _done(words: str, case_no: str) -> str:
    flash(words, "success")
    return url_for("my.case", case_no=case_no)


def _wanted(codes: list[str]) -> str:
    return "、".join(_REQUESTS[code] for code in codes)
