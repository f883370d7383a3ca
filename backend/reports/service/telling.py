"""Notices of reports: to officers alone, by number alone. Nothing of what was told stands in a notice."""

from backend.access.actor import Role
from backend.accounts import queries as accounts
from backend.casework import queries as cases
from backend.infrastructure.database import session
from backend.notifications import service as notifications
from backend.notifications.templates import Value
from backend.reports.model import Report


def tell_officers(
    report: Report, template: str, *, everybody: bool = False, city_too: bool = False, event: str = "", **params: Value
) -> None:
    """A notice to the officer in charge; to all of the county while there is none, and to the city's where there is no county.

    everybody   all officers of the county, although one is in charge
    event       tells apart what happens more than once in one state
    """
    officers = [report.officer_id] if report.officer_id and not everybody else []
    officers = officers or list(accounts.holders(Role.COUNTY_OFFICER, county_code=report.county_code))
    if city_too or not officers:
        officers = [*officers, *accounts.holders(Role.CITY_OFFICER)]
    for officer in dict.fromkeys(officers):
        notifications.queue(
            officer,
            template,
            {"case_no": report.case_no, **params},
            event_key=f"report:{report.id}:{template}:{event or report.state}",
            link=f"/console/tip-offs/{report.case_no}",
            holds_while=report.state,
        )


def due_of(report: Report) -> Value:
    """The end of the running period, for a notice."""
    session().flush()
    return cases.next_deadlines("report", [report.id])[report.id].due_at
