"""The sweep: marks breaches, says so to both sides, files for those who asked for it, lets choices lapse. Run by the worker."""

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from backend.access.actor import SYSTEM
from backend.casework import queries as cases
from backend.casework import service as casework
from backend.casework.model import Deadline, DeadlineState
from backend.complaints.delegation_model import Delegation
from backend.complaints.lateness import STATION_CLOCKS
from backend.complaints.model import Complaint, Settlement
from backend.infrastructure import current, metrics
from backend.infrastructure.database import Busy, session, unit_of_work

from .consumer import lodge
from .delegation import tell_council
from .phone import forget_phone
from .telling import (
    due_of,
    refresh_outcomes,
    tell_city,
    tell_consumer,
    tell_office,
    tell_officers,
    tell_owner,
    tell_station,
)

_STEPS = {
    "C1": "决定是否受理",
    "C2": "办结调解",
    "C3": "送达终止调解通知",
    "C5": "决定由谁处理",
    "J3": "接收或者退回转来的投诉",
    "J4": "指定承办单位",
}
#: Clocks whose breach the city is told of as well; the lifecycle's alerts say so.
_CITY_TOO = {"C1", "C3", "C5", "J3"}
#: State in which the consumer is to choose → the clock that the choice lapses by.
_CHOICES = {"offered": "D1", "refused": "D2", "not_performed": "D2"}
#: Clock → how long before its end it is spoken of: the consumer is to choose, the station is to answer.
_WARN_BEFORE = {"D1": timedelta(days=3), "D2": timedelta(days=3), "M1": timedelta(hours=24)}
_COUNCIL_STEPS = {"K1": "决定是否接受委托调解", "K2": "完成委托调解"}
_COUNCIL_LATE = {"K1": "消保委没有按期决定是否接受", "K2": "消保委没有按期办完"}
_log = logging.getLogger(__name__)


def sweep(batch: int = 200) -> int:
    """One pass; opens its own units of work, one per case, so that one bad case stops nobody else's.

    batch     how many cases of a kind at most, the longest due first; the next pass takes the next ones
    returns   how many cases were touched
    """
    with unit_of_work():
        for case_id, clock in casework.mark_breaches("settlement", STATION_CLOCKS):
            if clock in _TELL_STATION:
                _TELL_STATION[clock](session().get_one(Settlement, case_id))
        for case_id, clock in casework.mark_breaches("delegation", tuple(_COUNCIL_STEPS)):
            _tell_council_late(case_id, clock)
        late = casework.mark_breaches("complaint", tuple(_STEPS))
        for case_id, clock in late:
            _tell_late(case_id, clock)
    with unit_of_work(read_only=True):
        unanswered = _unanswered_ids(batch)
        lapsing = [
            case_id
            for clock in ("D1", "D2")
            for case_id in cases.due_case_ids("settlement", clock, current.now(), batch)
        ]
        soon = _due_soon(batch)
    return len(late) + _each(_unanswered, unanswered) + _each(_lapse, lapsing) + _each(_remind, soon)


def _each(deed: Callable[[str], None], case_ids: Sequence[str]) -> int:
    """Do it to every case; a case that fails is noted for its operators. returns to how many it was done"""
    done = 0
    for case_id in case_ids:
        try:
            deed(case_id)
        except (Busy, OperationalError):
            raise
        except Exception:  # noqa: BLE001  (whatever is wrong with one case is not the others' fault)
            metrics.EVENTS.labels("sweep_case_failed").inc()
            _log.exception("the sweep left a case out", extra={"case_id": case_id})
        else:
            done += 1
    return done


def _unanswered_ids(batch: int) -> Sequence[str]:
    """Requests whose station let its time run out and that are not noted as such; noted ones may stay open for years."""
    statement = (
        sa.select(Settlement.id)
        .join(Deadline, sa.and_(Deadline.case_id == Settlement.id, Deadline.case_type == "settlement"))
        .where(
            Settlement.state == "awaiting_answer",
            Settlement.unanswered.is_(False),
            Deadline.clock == "M1",
            Deadline.state == DeadlineState.RUNNING,
            Deadline.due_at < current.now(),
        )
    )
    return session().scalars(statement.order_by(Deadline.due_at).limit(batch)).all()


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


def _tell_untaken(settlement: Settlement) -> None:
    """24 hours, and nobody has taken it: there is no owner, so every member is told."""
    tell_station(settlement, "deadline_missed", step="接手和解诉求", due=due_of(settlement, "M0"))


def _tell_delaying(settlement: Settlement) -> None:
    tell_station(settlement, "settlement_delaying")


def _tell_unperformed(settlement: Settlement) -> None:
    tell_station(settlement, "settlement_unperformed")
    tell_consumer(settlement, "settlement_unperformed")


def _tell_still_broken(settlement: Settlement) -> None:
    """The consumer said that it was not done, and the station neither did it nor offered anything since."""
    tell_station(settlement, "deadline_missed", step="做到约定的事，或者重新提出方案", due=due_of(settlement, "M8"))


#: What is said when a station's clock runs out; of M1 `_unanswered` speaks, which also files.
_TELL_STATION = {"M0": _tell_untaken, "M2": _tell_delaying, "M3": _tell_unperformed, "M8": _tell_still_broken}


def _tell_late(case_id: str, clock: str) -> None:
    complaint = session().get_one(Complaint, case_id)
    due = due_of(complaint)
    if clock == "J4":
        tell_office(complaint, "deadline_missed", step=_STEPS[clock], due=due)
    elif clock != "C5":
        tell_officers(complaint, "deadline_missed", step=_STEPS[clock], due=due)
    if clock in _CITY_TOO:
        tell_city(complaint, "deadline_missed", step=_STEPS[clock], due=due)


def _tell_council_late(case_id: str, clock: str) -> None:
    held = session().get_one(Delegation, case_id)
    tell_council(held, "deadline_missed", step=_COUNCIL_STEPS[clock])
    complaint = session().get_one(Complaint, held.complaint_id)
    tell_officers(complaint, "delegation_decided", event=f":{held.case_no}:{clock}", decision=_COUNCIL_LATE[clock])


def _lapse(case_id: str) -> None:
    with unit_of_work():
        settlement = session().get_one(Settlement, case_id, with_for_update=True)
        if settlement.state in _CHOICES:
            casework.apply(settlement, "lapse", SYSTEM)
            forget_phone(settlement)
            tell_consumer(settlement, "settlement_lapsed")
            refresh_outcomes(settlement.unit_id)


def _due_soon(batch: int) -> list[str]:
    """Requests of which a clock ends soon, and whose people have not been reminded since it started."""
    now = current.now()
    soon = [
        sa.and_(Deadline.clock == clock, Deadline.due_at.between(now, now + before))
        for clock, before in _WARN_BEFORE.items()
    ]
    statement = (
        sa.select(Settlement.id)
        .join(Deadline, sa.and_(Deadline.case_id == Settlement.id, Deadline.case_type == "settlement"))
        .where(
            Deadline.state == DeadlineState.RUNNING,
            sa.or_(*soon),
            sa.or_(Settlement.reminded_at.is_(None), Settlement.reminded_at <= Deadline.started_at),
        )
    )
    return list(session().scalars(statement.order_by(Deadline.due_at).limit(batch)))


def _remind(case_id: str) -> None:
    """The consumer is to choose; or the station is to answer, and whoever took the request hears of it first."""
    with unit_of_work():
        settlement = session().get_one(Settlement, case_id, with_for_update=True)
        if settlement.state in _CHOICES:
            settlement.reminded_at = current.now()
            due = due_of(settlement, _CHOICES[settlement.state])
            tell_consumer(settlement, "settlement_lapsing_soon", due=due)
        elif settlement.state == "awaiting_answer":
            settlement.reminded_at = current.now()
            tell_owner(settlement, "deadline_near", step="答复和解诉求", due=due_of(settlement, "M1"))
