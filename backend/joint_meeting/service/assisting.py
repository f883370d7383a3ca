"""Departments that assist: asked by the office or the lead, they reply to the lead."""

from datetime import date

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.bodies.rules import DEPARTMENTS
from backend.casework import service as casework
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.joint_meeting import queries, rules
from backend.joint_meeting.lifecycle import DISPATCH
from backend.joint_meeting.model import Assistance, Dispatch
from backend.kernel.errors import InvalidInput, NotPossibleNow
from backend.kernel.identifiers import new_case_number

from .telling import due_of, take_back, tell_assistant, tell_lead


def ask(actor: Actor, case_no: str, *, department: str, question: str, reply_by: date | None = None) -> Assistance:
    """Ask one more department to assist. By the office, or by the department that leads.

    reply_by   another last day than J2 gives
    raises     NotPossibleNow when nobody leads it now; InvalidInput
    """
    case = queries.dispatch(actor, Action.ASSISTANCE_ASK, case_no)
    if case.state not in {"sent", "in_hand"}:
        raise NotPossibleNow(
            "nobody_leads", f"现在是“{DISPATCH.states[case.state or '']}”，不能请别的单位协办。", state=case.state
        )
    if reply_by is not None and not rules.is_last_day(reply_by, current.today()):
        message = "期限应当是明天起 60 天以内的一天。"
        raise InvalidInput("last_day_out_of_range", message, fields={"reply_by": [message]})
    return ask_of(actor, case, department, question, reply_by)


def reply(actor: Actor, case_no: str, *, text: str) -> Assistance:
    """Answer the lead. It may say that the matter is another department's, and whose; the question ends with it."""
    case = queries.assistance(actor, Action.ASSISTANCE_REPLY, case_no)
    casework.apply(case, "reply", actor)
    case.reply, case.officer_id = text, actor.account_id
    take_back(case)
    lead = session().get_one(Dispatch, case.dispatch_id)
    tell_lead(lead, "assistance_replied", body=DEPARTMENTS[case.department_code].name)
    return case


def release(actor: Actor, case_no: str) -> Assistance:
    """Nobody needs the reply any more."""
    case = queries.assistance(actor, Action.ASSISTANCE_RELEASE, case_no)
    casework.apply(case, "release", actor)
    take_back(case)
    return case


def ask_of(actor: Actor, case: Dispatch, department: str, question: str, reply_by: date | None) -> Assistance:
    """One department is asked once. raises InvalidInput"""
    held = queries.assistants(case.id)
    if department == case.lead_code or any(one.department_code == department for one in held):
        message = f"{DEPARTMENTS[department].name}已经在办，请选另一个单位。"
        raise InvalidInput("asked_already", message, fields={"department": [message]})
    if len(held) >= rules.MOST_ASSISTANTS:
        raise NotPossibleNow("too_many_assistants", f"协办单位最多 {rules.MOST_ASSISTANTS} 个。", state=case.state)
    asked = Assistance(
        case_no=new_case_number("XB", current.today()),
        dispatch_id=case.id,
        department_code=department,
        unit_name=case.unit_name,
        county_code=case.county_code,
        question=question,
        asked_by=actor.account_id,
        rule_set=case.rule_set,
    )
    casework.apply(asked, "ask", actor, due_on={"J2": reply_by} if reply_by is not None else None)
    session().add(asked)
    session().flush()
    tell_assistant(asked, "assistance_asked", due=due_of(asked))
    return asked


def release_all(actor: Actor, case: Dispatch, only: str | None = None) -> None:
    """A dispatch ends: who has not replied need not. only: one department, which leads now"""
    for one in queries.assistants(case.id):
        if one.state == "asked" and only in {None, one.department_code}:
            casework.apply(one, "release", actor)
            take_back(one)
