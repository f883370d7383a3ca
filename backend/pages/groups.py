"""Group complaints on the phone: opening one, passing on the code, coming in, electing, answering; and the station's one answer to all."""

from typing import Any

from flask import Blueprint, flash, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.complaints import likeness
from backend.complaints import queries as disputes
from backend.complaints.model import Settlement
from backend.complaints.rules import Offer
from backend.group_complaints import queries, service, views
from backend.group_complaints.rules import CLAUSE, Matter
from backend.group_complaints.schemas import GroupJoinIn, GroupOpenIn
from backend.infrastructure import current
from backend.infrastructure.fields import Choice, Input, Text, Whole, YesNo, fields
from backend.infrastructure.web import form, page

from .schemas_complaint import IdentityForm, identity_of
from .schemas_station import Nothing, OfferForm

blueprint = Blueprint("group_pages", __name__)


class _CaseForm(Input):
    """Which dispute of one's own comes in."""

    case_no = Text(40, required=True)


class _ElectForm(Input):
    """Whom to elect, and why."""

    text = Text(500, least=5, lines=True, required=True)
    candidates = fields.List(Whole(1, 100_000), required=True, error_messages={"required": "请选一到两名代表人。"})


class _LayForm(Input):
    """What a representative asks the members."""

    matter = Choice(Matter, required=True)
    text = Text(500, least=5, lines=True, required=True)


class _AnswerForm(IdentityForm):
    """The answer to one matter."""

    number = Whole(1, 100_000, required=True)
    agree = YesNo(required=True)
    offer = Text(40, load_default=None)


class _NumberForm(Input):
    """Which matter."""

    number = Whole(1, 100_000, required=True)


@blueprint.get("/my/cases/<case_no>/group")
@page(Action.GROUP_OPEN, "pages/my_group.html")
def mine(actor: Actor, case_no: str) -> dict[str, Any]:
    settlement = disputes.settlement(actor, Action.GROUP_OPEN, case_no)
    group = queries.group_of(settlement.id)
    view = views.for_member(settlement, queries.standing(group)) if group else None
    return {
        "case": settlement,
        "over": service.is_over(settlement),
        "group": view,
        "link": _link(view.code) if view and view.code else None,
        "clause": CLAUSE,
        "matters": [(one.value, one.zh, one.effect_zh) for one in Matter if one is not Matter.ELECTION],
        "needs_identity": settlement.complainant_id is None,
        "answer_days": current.runtime().settings.group_answer_days,
        "code_days": current.runtime().settings.group_code_days,
    }


@blueprint.post("/my/cases/<case_no>/group")
@form(Action.GROUP_OPEN, GroupOpenIn, back="group_pages.mine", idempotent=True, limit="10/hour")
def open_group(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.open_group(actor, case_no, **body)
    return _done("共同投诉已经发起。把加入码或者链接发给有同样纠纷的人。", case_no)


@blueprint.post("/my/cases/<case_no>/group/join")
@form(Action.GROUP_JOIN, GroupJoinIn, back="group_pages.mine", idempotent=True, limit="20/minute", looks_up=True)
def join(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.join(actor, case_no, **body)
    return _done("已经加入。您那一件还是您自己的：别人同意什么，都不替您决定。", case_no)


@blueprint.post("/my/cases/<case_no>/group/code")
@form(Action.GROUP_RENEW_CODE, Nothing, back="group_pages.mine", limit="20/hour")
def renew_code(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.renew_code(actor, case_no)
    return _done("换了新的加入码，旧的已经作废。", case_no)


@blueprint.post("/my/cases/<case_no>/group/leave")
@form(Action.GROUP_LEAVE, Nothing, back="group_pages.mine")
def leave(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.leave(actor, case_no)
    return _done("已经退出。您那一件照旧单独办理。", case_no)


@blueprint.post("/my/cases/<case_no>/group/elect")
@form(Action.GROUP_PROPOSE, _ElectForm, back="group_pages.mine", idempotent=True, limit="60/hour")
def elect(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.lay(actor, case_no, matter=Matter.ELECTION, **body)
    return _done("已经请大家答复。候选人都愿意、半数以上成员同意，推选就生效。", case_no)


@blueprint.post("/my/cases/<case_no>/group/lay")
@form(Action.GROUP_PROPOSE, _LayForm, back="group_pages.mine", idempotent=True, limit="60/hour")
def lay(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.lay(actor, case_no, **body)
    return _done("已经请大家答复。您自己那一件也要您答复。", case_no)


@blueprint.post("/my/cases/<case_no>/group/answer")
@form(Action.GROUP_ANSWER, _AnswerForm, back="group_pages.mine")
def answer(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    identity = identity_of(body)
    service.answer(actor, case_no, body["number"], agree=body["agree"], identity=identity, offer=body["offer"])
    return _done(
        "已经按您的同意办了，只对您那一件生效。" if body["agree"] else "已记下您不同意，您那一件照旧。", case_no
    )


@blueprint.post("/my/cases/<case_no>/group/take-back")
@form(Action.GROUP_TAKE_BACK, _NumberForm, back="group_pages.mine")
def take_back(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.take_back(actor, case_no, body["number"])
    return _done("已收回。已经同意的成员，那一步已经办了。", case_no)


@blueprint.get("/my/groups/<code>")
@page(Action.GROUP_JOIN, "pages/group_to_join.html", limit="30/minute")
def to_join(actor: Actor, code: str) -> dict[str, Any]:
    group = queries.by_code(code)
    own = [one for one in likeness.own_with(actor, group.unit_id) if not service.is_over(one)]
    within = [one for one in own if queries.group_of(one.id) is not None]
    return {
        "group": views.look(group),
        "code": group.code,
        "own": [one for one in own if one not in within],
        "member_by": next((one.case_no for one in within if queries.group_of(one.id) is group), None),
    }


@blueprint.post("/my/groups/<code>")
@form(Action.GROUP_JOIN, _CaseForm, back="group_pages.to_join", idempotent=True, limit="20/minute")
def bring(actor: Actor, code: str, body: dict[str, Any]) -> str:
    service.join(actor, body["case_no"], code=code)
    return _done("已经加入。您那一件还是您自己的：别人同意什么，都不替您决定。", body["case_no"])


@blueprint.get("/station/<case_no>/group")
@page(Action.GROUP_OFFER, "pages/station_group.html")
def at_station(actor: Actor, case_no: str) -> dict[str, Any]:
    settlement, standing = queries.of_settlement(actor, case_no, Action.GROUP_OFFER)
    return {
        "case": settlement,
        "group": views.for_station(standing),
        "waiting": len(service.answerable(actor, settlement.case_no)),
        "offers": [(kind.value, kind.zh) for kind in Offer],
    }


@blueprint.post("/station/<case_no>/group/offer")
@form(Action.GROUP_OFFER, OfferForm, back="group_pages.at_station")
def offer(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    made = service.offer_to_group(actor, case_no, **body)
    flash(f"方案已发给 {len(made)} 位消费者，各人自己决定接不接受。", "success")
    return url_for(".at_station", case_no=case_no)


def size_of(settlement: Settlement) -> int | None:
    """How many are in the group that a dispute is in; None while it is in none."""
    found = queries.sizes([settlement.id]).get(settlement.id)
    return found[1] if found else None


def _link(code: str) -> str:
    return f"{current.runtime().settings.public_url}{url_for('group_pages.to_join', code=code)}"


def _done(words: str, case_no: str) -> str:
    flash(words, "success")
    return url_for("group_pages.mine", case_no=case_no)
