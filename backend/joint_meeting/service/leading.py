"""What the department that is asked to lead does: accept, hand back to the one that should, report the result."""

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.bodies.rules import DEPARTMENTS
from backend.casework import service as casework
from backend.joint_meeting import queries
from backend.joint_meeting.lifecycle import FEW, MANY
from backend.joint_meeting.model import Dispatch
from backend.joint_meeting.rules import MOST_RETURNS
from backend.kernel.errors import InvalidInput, NotPossibleNow

from .noting import note
from .telling import due_of, take_back, tell_consumer, tell_lead, tell_office, tell_proposer


def accept(actor: Actor, case_no: str) -> Dispatch:
    """Accept the lead; whoever does so is the one in charge."""
    case = queries.dispatch(actor, Action.DISPATCH_ACCEPT, case_no)
    casework.apply(case, "accept", actor)
    case.officer_id = actor.account_id
    take_back(case)
    return case


def hand_back(actor: Actor, case_no: str, *, target: str, reason: str) -> Dispatch:
    """Hand the lead to the department whose business it is; the third time the office decides.

    target    code of the department; it is asked to lead now, or proposed to the office
    reason    told to the office, the target and the complainant
    raises    NotPossibleNow when the office has decided; InvalidInput
    """
    case = queries.dispatch(actor, Action.DISPATCH_HAND_BACK, case_no)
    third, sender = case.returns >= MOST_RETURNS, case.lead_code or ""
    step = "bring_back" if third else "hand_back"
    casework.apply(case, step, actor, facts={FEW: not third, MANY: third}, details={"target": target})
    if case.assigned:
        raise NotPossibleNow(
            "assigned_already", "联席会议办公室已经决定由本单位牵头，不能再退回。请接收。", state=case.state
        )
    if target == sender:
        message = "请选应当牵头的另一个单位。"
        raise InvalidInput("target_is_sender", message, fields={"target": [message]})
    if any(one.department_code == target for one in queries.assistants(case.id)):
        message = f"{DEPARTMENTS[target].name}已经在协办，请选另一个单位，或者接收后和它商量。"
        raise InvalidInput("target_assists", message, fields={"target": [message]})
    note(actor, case, step, sender, target, reason)
    take_back(case)
    case.returns += 1
    if third:
        tell_office(case, "deadline_near", step="决定由谁牵头", due=due_of(case))
    else:
        case.lead_code = target
        tell_lead(case, "dispatch_sent", body=DEPARTMENTS[target].name, due=due_of(case))
        tell_consumer(case, "dispatch_led_by")
    return case


def report(actor: Actor, case_no: str, *, text: str) -> Dispatch:
    """Report the result: to the office, which checks it, and to the complainant at once.

    text   read by the complainant; what would tell who somebody is is hidden there
    """
    case = queries.dispatch(actor, Action.DISPATCH_REPORT, case_no)
    casework.apply(case, "report", actor)
    case.result = text
    take_back(case)
    tell_office(case, "deadline_near", step="核对牵头部门的结果", due=due_of(case))
    tell_consumer(case, "dispatch_result")
    tell_proposer(case, "dispatch_result", body=DEPARTMENTS[case.lead_code or ""].name)
    return case
