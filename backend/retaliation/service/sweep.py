"""What time does to cases of retaliation: nobody took them, nobody contacted the person, nothing was found. Run by the worker."""

from backend.access.actor import SYSTEM
from backend.casework import queries as cases
from backend.casework import service as casework
from backend.infrastructure import current
from backend.infrastructure.database import session, unit_of_work
from backend.retaliation.model import Retaliation

from .telling import above, county, tell_officers


def sweep() -> int:
    """Send upward what is late; opens its own units of work. returns how many nobody had taken"""
    with unit_of_work(read_only=True):
        waiting = list(cases.due_case_ids("retaliation", "P0", current.now()))
    for case_id in waiting:
        with unit_of_work():
            case = session().get_one(Retaliation, case_id, with_for_update=True)
            if case.state == "told":
                casework.apply(case, "escalate", SYSTEM)
                session().flush()
                tell_officers(case, "retaliation_late", above(case), clock="P1")
    with unit_of_work():
        for case_id, clock in casework.mark_breaches("retaliation", ("P1", "P2")):
            case = session().get_one(Retaliation, case_id)
            mine = [case.officer_id] if case.officer_id else county(case)
            tell_officers(case, "retaliation_late", [*mine, *above(case)], clock=clock, event=f":{clock}")
    return len(waiting)
