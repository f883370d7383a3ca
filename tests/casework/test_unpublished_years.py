"""Deadlines that cross into a year whose holidays are not published: counted by law, marked, and counted again."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.access.actor import SYSTEM, Actor, Role
from backend.access.policy import Action
from backend.casework import calendar
from backend.casework import queries as cases
from backend.casework import service as casework
from backend.casework.model import CalendarYear, Deadline
from backend.complaints import queries as complaints
from backend.complaints import service as complaint_service
from backend.infrastructure.database import session, unit_of_work
from backend.kernel.clock import FixedClock, end_of_local_day, local_instant
from backend.kernel.working_days import DayKind, YearStatus
from tests.console.office import Office
from tests.pages.town import Shop, Town

#: The days off at New Year 2027: by law the 1st alone; as a notice might lay them, Friday to Sunday with a working Saturday.
_OFF = [date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 3), *[date(2027, 2, day) for day in range(5, 17)]]
NOTICE = calendar.Notice(
    2027,
    dict.fromkeys(_OFF, (DayKind.HOLIDAY, "假日")) | {date(2027, 1, 9): (DayKind.MAKE_UP_WORKDAY, "调休上班")},
)


@pytest.fixture
def officer(town: Town) -> Actor:
    return town.staff(Role.CITY_OFFICER)


def _deadline(app: Flask, officer: Actor, number: str, clock: str) -> Deadline:
    with app.app_context(), unit_of_work(read_only=True):
        case = complaints.complaint(officer, Action.COMPLAINT_READ, number)
        found = next(row for row in cases.deadlines(case) if row.clock == clock)
        session().expunge(found)
        return found


@pytest.fixture
def number(office: Office, town: Town, shop: Shop, clock: FixedClock) -> str:
    """A complaint of 31 December 2026: its seven working days all lie in 2027."""
    clock.set(local_instant(date(2026, 12, 31), 10))
    return office.complaint(shop, town.person("gu-ke"))


def test_the_days_fixed_by_law_are_known_before_the_notice(app: Flask) -> None:
    with app.app_context(), unit_of_work(read_only=True):
        working = calendar.load()
    assert working.years[2026] is YearStatus.PUBLISHED
    assert working.years[2027] is YearStatus.PROVISIONAL
    assert working.is_holiday(date(2027, 1, 1))
    assert working.is_holiday(date(2027, 2, 6)), "Spring Festival"
    assert not working.is_holiday(date(2027, 1, 4))
    assert working.is_working_day(date(2026, 2, 28)), "a published make-up Saturday"


def test_a_deadline_into_2027_is_provisional_and_counted_again_when_published(
    app: Flask, town: Town, officer: Actor, number: str
) -> None:
    first = _deadline(app, officer, number, "C1")
    assert (first.provisional, first.due_at) == (True, end_of_local_day(date(2027, 1, 12)))
    assert town.act(casework.publish_year, SYSTEM, NOTICE, "国办发明电〔2026〕9号") == 1
    final = _deadline(app, officer, number, "C1")
    assert (final.provisional, final.due_at) == (False, end_of_local_day(date(2027, 1, 11)))
    assert final.calendar_version != first.calendar_version
    assert town.act(casework.publish_year, SYSTEM, NOTICE, "更正") == 0


def test_a_deadline_within_a_published_year_is_final_from_the_start(
    app: Flask, office: Office, town: Town, shop: Shop, officer: Actor
) -> None:
    number = office.complaint(shop, town.person("gu-ke"))
    before = _deadline(app, officer, number, "C1")
    assert (before.provisional, before.due_at) == (False, end_of_local_day(date(2026, 12, 2)))
    town.act(casework.publish_year, SYSTEM, NOTICE, "国办发明电〔2026〕9号")
    assert _deadline(app, officer, number, "C1").due_at == before.due_at


def test_a_marked_breach_is_not_moved_by_a_notice(
    app: Flask, town: Town, officer: Actor, number: str, clock: FixedClock
) -> None:
    first = _deadline(app, officer, number, "C1")
    clock.set(first.due_at + timedelta(seconds=1))
    town.act(casework.mark_breaches, "complaint", ("C1",))
    town.act(casework.publish_year, SYSTEM, NOTICE, "国办发明电〔2026〕9号")
    late = _deadline(app, officer, number, "C1")
    assert (late.due_at, late.breached_at, late.provisional) == (first.due_at, clock.now(), False)


def test_what_was_stopped_stays_as_it_was(app: Flask, town: Town, officer: Actor, number: str) -> None:
    town.act(complaint_service.accept_complaint, officer, number)
    stopped = _deadline(app, officer, number, "C1")
    town.act(casework.publish_year, SYSTEM, NOTICE, "国办发明电〔2026〕9号")
    after = _deadline(app, officer, number, "C1")
    assert (after.due_at, after.provisional) == (stopped.due_at, stopped.provisional)


def test_held_days_survive_the_recount(app: Flask, town: Town, officer: Actor, number: str, clock: FixedClock) -> None:
    town.act(complaint_service.accept_complaint, officer, number)
    town.act(complaint_service.pause_for_testing, officer, number)
    clock.advance(days=4)
    town.act(complaint_service.resume_mediation, officer, number)
    before = _deadline(app, officer, number, "C2")
    town.act(casework.publish_year, SYSTEM, NOTICE, "国办发明电〔2026〕9号")
    after = _deadline(app, officer, number, "C2")
    assert (after.held_days, after.due_at) == (4, before.due_at)
    assert (before.provisional, after.provisional) == (True, False)


def test_provisional_years_are_kept_ahead(app: Flask, clock: FixedClock) -> None:
    def known() -> dict[int, bool]:
        with app.app_context(), unit_of_work(read_only=True):
            return {row.year: row.published for row in session().scalars(sa.select(CalendarYear))}

    last = max(known())
    clock.set(local_instant(date(last, 6, 1)))
    with app.app_context(), unit_of_work():
        assert calendar.extend() == [last + 1, last + 2, last + 3]
    with app.app_context(), unit_of_work():
        assert calendar.extend() == []
        assert calendar.load().is_holiday(date(last + 3, 10, 1))
    assert not known()[last + 3]


def test_laying_the_years_down_again_leaves_a_published_one_alone(app: Flask, town: Town) -> None:
    town.act(casework.publish_year, SYSTEM, NOTICE, "国办发明电〔2026〕9号")
    town.act(calendar.seed, 2024, 2030)
    with app.app_context(), unit_of_work(read_only=True):
        year = session().get_one(CalendarYear, 2027)
        assert (year.published, year.source, year.version) == (True, "国办发明电〔2026〕9号", 2)
        assert not calendar.load().is_working_day(date(2027, 2, 16))
