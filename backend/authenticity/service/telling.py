"""Notices about suspected clones and false plaques. Merchant and station are told outcomes, never what people told."""

from backend.access.actor import Role
from backend.accounts import queries as accounts
from backend.authenticity.model import CloneCase, FakeReport
from backend.badges.model import Plate
from backend.casework import queries as cases
from backend.infrastructure.database import session
from backend.notifications import service as notifications
from backend.notifications.templates import Value

_PATHS = {"clone_case": "/console/clones", "fake_report": "/console/fake-plaques"}


def tell_officers(case: CloneCase | FakeReport, template: str, *, city_too: bool = False, **params: Value) -> None:
    """A notice with the nearest deadline to the county's officers; to the city's where there is no county."""
    officers = accounts.holders(Role.COUNTY_OFFICER, county_code=case.county_code)
    if city_too or not officers:
        officers = [*officers, *accounts.holders(Role.CITY_OFFICER)]
    due = cases.next_deadlines(case.__tablename__, [case.id])[case.id].due_at
    named: dict[str, Value] = {"case_no": case.case_no, "due": due, **params}
    if isinstance(case, CloneCase):
        named["unit_name"] = case.unit_name
    for officer in dict.fromkeys(officers):
        _queue(case, officer, template, f"{_PATHS[case.__tablename__]}/{case.case_no}", named)


def tell_station(case: CloneCase, template: str) -> None:
    """A notice to every member of the unit's station."""
    station_id = session().get_one(Plate, case.plate_id).station_id
    for member in accounts.holders(Role.STATION_MEMBER, station_id=station_id):
        _queue(case, member, template, "/station", {"unit_name": case.unit_name, "serial": case.serial})


def tell_joint_office(case: CloneCase, template: str) -> None:
    """A notice to the office that issues plates."""
    for member in accounts.holders(Role.JOINT_OFFICE):
        link = f"{_PATHS['clone_case']}/{case.case_no}"
        _queue(case, member, template, link, {"unit_name": case.unit_name, "serial": case.serial})


def _queue(case: CloneCase | FakeReport, recipient: str, template: str, link: str, params: dict[str, Value]) -> None:
    notifications.queue(
        recipient,
        template,
        params,
        event_key=f"{case.__tablename__}:{case.id}:{template}:{case.state}",
        link=link,
        holds_while=case.state,
    )
