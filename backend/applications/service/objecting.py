"""Objections during the public notice: raised by anybody, answered by the unit, decided by an officer who did not examine."""

from backend.access.actor import SYSTEM, Actor
from backend.access.policy import Action
from backend.casework import service as casework
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.kernel.errors import NotPossibleNow
from backend.kernel.identifiers import new_case_number
from backend.notifications import service as notifications

from .. import queries
from ..lifecycle import UNINVOLVED
from ..model import Application, ApplicationObjection
from . import telling

#: So many at once against one application; more would say the same.
MOST_OPEN = 100


def raise_objection(actor: Actor, case_no: str, *, text: str) -> ApplicationObjection:
    """Object to an application under public notice; nothing is kept of who did.

    raises   NotFound when it is not under notice, NotPossibleNow when very many wait already
    """
    case, _unit = queries.noticed(case_no, lock=True)
    if queries.open_objections([case.id]).get(case.id, 0) >= MOST_OPEN:
        raise NotPossibleNow("objections_many", "已经收到很多异议，正在处理。请过几天再来看结果。", state=case.state)
    objection = ApplicationObjection(
        case_no=new_case_number("YG", current.today()),
        application_id=case.id,
        unit_name=case.unit_name,
        station_id=case.station_id,
        county_code=case.county_code,
        text=text,
        rule_set="2026",
    )
    casework.apply(objection, "raise", SYSTEM)
    session().add(objection)
    telling.objected(case, objection)
    return objection


def answer(actor: Actor, case_no: str, *, text: str) -> ApplicationObjection:
    """The unit answers. raises NotFound, NotPermitted, NotPossibleNow"""
    objection = queries.objection(actor, Action.APPLICATION_OBJECTION_ANSWER, case_no)
    casework.apply(objection, "answer", actor)
    objection.answer_text = text
    telling.to_decide(_of(objection), objection)
    return objection


def decide(actor: Actor, case_no: str, *, uphold: bool, text: str) -> ApplicationObjection:
    """An officer who did not examine the application decides; the text is public.

    raises   NotFound, NotPermitted, NotPossibleNow also for who examined
    """
    action = Action.APPLICATION_OBJECTION_UPHOLD if uphold else Action.APPLICATION_OBJECTION_REJECT
    objection = queries.objection(actor, action, case_no)
    case = _of(objection)
    facts = {UNINVOLVED: actor.account_id not in (case.examined_by, case.confirmed_by)}
    casework.apply(objection, "uphold" if uphold else "reject", actor, facts=facts)
    objection.decided_by, objection.decision_text = actor.account_id, text
    notifications.drop(f"application_objection:{objection.id}:")
    telling.station(case, "异议成立" if uphold else "异议不成立")
    return objection


def close_answer(objection: ApplicationObjection) -> None:
    """The unit's time to answer is over."""
    casework.apply(objection, "close_answer", SYSTEM)
    telling.to_decide(_of(objection), objection)


def cease(case: Application) -> None:
    """What is not decided yet ends with the application."""
    for objection in queries.objections_to(case):
        if objection.state in objection.__lifecycle__.open:
            casework.apply(objection, "cease", SYSTEM)
            notifications.drop(f"application_objection:{objection.id}:")


def _of(objection: ApplicationObjection) -> Application:
    return session().get_one(Application, objection.application_id)
