"""The sweep: marks breaches, says so to both sides, files for those who asked for it, lets choices lapse. Run by the worker."""

from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa

from backend.access.actor import SYSTEM
from backend.casework import queries as cases
from backend.casework import service as casework
from backend.casework.model import Deadline, DeadlineState
from backend.complaints.model import Complaint, Settlement
from backend.infrastructure import current
from backend.infrastructure.database import session, unit_of_work

from .consumer import lodge
from .telling import due_of, refresh_outcomes, tell_consumer, tell_officers, tell_station

_STEPS = {"C1": "决定是否受理", "C2": "办结调解", "C3": "送达终止调解通知"}
_WARN_BEFORE = timedelta(days=3)


def sweep() -> int:
    """One pass; opens its own units of work, one per case, so that one bad case stops nobody else's.

    returns   how many cases were touched
    """
    with unit_of_work():
        casework.mark_breaches("settlement", ("M1", "M3"))
        casework.mark_breaches("complaint", tuple(_STEPS))
    now = current.now()
    with unit_of_work(read_only=True):
        unanswered = _not_yet_noted(cases.due_case_ids("settlement", "M1", now))
        late = [(case_id, clock) for clock in _STEPS for case_id in cases.due_case_ids("complaint", clock, now)]
        lapsing = [case_id for clock in ("D1", "D2") for case_id in cases.due_case_ids("settlement", clock, now)]
        soon = _choosing_soon()
    for case_id in unanswered:
        _unanswered(case_id)
    for case_id, clock in late:
        _late(case_id, clock)
    for case_id in lapsing:
        _lapse(case_id)
    for case_id in soon:
        _remind(case_id)
    return len(unanswered) + len(late) + len(lapsing) + len(soon)


def _not_yet_noted(case_ids: Sequence[str]) -> Sequence[str]:
    statement = sa.select(Settlement.id).where(Settlement.id.in_(case_ids), Settlement.unanswered.is_(False))
    return session().scalars(statement).all()


def _unanswered(case_id: str) -> None:
    """M1 ran out: it counts as unanswered, both sides are told, and it is filed where the consumer asked for that."""
    with unit_of_work():
        settlement = session().get_one(Settlement, case_id, with_for_update=True)
        if settlement.state != "awaiting_answer":
            return
        settlement.unanswered = True
        tell_station(settlement, "settlement_unanswered")
        if settlement.file_for_me and settlement.complainant_id is not None:
            lodge(SYSTEM, settlement)
        else:
            tell_consumer(settlement, "settlement_unanswered")
            refresh_outcomes(settlement.unit_id)


def _late(case_id: str, clock: str) -> None:
    with unit_of_work():
        complaint = session().get_one(Complaint, case_id)
        tell_officers(complaint, "deadline_missed", step=_STEPS[clock], due=due_of(complaint))


def _lapse(case_id: str) -> None:
    with unit_of_work():
        settlement = session().get_one(Settlement, case_id, with_for_update=True)
        if settlement.state in {"offered", "refused"}:
            casework.apply(settlement, "lapse", SYSTEM)
            tell_consumer(settlement, "settlement_lapsed")
            refresh_outcomes(settlement.unit_id)


def _choosing_soon() -> list[str]:
    """Requests whose choice lapses within three days and whose consumer has not been reminded."""
    statement = (
        sa.select(Settlement.id)
        .join(Deadline, sa.and_(Deadline.case_id == Settlement.id, Deadline.case_type == "settlement"))
        .where(
            Deadline.state == DeadlineState.RUNNING,
            Deadline.clock.in_(("D1", "D2")),
            Deadline.due_at.between(current.now(), current.now() + _WARN_BEFORE),
            sa.or_(Settlement.reminded_at.is_(None), Settlement.reminded_at < Deadline.started_at),
        )
    )
    return list(session().scalars(statement.limit(200)))


def _remind(case_id: str) -> None:
    with unit_of_work():
        settlement = session().get_one(Settlement, case_id, with_for_update=True)
        if settlement.state in {"offered", "refused"}:
            settlement.reminded_at = current.now()
            tell_consumer(settlement, "settlement_lapsing_soon", due=due_of(settlement))
