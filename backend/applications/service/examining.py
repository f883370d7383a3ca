"""What the county's officers do: two of them look at every application, one after the other."""

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.casework import service as casework
from backend.kernel.errors import NotPossibleNow

from .. import queries
from ..lifecycle import SECOND
from ..model import Application
from ..rules import RefusalReason
from . import telling


def ask_correction(actor: Actor, case_no: str, *, text: str) -> Application:
    """Return it for correction (补正), once, with everything that is missing. raises NotFound, NotPermitted, NotPossibleNow"""
    case = queries.application(actor, Action.APPLICATION_ASK_CORRECTION, case_no)
    casework.apply(case, "ask_correction", actor)
    case.correction = text
    telling.officers(case)
    telling.station(case, "请补正，15 个工作日内重新提交")
    return case


def examine(actor: Actor, case_no: str, *, certify: bool, text: str) -> Application:
    """The first examiner's finding. raises NotFound, NotPermitted, NotPossibleNow"""
    case = queries.application(actor, Action.APPLICATION_EXAMINE, case_no)
    casework.apply(case, "examine", actor, details={"certify": certify})
    case.finding, case.examined_by, case.examined_text = certify, actor.account_id, text
    telling.officers(case)
    return case


def send_back(actor: Actor, case_no: str, *, text: str) -> Application:
    """A second officer wants it examined again. raises NotFound, NotPermitted, NotPossibleNow also for the first examiner"""
    case = queries.application(actor, Action.APPLICATION_SEND_BACK, case_no)
    casework.apply(case, "send_back", actor, facts=_second(actor, case))
    case.confirmed_text, case.finding, case.examined_by = text, None, None
    telling.officers(case)
    return case


def confirm(actor: Actor, case_no: str, *, text: str) -> Application:
    """A second officer recommends the unit to the office of the joint meeting.

    raises   NotFound, NotPermitted, NotPossibleNow for the first examiner, or when the finding was against it
    """
    case = queries.application(actor, Action.APPLICATION_CONFIRM, case_no)
    if case.state == "examined" and not case.finding:
        raise NotPossibleNow("finding_against", "初审意见是不予认定。不同意的，请退回重新初审。", state=case.state)
    casework.apply(case, "confirm", actor, facts=_second(actor, case))
    case.confirmed_by, case.confirmed_text = actor.account_id, text
    telling.officers(case)
    telling.station(case, "审查通过，等待公示")
    return case


def refuse(actor: Actor, case_no: str, *, reason: RefusalReason, text: str, remedy: str) -> Application:
    """A second officer refuses, with the reason and what would help. raises NotFound, NotPermitted, NotPossibleNow"""
    case = queries.application(actor, Action.APPLICATION_REFUSE, case_no)
    casework.apply(case, "refuse", actor, ground=reason, facts=_second(actor, case))
    case.confirmed_by = actor.account_id
    refused(case, reason, text, remedy)
    return case


def refused(case: Application, reason: RefusalReason, text: str, remedy: str) -> None:
    """What a refusal writes, whoever refused."""
    case.reason, case.decision_text, case.remedy = reason, text, remedy
    telling.officers(case)
    telling.station(case, "不予认定，理由和怎么改正见详情")


def _second(actor: Actor, case: Application) -> dict[str, bool]:
    return {SECOND: case.examined_by != actor.account_id}
