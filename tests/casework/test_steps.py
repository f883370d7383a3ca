"""One step of a case: state, event, clocks and audit together or not at all; held time; lateness that stays."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.access.actor import SYSTEM, Actor, Role
from backend.access.policy import Action
from backend.casework import queries as cases
from backend.casework import service as casework
from backend.casework.model import Case, CaseEvent, Deadline
from backend.complaints import queries as complaints
from backend.complaints import service as complaint_service
from backend.complaints.model import Complaint
from backend.infrastructure.audit import AuditEntry
from backend.infrastructure.database import session, unit_of_work
from backend.kernel.clock import FixedClock, end_of_local_day
from backend.kernel.errors import NotPossibleNow
from backend.supervision.model import Removal
from tests.console.office import Office
from tests.pages.town import Shop, Town

#: The tests' present day; mediation of a complaint accepted on it ends 60 natural days later.
TODAY = date(2026, 11, 23)
C2_ENDS = date(2027, 1, 22)


@pytest.fixture
def officer(town: Town) -> Actor:
    return town.staff(Role.CITY_OFFICER)


@pytest.fixture
def number(office: Office, town: Town, shop: Shop) -> str:
    """A complaint that just came in."""
    return office.complaint(shop, town.person("gu-ke"))


def _case(officer: Actor, number: str) -> Complaint:
    return complaints.complaint(officer, Action.COMPLAINT_READ, number)


def _clocks(app: Flask, officer: Actor, number: str) -> dict[str, Deadline]:
    with app.app_context(), unit_of_work(read_only=True):
        found = cases.deadlines(_case(officer, number))
        session().expunge_all()
        return {row.clock: row for row in found}


def _written(app: Flask) -> tuple[int, int, int]:
    """Events, audit entries and deadlines."""
    with app.app_context(), unit_of_work(read_only=True):
        counts = [
            session().scalar(sa.select(sa.func.count()).select_from(kind)) for kind in (CaseEvent, AuditEntry, Deadline)
        ]
    return tuple(counts)  # type: ignore[return-value]


def test_a_step_moves_state_event_clocks_and_audit_together(
    app: Flask, town: Town, clock: FixedClock, officer: Actor, number: str
) -> None:
    clock.advance(hours=3)
    events, entries, deadlines = _written(app)
    town.act(complaint_service.accept_complaint, officer, number)
    assert _written(app) == (events + 1, entries + 1, deadlines + 1)
    with app.app_context(), unit_of_work(read_only=True):
        case = _case(officer, number)
        assert (case.state, case.state_since) == ("in_mediation", clock.now())
        event = cases.events(case)[-1]
        assert (event.action, event.from_state, event.to_state) == ("accept", "received", "in_mediation")
        assert (event.actor_id, event.at) == (officer.account_id, clock.now())
        entry = session().scalars(sa.select(AuditEntry).order_by(AuditEntry.sequence.desc())).first()
        assert entry is not None
        assert (entry.action, entry.subject_id) == ("complaint.accept", case.id)
        assert (entry.before, entry.after) == ({"state": "received"}, {"state": "in_mediation"})
    clocks = _clocks(app, officer, number)
    assert (clocks["C1"].state, clocks["C1"].stopped_at, clocks["C1"].breached_at) == ("stopped", clock.now(), None)
    assert (clocks["C2"].state, clocks["C2"].started_at) == ("running", clock.now())
    assert clocks["C2"].due_at == end_of_local_day(C2_ENDS)


class _Fails(Exception):
    pass


def test_a_step_that_fails_later_leaves_nothing(app: Flask, town: Town, officer: Actor, number: str) -> None:
    before = _written(app)

    def accept_and_fail() -> None:
        complaint_service.accept_complaint(officer, number)
        session().flush()
        raise _Fails

    with pytest.raises(_Fails):
        town.act(accept_and_fail)
    assert _written(app) == before
    with app.app_context(), unit_of_work(read_only=True):
        assert _case(officer, number).state == "received"
    town.act(complaint_service.accept_complaint, officer, number)
    assert _written(app) != before, "the control"


def test_a_step_that_the_state_does_not_allow_names_those_it_does(
    app: Flask, town: Town, officer: Actor, number: str
) -> None:
    before = _written(app)
    with pytest.raises(NotPossibleNow) as refused:
        town.act(complaint_service.resume_mediation, officer, number)
    assert refused.value.state == "received"
    to_others = {"pass_on", "pass_to_office", "contest", "merge"}
    assert set(refused.value.allowed) == {"accept", "refuse", "withdraw", "ask_identity", "answer_identity", *to_others}
    assert _written(app) == before


def test_time_spent_on_testing_is_added_in_full(
    app: Flask, town: Town, clock: FixedClock, officer: Actor, number: str
) -> None:
    town.act(complaint_service.accept_complaint, officer, number)
    clock.advance(days=10)
    town.act(complaint_service.pause_for_testing, officer, number)
    held = _clocks(app, officer, number)["C2"]
    assert (held.state, held.held_at, held.due_at) == ("held", clock.now(), end_of_local_day(C2_ENDS))
    clock.advance(days=12)
    town.act(complaint_service.resume_mediation, officer, number)
    resumed = _clocks(app, officer, number)["C2"]
    assert (resumed.state, resumed.held_at, resumed.held_days) == ("running", None, 12)
    assert resumed.due_at == end_of_local_day(C2_ENDS + timedelta(days=12))
    for days, last in ((1, date(2027, 2, 4)), (3, date(2027, 2, 9))):  # 5 to 8 February are Spring Festival by law
        clock.advance(days=1)
        town.act(complaint_service.pause_for_testing, officer, number)
        clock.advance(days=days)
        town.act(complaint_service.resume_mediation, officer, number)
        assert _clocks(app, officer, number)["C2"].due_at == end_of_local_day(last)
    assert _clocks(app, officer, number)["C2"].held_days == 16


def test_a_held_clock_does_not_run_out(app: Flask, town: Town, clock: FixedClock, officer: Actor, number: str) -> None:
    town.act(complaint_service.accept_complaint, officer, number)
    town.act(complaint_service.pause_for_testing, officer, number)
    clock.set(end_of_local_day(C2_ENDS) + timedelta(days=5))
    assert town.act(casework.mark_breaches, "complaint", ("C2",)) == []
    town.act(complaint_service.resume_mediation, officer, number)
    assert _clocks(app, officer, number)["C2"].breached_at is None
    clock.advance(days=70)
    assert [code for _, code in town.act(casework.mark_breaches, "complaint", ("C2",))] == ["C2"], "the control"


def test_a_breach_is_marked_once_and_stays(
    app: Flask, town: Town, clock: FixedClock, officer: Actor, number: str
) -> None:
    due = _clocks(app, officer, number)["C1"].due_at
    clock.set(due)
    assert town.act(casework.mark_breaches, "complaint", ("C1",)) == [], "the last second is still in time"
    clock.advance(seconds=1)
    ((_, code),) = town.act(casework.mark_breaches, "complaint", ("C1",))
    assert code == "C1"
    marked = _clocks(app, officer, number)["C1"].breached_at
    assert marked == clock.now()
    clock.advance(days=1)
    assert town.act(casework.mark_breaches, "complaint", ("C1",)) == []
    town.act(complaint_service.accept_complaint, officer, number)
    late = _clocks(app, officer, number)["C1"]
    assert (late.state, late.breached_at, late.due_at) == ("stopped", marked, due)


def test_who_is_late_and_stops_before_the_sweep_is_late_all_the_same(
    app: Flask, town: Town, clock: FixedClock, officer: Actor, number: str
) -> None:
    clock.set(_clocks(app, officer, number)["C1"].due_at + timedelta(seconds=1))
    town.act(complaint_service.accept_complaint, officer, number)
    assert _clocks(app, officer, number)["C1"].breached_at == clock.now()


def test_who_is_late_cannot_become_punctual_by_a_pause(
    app: Flask, town: Town, clock: FixedClock, officer: Actor, number: str
) -> None:
    town.act(complaint_service.accept_complaint, officer, number)
    clock.set(end_of_local_day(C2_ENDS) + timedelta(hours=1))
    late_since = clock.now()
    town.act(complaint_service.pause_for_testing, officer, number)
    clock.advance(days=9)
    town.act(complaint_service.resume_mediation, officer, number)
    late = _clocks(app, officer, number)["C2"]
    assert (late.breached_at, late.due_at, late.held_days) == (late_since, end_of_local_day(C2_ENDS), 9)


def test_a_step_that_waits_for_a_clock_says_how_long(app: Flask, town: Town, clock: FixedClock, shop: Shop) -> None:
    consumer = town.person("gu-ke")
    actor, request = consumer.actor(), town.request(shop, consumer)

    def escalate() -> casework.Taken:
        case = complaints.settlement(actor, Action.SETTLEMENT_ESCALATE, request)
        return casework.apply(case, "escalate", SYSTEM)

    clock.advance(hours=95)
    with pytest.raises(NotPossibleNow) as refused:
        town.act(escalate)
    assert (refused.value.code, "escalate" in refused.value.allowed) == ("deadline_not_reached", False)
    assert "还剩 1 小时" in refused.value.message
    clock.advance(hours=1, seconds=1)
    assert town.act(escalate).event["to_state"] == "escalated"


def test_a_guard_that_the_feature_answers_is_kept(town: Town, officer: Actor, office: Office, shop: Shop) -> None:
    proposer = office.at_desk(Role.COUNTY_OFFICER)
    proposal = office.proposal(shop, proposer)

    def decide(answer: bool) -> str | None:
        case = session().scalars(sa.select(Removal).where(Removal.case_no == proposal)).one()
        if case.state == "awaiting_reply":
            casework.apply(case, "reply", SYSTEM)
        casework.apply(case, "decide_keep", officer, facts={"决定人不能是提案人": answer})
        return case.state

    with pytest.raises(NotPossibleNow) as refused:
        town.act(decide, False)
    assert (refused.value.code, "决定人不能是提案人" in refused.value.message) == ("guard_not_met", True)
    assert town.act(decide, True) == "kept"


def test_a_guard_that_nobody_answers_is_a_mistake_of_the_feature(
    town: Town, officer: Actor, office: Office, shop: Shop
) -> None:
    proposal = office.proposal(shop, office.at_desk(Role.COUNTY_OFFICER))

    def decide() -> None:
        case = session().scalars(sa.select(Removal).where(Removal.case_no == proposal)).one()
        casework.apply(case, "reply", SYSTEM)
        casework.apply(case, "decide_keep", officer)

    with pytest.raises(KeyError):
        town.act(decide)


def test_every_clock_that_a_table_holds_is_pausable_by_its_rule() -> None:
    held = {
        (kind.__tablename__, rule_set, code): kind.__clocks__[rule_set][code].pausable
        for kind in Case.__subclasses__()
        for row in kind.__lifecycle__.rows
        for code in row.holds
        for rule_set in kind.__clocks__
    }
    assert len(held) >= 2
    assert all(held.values()), held


def test_every_clock_that_a_table_starts_has_a_length_in_every_rule_set() -> None:
    missing = [
        (kind.__tablename__, rule_set, code)
        for kind in Case.__subclasses__()
        for row in kind.__lifecycle__.rows
        for code in row.starts
        for rule_set in kind.__clocks__
        if code not in kind.__clocks__[rule_set]
    ]
    assert missing == []
