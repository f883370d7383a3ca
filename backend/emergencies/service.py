"""Raising an emergency, taking it over, closing it, and telling higher up when nobody does."""

from backend.access.actor import SYSTEM, Actor, Role
from backend.access.policy import Action
from backend.accounts import queries as accounts
from backend.badges import queries as badges
from backend.casework import queries as cases
from backend.casework import service as casework
from backend.infrastructure import current
from backend.infrastructure.database import session, unit_of_work
from backend.kernel.errors import InvalidInput, NotPossibleNow
from backend.kernel.identifiers import check_phone, new_case_number
from backend.merchants.model import Unit
from backend.notifications import service as notifications

from . import queries, rules
from .model import EmergencyCase
from .rules import Emergency


def raise_emergency(
    *,
    kind: Emergency,
    what: str,
    token: str | None = None,
    unit_id: str | None = None,
    place: str | None = None,
    county_code: str | None = None,
    phone: str | None = None,
    about_no: str | None = None,
) -> EmergencyCase:
    """Tell every officer of the county and of the city at once; nothing holds these notices back.

    token      of the badge at the place, or unit_id; else place and county_code are needed
    phone      of the person, when they may be called
    about_no   of the case in which it was marked; the caller knows that it is the person's own
    raises     UnknownBadge, InvalidInput
    """
    unit_id = badges.by_token(token).plate.unit_id if token else unit_id
    unit = session().get_one(Unit, unit_id) if unit_id else None
    if unit is None and (place is None or county_code is None):
        missing = {"place": place, "county_code": county_code}
        fields = {key: ["这一项必须填写。"] for key, value in missing.items() if value is None}
        raise InvalidInput("place_missing", "请写明在哪里、在哪个县（市、区），监管人员才能赶到。", fields=fields)
    case = EmergencyCase(
        case_no=new_case_number("JJ", current.today()),
        kind=kind,
        unit_id=unit.id if unit else None,
        unit_name=unit.name if unit else None,
        county_code=unit.county_code if unit else county_code,
        about_no=about_no,
        rule_set="2026",
    )
    case.place, case.what = "，".join(part for part in (unit and unit.address, place) if part), what
    case.phone = check_phone(phone) if phone is not None else None
    casework.apply(case, "raise", SYSTEM)
    session().add(case)
    session().flush()
    county = accounts.holders(Role.COUNTY_OFFICER, county_code=case.county_code)
    _tell(case, "emergency_raised", [*county, *accounts.holders(Role.CITY_OFFICER)])
    return case


def acknowledge(actor: Actor, case_no: str) -> EmergencyCase:
    """Take it over. The others' notices are taken back, so that nobody goes twice. raises NotPossibleNow when taken"""
    case = queries.emergency(actor, Action.EMERGENCY_ACKNOWLEDGE, case_no)
    casework.apply(case, "acknowledge", actor)
    case.officer_id = actor.account_id
    notifications.drop(f"emergency:{case.id}:")
    return case


def close(actor: Actor, case_no: str, *, text: str) -> EmergencyCase:
    """Write down what was done. raises NotPossibleNow for anybody but who took it over"""
    case = queries.emergency(actor, Action.EMERGENCY_CLOSE, case_no)
    if case.officer_id is not None and case.officer_id != actor.account_id:
        raise NotPossibleNow("not_yours", "这件紧急情况由另一名同事接手，请由接手人写处置情况。", state=case.state)
    casework.apply(case, "close", actor)
    case.outcome = text
    return case


def sweep() -> int:
    """Tell the city and the joint-meeting office of what nobody took over in time; opens its own units of work.

    returns   how many were escalated
    """
    with unit_of_work(read_only=True):
        waiting = list(cases.due_case_ids("emergency", "U1", current.now()))
    for case_id in waiting:
        with unit_of_work():
            case = session().get_one(EmergencyCase, case_id, with_for_update=True)
            if case.state == "raised":
                casework.apply(case, "escalate", SYSTEM)
                _tell(case, "emergency_unanswered", _above())
    with unit_of_work():
        for case_id, clock in casework.mark_breaches("emergency", ("U2", "U3")):
            case = session().get_one(EmergencyCase, case_id)
            mine = [case.officer_id] if case.officer_id else []
            template = "emergency_unanswered" if clock == "U2" else "emergency_unfinished"
            _tell(case, template, [*mine, *_above()], again=True)
    return len(waiting)


def _above() -> list[str]:
    return [*accounts.holders(Role.CITY_OFFICER), *accounts.holders(Role.JOINT_OFFICE)]


def _tell(case: EmergencyCase, template: str, people: list[str], *, again: bool = False) -> None:
    where = case.unit_name or rules.area(case.county_code)
    for person in dict.fromkeys(people):
        notifications.queue(
            person,
            template,
            {"case_no": case.case_no, "unit_name": where, "step": case.kind.zh},
            event_key=f"emergency:{case.id}:{template}:{case.state}{':again' if again else ''}",
            link=f"/console/emergencies/{case.case_no}",
        )
