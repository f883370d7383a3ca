"""Marks what is late and says so; ends what a closed complaint no longer needs. Run by the worker."""

import sqlalchemy as sa

from backend.access.actor import SYSTEM
from backend.casework import service as casework
from backend.complaints.lifecycle import COMPLAINT
from backend.complaints.model import Complaint
from backend.infrastructure.database import session, unit_of_work
from backend.joint_meeting.lifecycle import DISPATCH
from backend.joint_meeting.model import Assistance, Dispatch

from .assisting import release_all
from .telling import due_of, take_back, tell_assistant, tell_lead, tell_office

_STEPS = {"J1": "接收联席会议交办", "J4": "决定由谁牵头", "J5": "报办理结果", "J6": "核对牵头部门的结果"}
#: Clocks of the lead; the others are the office's.
_OF_LEAD = {"J1", "J5"}
_REPLY = "答复协办的问题"


def sweep() -> int:
    """One pass; opens its own units of work. returns how many cases were touched"""
    with unit_of_work():
        late = casework.mark_breaches("dispatch", tuple(_STEPS))
        for case_id, clock in late:
            _tell_late(session().get_one(Dispatch, case_id), clock)
        silent = casework.mark_breaches("assistance", ("J2",))
        for case_id, _ in silent:
            _tell_silent(session().get_one(Assistance, case_id))
    with unit_of_work(read_only=True):
        ended = _of_closed_complaints()
    for case_id in ended:
        with unit_of_work():
            _cease(session().get_one(Dispatch, case_id, with_for_update=True))
    return len(late) + len(silent) + len(ended)


def _tell_late(case: Dispatch, clock: str) -> None:
    due = due_of(case)
    if clock in _OF_LEAD:
        tell_lead(case, "deadline_missed", step=_STEPS[clock], due=due)
    tell_office(case, "deadline_missed", step=_STEPS[clock], due=due)


def _tell_silent(case: Assistance) -> None:
    """The assistant, the lead and the office; the lead's page says it as well."""
    lead, due = session().get_one(Dispatch, case.dispatch_id), due_of(case)
    tell_assistant(case, "deadline_missed", step=_REPLY, due=due)
    for tell in (tell_lead, tell_office):
        tell(lead, "assistance_late", due=due)


def _of_closed_complaints() -> list[str]:
    """Dispatches on whose result nobody waits: the complaint is closed, and none was reported."""
    statement = (
        sa.select(Dispatch.id)
        .join(Complaint, Complaint.id == Dispatch.complaint_id)
        .where(Dispatch.state.not_in([*DISPATCH.closed, "reported"]), Complaint.state.in_(COMPLAINT.closed))
    )
    return list(session().scalars(statement.order_by(Dispatch.id).limit(200)))


def _cease(case: Dispatch) -> None:
    if case.state not in {*DISPATCH.closed, "reported"}:
        casework.apply(case, "cease", SYSTEM)
        take_back(case)
        release_all(SYSTEM, case)
