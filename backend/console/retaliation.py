"""Retaliation at the bureau, for officers who handled nothing of the merchant: the queue, one case, and what protects the person."""

from typing import Any

from flask import flash, url_for

from backend.access.actor import Actor
from backend.access.decide import permits
from backend.access.policy import Action
from backend.accounts import queries as accounts
from backend.casework import queries as cases
from backend.emergencies.rules import area
from backend.infrastructure.web import form, page
from backend.pages.case_steps import clocks
from backend.retaliation import queries, schemas, service
from backend.retaliation.model import Retaliation
from backend.retaliation.rules import OF_REPORTS, Act, Measure, Origin, Protection

from .course import course
from .doors import possible, staff_blueprint
from .schemas import Button

blueprint = staff_blueprint("console_retaliation", "/retaliation")
_BACK = "console_retaliation.case"


@blueprint.get("")
@page(Action.RETALIATION_READ, "console/retaliations.html")
def queue(actor: Actor) -> dict[str, Any]:
    found = queries.retaliations(actor)
    due = cases.next_deadlines("retaliation", [case.id for case in found])
    names = accounts.staff_names({case.officer_id for case in found})
    return {
        "rows": [
            {
                "case": case,
                "acts": _acts(case),
                "state_zh": case.__lifecycle__.states[case.state or ""],
                "county": area(case.county_code),
                "officer": names.get(case.officer_id or ""),
                "clock": clocks(case, [due[case.id]])[0] if case.id in due else None,
            }
            for case in found
        ]
    }


@blueprint.get("/<case_no>")
@page(Action.RETALIATION_READ, "console/retaliation.html")
def case(actor: Actor, case_no: str) -> dict[str, Any]:
    found = queries.retaliation(actor, Action.RETALIATION_READ, case_no)
    mine = found.officer_id == actor.account_id
    notes, protections = queries.notes(found), queries.protections(found)
    names = accounts.staff_names(
        {found.officer_id, *(note.officer_id for note in notes), *(one.officer_id for one in protections)}
    )
    steps = possible(actor, found, Retaliation)
    may_act = permits(actor, Action.RETALIATION_ACT, found, Retaliation.__scope__)
    return {
        "case": found,
        "acts": _acts(found),
        "state_zh": found.__lifecycle__.states[found.state or ""],
        "county": area(found.county_code),
        "officer": names.get(found.officer_id or ""),
        "phone": found.phone if mine else None,
        "notes": [{"note": one, "by": names.get(one.officer_id or "")} for one in notes],
        "protections": [{"one": one, "by": names.get(one.officer_id)} for one in protections],
        "steps": [(one.value, one.zh) for one in Protection if found.origin is Origin.DISPUTE or one in OF_REPORTS],
        "measures": [(one.value, one.zh) for one in Measure],
        "mine": mine,
        "possible": steps - {"take"} if mine else steps & {"take"},
        "may_act": mine
        and may_act
        and found.state == "founded"
        and found.measure is None
        and found.unit_id is not None,
        "clocks": clocks(found, cases.deadlines(found)),
        "events": course(found),
    }


@blueprint.post("/<case_no>/take")
@form(Action.RETALIATION_TAKE, Button, back=_BACK)
def take(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.take(actor, case_no)
    return _after(case_no, "由您处理。本人留了电话的，现在可以看到，请尽快联系。")


@blueprint.post("/<case_no>/contact")
@form(Action.RETALIATION_NOTE_CONTACT, schemas.RetaliationTextIn, back=_BACK)
def note_contact(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.note_contact(actor, case_no, text=body["text"])
    return _after(case_no, "已记下第一次联系。")


@blueprint.post("/<case_no>/words")
@form(Action.RETALIATION_WRITE, schemas.RetaliationTextIn, back=_BACK, idempotent=True)
def write(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.write(actor, case_no, text=body["text"])
    return _after(case_no, "已留言，本人凭查询码可以看到并回答。")


@blueprint.post("/<case_no>/protect")
@form(Action.RETALIATION_PROTECT, schemas.RetaliationProtectionIn, back=_BACK)
def protect(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.protect(actor, case_no, step=body["step"])
    return _after(case_no, f"已生效：{body['step'].zh}。")


@blueprint.post("/<case_no>/police")
@form(Action.RETALIATION_HAND_TO_POLICE, schemas.HandedToPoliceIn, back=_BACK)
def hand_to_police(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.hand_to_police(actor, case_no, **body)
    return _after(case_no, "已记下移交公安机关，本人凭查询码可以看到移交给谁。")


@blueprint.post("/<case_no>/finding")
@form(Action.RETALIATION_FIND_FOUNDED, schemas.RetaliationFindingIn, back=_BACK)
def find(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.find(actor, case_no, **body)
    return _after(case_no, "已记下认定，本人凭查询码可以看到理由。")


@blueprint.post("/<case_no>/measure")
@form(Action.RETALIATION_ACT, schemas.MeasureOnGroundIn, back=_BACK, idempotent=True)
def act_on_certificate(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    found = service.act_on_certificate(actor, case_no, **body)
    return _after(case_no, f"已{found.measure.zh if found.measure else ''}，理由是打击报复；单位看不到是谁反映的。")


def _acts(case: Retaliation) -> str:
    return "；".join(Act(code).zh for code in case.acts)


def _after(case_no: str, words: str) -> str:
    flash(words, "success")
    return url_for(_BACK, case_no=case_no)
