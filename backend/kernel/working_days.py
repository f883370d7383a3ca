"""The working calendar: State-Council holidays and make-up days, working-day and natural-day periods.

source  Order 121 §45: the first day is not counted; a last day that is a statutory holiday moves to the first day after it
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class DayKind(StrEnum):
    """How a day differs from its weekday in the State Council's notice."""

    HOLIDAY = "holiday"
    MAKE_UP_WORKDAY = "make_up_workday"


class YearStatus(StrEnum):
    """PUBLISHED: the notice is loaded. PROVISIONAL: only the days fixed by law are known, the shifts are not."""

    PUBLISHED = "published"
    PROVISIONAL = "provisional"


class CalendarNotCovered(LookupError):
    """A day falls in a year of which the calendar knows nothing; an alarm for the operator, never a guess."""

    def __init__(self, year: int) -> None:
        super().__init__(f"the working calendar does not cover {year}")
        self.year = year


@dataclass(frozen=True)
class Due:
    """The last day of a period, and whether it may still move because a year is not published."""

    on: date
    provisional: bool


@dataclass(frozen=True)
class WorkingCalendar:
    """Days that differ from their weekday, and the years that are covered.

    version   names the state of the calendar, to be kept with every deadline counted by it
    """

    days: Mapping[date, DayKind]
    years: Mapping[int, YearStatus]
    version: str

    def is_working_day(self, day: date) -> bool:
        """raises CalendarNotCovered"""
        self._status(day.year)
        kind = self.days.get(day)
        return kind is DayKind.MAKE_UP_WORKDAY or (kind is None and day.weekday() < 5)

    def is_holiday(self, day: date) -> bool:
        """Whether the day is off by the notice, its shifted rest days included; a plain weekend is not. raises CalendarNotCovered"""
        self._status(day.year)
        return self.days.get(day) is DayKind.HOLIDAY

    def add_working_days(self, start: date, count: int) -> Due:
        """The `count`-th working day after `start`, which itself is not counted.

        raises   CalendarNotCovered
        """
        if count < 1:
            raise ValueError("a period has at least one day")
        day, left, provisional = start, count, False
        while left:
            day += timedelta(days=1)
            left -= self.is_working_day(day)
            provisional = provisional or self._status(day.year) is YearStatus.PROVISIONAL
        return Due(day, provisional)

    def add_natural_days(self, start: date, count: int, *, roll: bool = True) -> Due:
        """The `count`-th natural day after `start`, moved past a statutory holiday when `roll`; a weekend does not move it.

        raises   CalendarNotCovered
        """
        if count < 1:
            raise ValueError("a period has at least one day")
        day = start + timedelta(days=count)
        provisional = self._status(day.year) is YearStatus.PROVISIONAL
        while roll and self.is_holiday(day):
            day += timedelta(days=1)
            provisional = provisional or self._status(day.year) is YearStatus.PROVISIONAL
        return Due(day, provisional)

    def _status(self, year: int) -> YearStatus:
        try:
            return self.years[year]
        except KeyError:
            raise CalendarNotCovered(year) from None
