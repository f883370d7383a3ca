"""Who answers for which body. Pure."""

from datetime import timedelta

from backend.access.actor import Actor, Role
from backend.bodies.rules import BUREAUS, CITY, DEPARTMENTS, OFFICE

#: So long before the last moment the body is reminded once.
REMINDED = timedelta(days=2)
#: The city's bureau, under its own code and as a department of the joint meeting.
_CITY_BUREAU = (CITY, "market")


def county_of(body_code: str) -> str:
    """The county whose officers answer for a body; the city's own code for bodies that are no county's."""
    return body_code if body_code in BUREAUS else CITY


def department_of(body_code: str) -> str | None:
    """The department whose members answer for a body; None for bureaus and the office."""
    return body_code if body_code in DEPARTMENTS else None


def answers_for(actor: Actor, body_code: str) -> bool:
    """Whether the actor speaks for the body; who only watches it, such as the city over a county, does not."""
    return any(
        (grant.role is Role.COUNTY_OFFICER and grant.county_code == body_code)
        or (grant.role is Role.DEPARTMENT and grant.department_code == body_code)
        or (grant.role is Role.CITY_OFFICER and body_code in _CITY_BUREAU)
        or (grant.role is Role.JOINT_OFFICE and body_code == OFFICE.code)
        for grant in actor.grants
    )
