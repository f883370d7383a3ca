"""What time does to reports: periods that are missed. Run by the worker."""

from backend.casework import service as casework
from backend.infrastructure.database import session, unit_of_work
from backend.reports.model import Report

from .telling import due_of, tell_officers


def sweep() -> int:
    """Note what is late and tell the officer in charge and the city's; opens its own unit of work. returns how many"""
    with unit_of_work():
        late = casework.mark_breaches(Report.__tablename__, ("C4", "C4E"))
        for case_id, clock in late:
            report = session().get_one(Report, case_id)
            due = due_of(report)
            tell_officers(
                report,
                "deadline_missed",
                city_too=True,
                event=f"{clock}:{due}",
                due=due,
                unit_name="举报",
                step="核查举报",
            )
    return len(late)
