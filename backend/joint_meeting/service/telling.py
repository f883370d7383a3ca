"""Notices of the joint meeting: queued in the transaction of the step. Links lead where the reader may go."""

from datetime import datetime

from backend.access.actor import Role
from backend.accounts import queries as accounts
from backend.bodies import queries as bodies
from backend.casework import queries as cases
from backend.infrastructure.database import session
from backend.joint_meeting.model import Assistance, Dispatch
from backend.notifications import service as notifications
from backend.notifications.templates import Value


def due_of(case: Dispatch | Assistance) -> datetime | str:
    """The nearest deadline, for a notice."""
    session().flush()
    found = cases.open_deadlines(case)
    return found[0].due_at if found else ""


def tell_lead(case: Dispatch, template: str, **params: Value) -> None:
    """Everybody of the department that leads."""
    people = accounts.holders(Role.DEPARTMENT, department_code=case.lead_code) if case.lead_code else []
    _queue(case, people, template, f"/console/joint-meeting/{case.case_no}", params)


def tell_office(case: Dispatch, template: str, **params: Value) -> None:
    """Everybody of the joint-meeting office."""
    _queue(case, accounts.holders(Role.JOINT_OFFICE), template, f"/console/joint-meeting/{case.case_no}", params)


def tell_assistant(case: Assistance, template: str, **params: Value) -> None:
    """Everybody of the department that assists."""
    people = accounts.holders(Role.DEPARTMENT, department_code=case.department_code)
    _queue(case, people, template, f"/console/joint-meeting/assist/{case.case_no}", params)


def tell_consumer(case: Dispatch, template: str) -> None:
    """The complainant: who leads now and how to reach them. The notice bears the complaint's number, which they know."""
    told = bodies.reached(case.lead_code or "")
    values: dict[str, Value] = {"case_no": case.complaint_no, "unit_name": case.unit_name, "body": told.name}
    if template == "dispatch_led_by":
        values["phone"] = told.phone
    key = _key(case, template)
    notifications.queue(case.consumer_id, template, values, event_key=key, link=f"/my/cases/{case.complaint_no}")


def tell_proposer(case: Dispatch, template: str, **params: Value) -> None:
    """Who brought it before the joint meeting."""
    people = [case.proposed_by] if case.proposed_by else []
    _queue(case, people, template, f"/console/joint-meeting/{case.case_no}", params)


def take_back(case: Dispatch | Assistance) -> None:
    """Who no longer has it has no more to do: what waits to be sent or read about its periods is taken back."""
    for template in ("dispatch_sent", "assistance_asked", "deadline_near", "deadline_missed"):
        notifications.drop(f"{case.__tablename__}:{case.id}:{template}:")


def _queue(case: Dispatch | Assistance, people: list[str], template: str, link: str, params: dict[str, Value]) -> None:
    values = {"case_no": case.case_no, "unit_name": case.unit_name, **params}
    for person in people:
        notifications.queue(person, template, values, event_key=_key(case, template), link=link)


def _key(case: Dispatch | Assistance, template: str) -> str:
    """One notice for each time that a case comes into a state."""
    return f"{case.__tablename__}:{case.id}:{template}:{case.state}:{case.state_since.isoformat()}"
