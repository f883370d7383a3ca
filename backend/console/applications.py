"""Applications for a certificate: the queue, the two examinations, the public notice with its objections, the decision."""

from typing import Any

from flask import flash, request, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.accounts import queries as accounts
from backend.applications import queries, schemas, service
from backend.applications.model import Application, ApplicationObjection
from backend.applications.rules import RefusalReason
from backend.badges import cards
from backend.casework import queries as cases
from backend.certification import queries as certificates
from backend.infrastructure.fields import Text
from backend.infrastructure.web import form, page
from backend.kernel.identifiers import county_name
from backend.merchants import queries as merchants
from backend.pages.case_steps import clocks

from .course import course
from .doors import possible, staff_blueprint
from .schemas import Button


class ObjectionDecisionForm(schemas.ApplicationObjectionDecisionIn):
    """The decision, and which objection it is about."""

    objection = Text(40, required=True)


blueprint = staff_blueprint("console_applications", "/applications")

_BACK = "console_applications.case"
#: Steps that somebody waits for; withdrawing is the unit's.
_OURS = {"ask_correction", "examine", "send_back", "confirm", "refuse", "publish", "award", "decline"}


@blueprint.get("")
@page(Action.APPLICATION_READ, "console/applications.html")
def queue(actor: Actor) -> dict[str, Any]:
    everything = request.args.get("state") == "all"
    found = queries.in_hand(actor, only_open=not everything)
    ids = [case.id for case in found]
    due, objections = cases.next_deadlines("application", ids), queries.open_objections(ids)
    rows = [
        {
            "case": case,
            "state_zh": _state(case),
            "county": county_name(case.county_code),
            "clock": clocks(case, [due[case.id]])[0] if case.id in due else None,
            "objections": objections.get(case.id, 0),
            "mine": _waits_for(actor, case),
        }
        for case in sorted(found, key=lambda one: (one.id not in due, due[one.id].due_at if one.id in due else None))
    ]
    return {"rows": sorted(rows, key=lambda row: not row["mine"]), "everything": everything}


@blueprint.get("/<case_no>")
@page(Action.APPLICATION_READ, "console/application.html")
def case(actor: Actor, case_no: str) -> dict[str, Any]:
    shown = queries.shown(queries.application(actor, Action.APPLICATION_READ, case_no))
    found = shown.case
    unit, newest = merchants.unit(found.unit_id), certificates.newest_of_unit(found.unit_id)
    return {
        "case": found,
        "state_zh": _state(found),
        "county": county_name(found.county_code),
        "unit": unit,
        "certificate": newest,
        "filled": shown.filled,
        "photos": service.photos_for(actor, found),
        "rating": cards.section(found.unit_id, "score"),
        "outcomes": cards.section(found.unit_id, "outcomes"),
        "names": accounts.staff_names({found.examined_by, found.confirmed_by}),
        "first": found.examined_by == actor.account_id,
        "examined": actor.account_id in (found.examined_by, found.confirmed_by),
        "possible": possible(actor, found, Application),
        "reasons": [(reason.value, reason.zh) for reason in RefusalReason],
        "objections": [
            {
                "row": one,
                "state_zh": one.__lifecycle__.states[one.state],
                "possible": possible(actor, one.case, ApplicationObjection),
            }
            for one in shown.objections
        ],
        "clocks": clocks(found, cases.deadlines(found)),
        "events": course(found),
    }


@blueprint.post("/<case_no>/ask-correction")
@form(Action.APPLICATION_ASK_CORRECTION, schemas.ApplicationTextIn, back=_BACK)
def ask_correction(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.ask_correction(actor, case_no, **body)
    flash("已退回补正，单位会收到通知。", "success")
    return url_for(".case", case_no=case_no)


@blueprint.post("/<case_no>/examine")
@form(Action.APPLICATION_EXAMINE, schemas.ApplicationExamineIn, back=_BACK)
def examine(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.examine(actor, case_no, **body)
    flash("初审意见已记下，由另一名承办人复核。", "success")
    return url_for(".case", case_no=case_no)


@blueprint.post("/<case_no>/send-back")
@form(Action.APPLICATION_SEND_BACK, schemas.ApplicationTextIn, back=_BACK)
def send_back(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.send_back(actor, case_no, **body)
    flash("已退回重新初审。", "success")
    return url_for(".case", case_no=case_no)


@blueprint.post("/<case_no>/confirm")
@form(Action.APPLICATION_CONFIRM, schemas.ApplicationTextIn, back=_BACK)
def confirm(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.confirm(actor, case_no, **body)
    flash("复核通过，已推荐给联席会议办公室公示。", "success")
    return url_for(".case", case_no=case_no)


@blueprint.post("/<case_no>/refuse")
@form(Action.APPLICATION_REFUSE, schemas.ApplicationRefuseIn, back=_BACK)
def refuse(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.refuse(actor, case_no, **body)
    flash("已决定不予认定，理由和怎么改正已告知单位。", "success")
    return url_for(".case", case_no=case_no)


@blueprint.post("/<case_no>/publish")
@form(Action.APPLICATION_PUBLISH, Button, back=_BACK)
def publish(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.publish(actor, case_no)
    flash("公示开始，任何人都可以提出异议。", "success")
    return url_for(".case", case_no=case_no)


@blueprint.post("/<case_no>/award")
@form(Action.APPLICATION_AWARD, Button, back=_BACK)
def award(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    found = service.award(actor, case_no)
    flash(f"已认定，证书编号 {found.awarded_no}，扫码页面马上显示；还没有标牌的，门口的一块会自动制作。", "success")
    return url_for(".case", case_no=case_no)


@blueprint.post("/<case_no>/decline")
@form(Action.APPLICATION_DECLINE, schemas.ApplicationRefuseIn, back=_BACK)
def decline(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.decline(actor, case_no, **body)
    flash("已决定不予认定，理由和怎么改正已告知单位。", "success")
    return url_for(".case", case_no=case_no)


@blueprint.post("/<case_no>/decide-objection")
@form(Action.APPLICATION_OBJECTION_UPHOLD, ObjectionDecisionForm, back=_BACK)
def decide_objection(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.decide(actor, body.pop("objection"), **body)
    flash("异议已处理，提出的人凭编号看得到结果和理由。", "success")
    return url_for(".case", case_no=case_no)


def _waits_for(actor: Actor, found: Application) -> bool:
    ours = possible(actor, found, Application) & _OURS
    return bool(ours) and not (found.state == "examined" and found.examined_by == actor.account_id)


def _state(found: Application) -> str:
    return found.__lifecycle__.states[found.state or ""]
