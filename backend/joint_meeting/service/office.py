"""What a bureau proposes and the joint-meeting office decides: who leads, whether the result will do."""

from datetime import date

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.bodies.rules import DEPARTMENTS, OFFICE
from backend.casework import service as casework
from backend.complaints import queries as complaints
from backend.complaints.lifecycle import COMPLAINT
from backend.complaints.model import Complaint
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.joint_meeting import queries, rules
from backend.joint_meeting.model import Dispatch
from backend.kernel.clock_table import RULE_SETS
from backend.kernel.errors import InvalidInput, NotPossibleNow
from backend.kernel.identifiers import new_case_number
from backend.kernel.regulation import rule_set_for

from .assisting import ask_of, release_all
from .noting import note
from .telling import due_of, take_back, tell_consumer, tell_lead, tell_office, tell_proposer


def propose(actor: Actor, complaint_no: str, *, why: str) -> Dispatch:
    """Ask the office to name a lead for a complaint that concerns several departments. The bureau keeps the complaint.

    raises   NotPossibleNow when it is closed, or proposed already
    """
    complaint = complaints.complaint(actor, Action.DISPATCH_PROPOSE, complaint_no)
    made = _made(actor, complaint, why)
    tell_office(made, "deadline_near", step="决定由谁牵头", due=due_of(made))
    return made


def send_new(
    actor: Actor,
    complaint_no: str,
    *,
    why: str,
    lead: str,
    asked: str,
    assistants: list[str],
    accept_by: date | None = None,
    reply_by: date | None = None,
) -> Dispatch:
    """The office dispatches a complaint that was returned to it three times, without anybody's proposal."""
    complaint = complaints.brought_to_office(actor, complaint_no)
    made = _made(actor, complaint, why)
    return _sent(actor, made, lead, asked, assistants, accept_by, reply_by)


def send(
    actor: Actor,
    case_no: str,
    *,
    lead: str,
    asked: str,
    assistants: list[str],
    accept_by: date | None = None,
    reply_by: date | None = None,
) -> Dispatch:
    """Give it to a lead, and ask others to assist. After three returns the lead that is named keeps it.

    lead, assistants      codes of departments; no department is both
    asked                 what is to be done, told to all of them
    accept_by, reply_by   other last days than J1 and J2 give
    raises                InvalidInput
    """
    return _sent(
        actor, queries.dispatch(actor, Action.DISPATCH_SEND, case_no), lead, asked, assistants, accept_by, reply_by
    )


def decline(actor: Actor, case_no: str, *, reason: str) -> Dispatch:
    """Do not dispatch what a bureau proposed; it goes on handling it. The reason is told to the bureau."""
    case = queries.dispatch(actor, Action.DISPATCH_DECLINE, case_no)
    casework.apply(case, "decline", actor)
    note(actor, case, "decline", OFFICE.code, OFFICE.code, reason)
    take_back(case)
    tell_proposer(case, "dispatch_declined")
    return case


def ask_more(actor: Actor, case_no: str, *, reason: str) -> Dispatch:
    """The result does not say enough: the lead goes on, with a new period."""
    case = queries.dispatch(actor, Action.DISPATCH_ASK_MORE, case_no)
    casework.apply(case, "ask_more", actor)
    note(actor, case, "ask_more", OFFICE.code, case.lead_code or "", reason)
    take_back(case)
    tell_lead(case, "deadline_near", step="补充办理结果", due=due_of(case))
    return case


def confirm(actor: Actor, case_no: str) -> Dispatch:
    """The result will do; nobody needs to reply any more."""
    case = queries.dispatch(actor, Action.DISPATCH_CONFIRM, case_no)
    casework.apply(case, "confirm", actor)
    take_back(case)
    release_all(actor, case)
    return case


def _made(actor: Actor, complaint: Complaint, why: str) -> Dispatch:
    if complaint.state in COMPLAINT.closed:
        raise NotPossibleNow("complaint_closed", "这件投诉已经办结，不能再提请联席会议。", state=complaint.state)
    if queries.of_complaint(complaint.id) is not None:
        raise NotPossibleNow("dispatched_already", "这件投诉已经提请过联席会议，请看办理情况。", state=complaint.state)
    case = Dispatch(
        case_no=new_case_number("LX", current.today()),
        complaint_id=complaint.id,
        complaint_no=complaint.case_no,
        consumer_id=complaint.consumer_id,
        unit_name=complaint.unit_name,
        county_code=complaint.county_code,
        proposed_by=actor.account_id,
        why=why,
        rule_set=rule_set_for(current.today(), RULE_SETS).code,
    )
    casework.apply(case, "propose", actor)
    session().add(case)
    session().flush()
    return case


def _sent(
    actor: Actor,
    case: Dispatch,
    lead: str,
    asked: str,
    assistants: list[str],
    accept_by: date | None,
    reply_by: date | None,
) -> Dispatch:
    brought_back = case.state == "returned"
    for name, day in (("accept_by", accept_by), ("reply_by", reply_by)):
        if day is not None and not rules.is_last_day(day, current.today()):
            message = "期限应当是明天起 60 天以内的一天。"
            raise InvalidInput("last_day_out_of_range", message, fields={name: [message]})
    if lead in assistants:
        message = "牵头部门不用再选作协办部门。"
        raise InvalidInput("lead_assists", message, fields={"assistants": [message]})
    casework.apply(
        case, "send", actor, details={"lead": lead}, due_on={"J1": accept_by} if accept_by is not None else None
    )
    release_all(actor, case, only=lead)
    case.lead_code, case.asked, case.assigned = lead, asked, brought_back
    note(actor, case, "send", OFFICE.code, lead, asked)
    take_back(case)
    tell_lead(case, "dispatch_sent", body=DEPARTMENTS[lead].name, due=due_of(case))
    tell_consumer(case, "dispatch_led_by")
    held = {one.department_code for one in queries.assistants(case.id)}
    for department in assistants:
        if department not in held:
            ask_of(actor, case, department, asked, reply_by)
    return case
