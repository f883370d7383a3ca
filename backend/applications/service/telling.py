"""Who is told what: officers what waits for them, the station how its application goes on."""

from backend.access.actor import Role
from backend.accounts import queries as accounts
from backend.casework import queries as cases
from backend.infrastructure.database import session
from backend.notifications import service as notifications

from ..model import Application, ApplicationObjection

#: State → what an officer does next; the office's states are those that the county has done with.
STEPS = {
    "submitted": "初审",
    "examined": "由另一名承办人复核",
    "recommended": "安排公示",
    "noticed": "决定是否认定",
}
_OFFICE = ("recommended", "noticed")


def officers(case: Application, template: str = "application_waits") -> None:
    """Ask those whose turn it is now; what was asked of others before is taken back."""
    session().flush()
    notifications.drop(f"application:{case.id}:turn:")
    state = case.state or ""
    if state not in STEPS:
        return
    due = cases.next_deadlines("application", [case.id])[case.id]
    for officer in _holders(case, office=state in _OFFICE, late=template == "deadline_missed"):
        if state != "examined" or officer != case.examined_by:
            notifications.queue(
                officer,
                template,
                {"case_no": case.case_no, "unit_name": case.unit_name, "step": STEPS[state], "due": due.due_at},
                event_key=f"application:{case.id}:turn:{due.id}:{template}",
                link=f"/console/applications/{case.case_no}",
            )


def station(case: Application, decision: str) -> None:
    """Tell the station's members what happened."""
    session().flush()
    for member in accounts.holders(Role.STATION_MEMBER, station_id=case.station_id):
        notifications.queue(
            member,
            "application_moved",
            {"case_no": case.case_no, "unit_name": case.unit_name, "decision": decision},
            event_key=f"application:{case.id}:moved:{case.version}",
            link=link(case),
        )


def objected(case: Application, objection: ApplicationObjection) -> None:
    """Ask the station to answer an objection."""
    session().flush()
    due = cases.next_deadlines("application_objection", [objection.id])[objection.id].due_at
    for member in accounts.holders(Role.STATION_MEMBER, station_id=case.station_id):
        notifications.queue(
            member,
            "application_objected",
            {"case_no": objection.case_no, "unit_name": case.unit_name, "due": due},
            event_key=f"application_objection:{objection.id}:raised",
            link=link(case),
            holds_while="awaiting_answer",
        )


def to_decide(case: Application, objection: ApplicationObjection, template: str = "application_waits") -> None:
    """Ask the officers who did not examine the application to decide an objection."""
    session().flush()
    due = cases.next_deadlines("application_objection", [objection.id])[objection.id].due_at
    people = [*_holders(case, late=template == "deadline_missed"), *_holders(case, office=True)]
    for officer in dict.fromkeys(people):
        if officer not in (case.examined_by, case.confirmed_by):
            notifications.queue(
                officer,
                template,
                {"case_no": objection.case_no, "unit_name": case.unit_name, "step": "处理异议", "due": due},
                event_key=f"application_objection:{objection.id}:decide:{template}",
                link=f"/console/applications/{case.case_no}",
                holds_while="awaiting_decision",
            )


def link(case: Application) -> str:
    """Where the station reads its application."""
    return f"/station/applications/{case.case_no}"


def _holders(case: Application, *, office: bool = False, late: bool = False) -> list[str]:
    if office:
        return list(accounts.holders(Role.JOINT_OFFICE))
    county = list(accounts.holders(Role.COUNTY_OFFICER, county_code=case.county_code))
    return list(dict.fromkeys([*county, *accounts.holders(Role.CITY_OFFICER)])) if late else county
