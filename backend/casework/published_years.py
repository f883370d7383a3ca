"""Holiday lists that are known: published years from the State Council's notices, later years as far as the law fixes them."""

from datetime import date, timedelta

import chinese_calendar
import holidays

from backend.kernel.working_days import DayKind

#: Years whose notices are part of the installed data.
PUBLISHED_YEARS = range(2024, 2027)
_NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}


def published_days(year: int) -> dict[date, tuple[DayKind, str]]:
    """Day → kind and Chinese name, for every day that the year's notice changes.

    year   one of PUBLISHED_YEARS
    """
    found: dict[date, tuple[DayKind, str]] = {}
    for day in _days_of(year):
        off, name = chinese_calendar.get_holiday_detail(day)
        if off and name:
            found[day] = (DayKind.HOLIDAY, _NAMES[name])
        elif not off and day.weekday() >= 5:
            found[day] = (DayKind.MAKE_UP_WORKDAY, "调休上班")
    return found


def provisional_days(year: int) -> dict[date, tuple[DayKind, str]]:
    """Day → kind and name for the statutory days of a year that is not published; shifts and make-up days are unknown.

    source   《全国年节及纪念日放假办法》: the days themselves are fixed by law
    """
    known = holidays.country_holidays("CN", years=year, language="zh_CN", observed=False)
    return {day: (DayKind.HOLIDAY, name) for day, name in sorted(known.items())}


def _days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=offset) for offset in range((date(year + 1, 1, 1) - first).days)]
