"""Notices of disputes, and the numbers on the unit's card: queued in the transaction of the step."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from backend.access.actor import Role
from backend.accounts import queries as accounts
from backend.badges import cards
from backend.casework import queries as cases
from backend.complaints import queries
from backend.complaints.lifecycle import COMPLAINT
from backend.complaints.model import Complaint, Settlement
from backend.infrastructure import current
from backend.infrastructure.database import session, unit_of_work
from backend.infrastructure.jobs import SLOT, enqueue
from backend.kernel.clock import local_date
from backend.notifications import service as notifications
from backend.notifications.templates import Value

#: Name of the job that counts a unit's disputes.
COUNT_OUTCOMES = "count_outcomes"
_COUNTED_EVERY_S = 10
#: Template of the call to a meeting; taken back when there is another, and when none is needed any more.
INVITED = "mediation_invited"


def tell_consumer(case: Settlement | Complaint, template: str, *, event: str = "", **params: Value) -> None:
    """A notice to the consumer; `event` as in `tell_station`."""
    _queue(case, case.consumer_id, template, f"/my/cases/{case.case_no}", params, event)


def tell_station(case: Settlement, template: str, *, but: str | None = None, event: str = "", **params: Value) -> None:
    """A notice to every member of the station, or to all but one of them.

    event   tells apart what may happen more than once while the case stays in one state
    """
    for member in accounts.holders(Role.STATION_MEMBER, station_id=case.station_id):
        if member != but:
            _queue(case, member, template, f"/station/{case.case_no}", params, event)


def tell_owner(case: Settlement, template: str, *, event: str = "", **params: Value) -> None:
    """A notice to the member who has taken the request; to every member of the station while nobody has."""
    owner = queries.owners([case]).get(case.id)
    members = accounts.holders(Role.STATION_MEMBER, station_id=case.station_id)
    for member in members if owner is None else [owner.account_id]:
        _queue(case, member, template, f"/station/{case.case_no}", params, event)


def tell_officers(case: Complaint, template: str, *, to: str | None = None, event: str = "", **params: Value) -> None:
    """A notice to the officer in charge, or to all officers of the county while there is none.

    to      this officer instead
    event   as in `tell_station`
    """
    chosen = [to or case.officer_id] if to or case.officer_id else None
    for officer in chosen or accounts.holders(Role.COUNTY_OFFICER, county_code=case.county_code):
        if officer is not None:
            _queue(case, officer, template, f"/console/complaints/{case.case_no}", params, event)


def tell_parties(case: Complaint, template: str, *, event: str = "", **params: Value) -> None:
    """A notice to the consumer and to every member of the station; `event` as there."""
    number = session().get_one(Settlement, case.settlement_id).case_no
    _queue(case, case.consumer_id, template, f"/my/cases/{number}", params, event)
    tell_merchant(case, template, event=event, **params)


def tell_merchant(case: Complaint, template: str, *, event: str = "", **params: Value) -> None:
    """A notice to every member of the station that the complaint is about."""
    number = session().get_one(Settlement, case.settlement_id).case_no
    for member in accounts.holders(Role.STATION_MEMBER, station_id=case.station_id):
        _queue(case, member, template, f"/station/{number}", params, event)


def tell_city(case: Complaint, template: str, **params: Value) -> None:
    """A notice to every officer of the city."""
    for officer in accounts.holders(Role.CITY_OFFICER):
        _queue(case, officer, template, f"/console/complaints/{case.case_no}", params)


def tell_office(case: Complaint, template: str, **params: Value) -> None:
    """A notice to everybody of the joint-meeting office."""
    for officer in accounts.holders(Role.JOINT_OFFICE):
        _queue(case, officer, template, f"/console/returned/{case.case_no}", params)


def tell_evidence_added(settlement: Settlement) -> None:
    """The station added evidence: the consumer hears of it, and the officer in charge; once while a state lasts and a day."""
    today = f":{current.today()}"
    tell_consumer(settlement, "settlement_evidence_added", event=today)
    complaint = queries.complaint_of(settlement.id)
    if complaint is not None and complaint.officer_id is not None and complaint.state in COMPLAINT.open:
        tell_officers(complaint, "complaint_evidence_added", event=today)


def take_back_notices(case: Settlement | Complaint, *templates: str) -> None:
    """What waits to be sent or read about a case and is true no more is taken back: these notices, or all of a case withdrawn."""
    about = f"{case.__tablename__}:{case.id}:"
    for prefix in [f"{about}{template}:" for template in templates] or [about]:
        notifications.drop(prefix)


def due_of(case: Settlement | Complaint, clock: str | None = None) -> Value:
    """The last moment of an open clock of a case, or of the nearest one, for a notice."""
    session().flush()
    found = [one for one in cases.open_deadlines(case) if clock in {None, one.clock}]
    return found[0].due_at if found else ""


def refresh_outcomes(unit_id: str) -> None:
    """Have the unit's disputes counted again for its card: once for all that happens to it within some seconds."""
    slot = int(current.now().timestamp()) // _COUNTED_EVERY_S + 1
    due_at = datetime.fromtimestamp(slot * _COUNTED_EVERY_S, UTC)
    enqueue(COUNT_OUTCOMES, {"unit_id": unit_id}, dedupe=f"{SLOT}{COUNT_OUTCOMES}:{unit_id}:{slot}", due_at=due_at)


def count_outcomes(payload: Mapping[str, Any]) -> None:
    """The job: count the unit's disputes and write them on its card; opens its own unit of work."""
    with unit_of_work():
        unit_id = str(payload["unit_id"])
        cards.write_section(unit_id, "outcomes", queries.outcome_counts(unit_id))


def _queue(
    case: Settlement | Complaint, recipient: str, template: str, link: str, params: dict[str, Value], event: str = ""
) -> None:
    base: dict[str, Value] = {"case_no": case.case_no, "unit_name": case.unit_name}
    day = str(local_date(case.state_since))
    if isinstance(case, Complaint) and case.returns:
        day += f":{case.returns}"  # it may come into the same state twice on one day
    notifications.queue(
        recipient,
        template,
        {**base, **params},
        event_key=f"{case.__tablename__}:{case.id}:{template}:{case.state}:{day}{event}",
        link=link,
        holds_while=case.state,
    )
