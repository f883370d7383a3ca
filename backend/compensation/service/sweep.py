"""Marks what is late and says so to the payer and to the county's officers. Run by the worker."""

from backend.casework import service as casework
from backend.compensation.model import AdvancePayment, Recovery
from backend.infrastructure.database import session, unit_of_work

from .telling import tell_officers, tell_payer


def sweep() -> int:
    """One pass. returns how many deadlines were newly late"""
    with unit_of_work():
        late: list[AdvancePayment | Recovery] = [
            *(
                session().get_one(AdvancePayment, case_id)
                for case_id, _ in casework.mark_breaches("advance_payment", ("PF1", "PF2"))
            ),
            *(session().get_one(Recovery, case_id) for case_id, _ in casework.mark_breaches("recovery", ("PF3",))),
        ]
        for case in late:
            tell_payer(case, "advance_late")
            tell_officers(case, "advance_late")
    return len(late)
