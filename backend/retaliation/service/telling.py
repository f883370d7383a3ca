"""Notices of retaliation: to officers who are not involved, by number alone. Nothing of what was told stands in one."""

from collections.abc import Iterable

from backend.access.actor import Role
from backend.accounts import queries as accounts
from backend.casework import queries as cases
from backend.notifications import service as notifications
from backend.retaliation import queries
from backend.retaliation.model import Retaliation


def county(case: Retaliation) -> list[str]:
    """Officers of the county; of the city where the county is not known or all of its officers are involved."""
    barred = queries.involved(case)
    near = [one for one in accounts.holders(Role.COUNTY_OFFICER, county_code=case.county_code) if one not in barred]
    return near or [one for one in accounts.holders(Role.CITY_OFFICER) if one not in barred] or above(case)


def above(case: Retaliation) -> list[str]:
    """The city's officers and the joint-meeting office."""
    barred = queries.involved(case)
    return [
        one for role in (Role.CITY_OFFICER, Role.JOINT_OFFICE) for one in accounts.holders(role) if one not in barred
    ]


def tell_officers(
    case: Retaliation, template: str, people: Iterable[str], *, clock: str | None = None, event: str = ""
) -> None:
    """Queue a notice to each of these people once.

    clock   whose last moment the notice names; the nearest one's when None
    event   tells apart what happens more than once in one state
    """
    due = next(one.due_at for one in cases.open_deadlines(case) if clock in {None, one.clock})
    for person in dict.fromkeys(people):
        notifications.queue(
            person,
            template,
            {"case_no": case.case_no, "due": due},
            event_key=f"retaliation:{case.id}:{template}:{case.state}{event}",
            link=f"/console/retaliation/{case.case_no}",
        )
