"""Periods of law by the working calendar: the published years' vectors, and what happens where a year is not published."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.casework.published_years import PUBLISHED_YEARS, provisional_days, published_days
from backend.kernel.clock import local_date, local_instant
from backend.kernel.clock_table import RULE_SETS
from backend.kernel.regulation import due, rule_set_for
from backend.kernel.working_days import CalendarNotCovered, WorkingCalendar, YearStatus

_DAYS = {day: kind for year in PUBLISHED_YEARS for day, (kind, _) in published_days(year).items()}
_LAW_2027 = {day: kind for day, (kind, _) in provisional_days(2027).items()}
CALENDAR = WorkingCalendar(
    {**_DAYS, **_LAW_2027},
    {**dict.fromkeys(PUBLISHED_YEARS, YearStatus.PUBLISHED), 2027: YearStatus.PROVISIONAL},
    "test",
)
WORKING = [
    (date(2026, 4, 30), 7, date(2026, 5, 13)),
    (date(2026, 9, 18), 7, date(2026, 9, 29)),
    (date(2026, 2, 12), 7, date(2026, 2, 28)),
    (date(2026, 9, 30), 7, date(2026, 10, 15)),
    (date(2026, 1, 5), 45, date(2026, 3, 13)),
]
NATURAL = [(date(2026, 8, 3), 60, date(2026, 10, 8)), (date(2026, 4, 20), 60, date(2026, 6, 22))]


def _monday_to_friday(start: date, length: int) -> date:
    """How a calendar without the State Council's notices would count: the control."""
    day = start
    while length:
        day += timedelta(days=1)
        length -= day.weekday() < 5
    return day


@pytest.mark.parametrize(("start", "length", "last"), WORKING)
def test_working_days(start: date, length: int, last: date) -> None:
    counted = CALENDAR.add_working_days(start, length)
    assert (counted.on, counted.provisional) == (last, False)


def test_counting_monday_to_friday_would_be_wrong() -> None:
    wrong = [start for start, length, last in WORKING if _monday_to_friday(start, length) != last]
    assert len(wrong) == 4  # on 18 September the make-up Sunday and the holiday happen to cancel out


@pytest.mark.parametrize(("start", "length", "last"), NATURAL)
def test_natural_days_roll_past_a_holiday(start: date, length: int, last: date) -> None:
    assert CALENDAR.add_natural_days(start, length).on == last
    assert start + timedelta(days=length) != last


def test_a_plain_weekend_does_not_move_a_natural_day() -> None:
    saturday = date(2026, 11, 28)
    assert CALENDAR.add_natural_days(saturday - timedelta(days=5), 5).on == saturday


def test_a_period_into_an_unpublished_year_is_provisional_and_known() -> None:
    counted = CALENDAR.add_working_days(date(2026, 12, 29), 7)
    assert counted.provisional
    assert counted.on > date(2027, 1, 1)
    assert not CALENDAR.add_working_days(date(2026, 12, 14), 7).provisional


def test_a_year_of_which_nothing_is_known_is_an_alarm() -> None:
    with pytest.raises(CalendarNotCovered):
        CALENDAR.add_working_days(date(2027, 12, 29), 7)


@given(st.dates(date(2024, 1, 1), date(2026, 9, 30)), st.integers(1, 40), st.integers(1, 10))
def test_working_days_are_working_days_and_add_up(start: date, first: int, second: int) -> None:
    once = CALENDAR.add_working_days(start, first)
    assert CALENDAR.is_working_day(once.on)
    assert once.on > start
    assert CALENDAR.add_working_days(once.on, second).on == CALENDAR.add_working_days(start, first + second).on


@pytest.mark.parametrize(
    ("received", "code", "length"), [(date(2026, 4, 14), "order20", 45), (date(2026, 4, 15), "order121", 60)]
)
def test_the_day_of_receipt_chooses_the_rules(received: date, code: str, length: int) -> None:
    rules = rule_set_for(received, RULE_SETS)
    assert (rules.code, rules.clocks["C2"].length) == (code, length)


def test_ninety_six_hours_are_hours() -> None:
    started = datetime(2026, 9, 30, 15, 30, tzinfo=UTC)
    assert due(RULE_SETS[1].clocks["M1"], started, CALENDAR).at == started + timedelta(hours=96)


def test_days_count_from_the_day_in_wenzhou_to_its_last_second() -> None:
    late = local_instant(date(2026, 4, 30), 23, 59)
    last = due(RULE_SETS[1].clocks["C1"], late, CALENDAR)
    assert local_date(last.at) == date(2026, 5, 13)
    assert local_date(last.at + timedelta(seconds=1)) == date(2026, 5, 14)


def test_testing_does_not_count() -> None:
    started = local_instant(date(2026, 10, 20), 10)
    plain = due(RULE_SETS[1].clocks["C2"], started, CALENDAR)
    held = due(RULE_SETS[1].clocks["C2"], started, CALENDAR, held_days=5)
    assert held.at - plain.at == timedelta(days=5)
