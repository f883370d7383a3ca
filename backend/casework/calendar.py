"""The working calendar in the database: published years, provisional years, and loading the State Council's notice."""

import csv
import io
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask import current_app

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure import audit, current
from backend.infrastructure.asked import Asked, answered
from backend.infrastructure.database import session
from backend.infrastructure.prepared import Prepared
from backend.kernel.errors import InvalidInput
from backend.kernel.working_days import DayKind, WorkingCalendar, YearStatus

from .model import CalendarDay, CalendarYear
from .published_years import PUBLISHED_YEARS, provisional_days, published_days

#: Years beyond the last published one that are kept as provisional, so that no deadline falls outside.
_AHEAD = 3
#: The State Council publishes in autumn; from this month on a missing next year is an alarm.
_ALARM_MONTH = 12
_CHANGED = "working_calendar_changed"
_HEADERS = ("日期", "类型", "名称")
_KINDS = {"放假": DayKind.HOLIDAY, "上班": DayKind.MAKE_UP_WORKDAY}


#: What `load` asks.
YEARS = Asked(
    Prepared(sa.select(CalendarYear.year, CalendarYear.published, CalendarYear.version).order_by(CalendarYear.year)), {}
)


def load() -> WorkingCalendar:
    """The calendar as the database holds it now; its years are read once per unit of work, its days when a year changed."""
    held: WorkingCalendar | None = session().info.get("working_calendar")
    if held is None:
        years = tuple(answered(YEARS))
        kept: dict[Any, WorkingCalendar] = current_app.extensions.setdefault("fangxin_calendar", {})
        held = kept.get(years) or _read(years)
        if _CHANGED not in session().info:  # what is not committed may never be
            kept.clear()
            kept[years] = held
        session().info["working_calendar"] = held
    return held


def _read(years: Sequence[sa.Row[int, bool, int]]) -> WorkingCalendar:
    days = session().execute(sa.select(CalendarDay.day, CalendarDay.kind))
    return WorkingCalendar(
        days={day: DayKind(kind) for day, kind in days},
        years={row.year: YearStatus.PUBLISHED if row.published else YearStatus.PROVISIONAL for row in years},
        version=_version([row for row in years if row.published]),
    )


def seed(first: int, last: int) -> None:
    """Lay down the known years and enough provisional ones after them; years that stand already are left alone.

    first, last   years, both included
    """
    standing = set(session().scalars(sa.select(CalendarYear.year)))
    for year in range(first, last + 1):
        if year in standing:
            continue
        published = year in PUBLISHED_YEARS
        source = "国务院办公厅节假日安排通知" if published else "《全国年节及纪念日放假办法》（安排尚未公布）"
        _replace(year, published_days(year) if published else provisional_days(year), published, source, version=1)


def extend() -> list[int]:
    """Keep provisional years ahead of today. returns the years that were added"""
    have = set(session().scalars(sa.select(CalendarYear.year)))
    wanted = [year for year in range(current.today().year, current.today().year + _AHEAD + 1) if year not in have]
    for year in wanted:
        seed(year, year)
    return wanted


def missing_years() -> list[int]:
    """Years whose notice should be loaded by now: this year's always, from 1 December on the next one's too."""
    today = current.today()
    needed = [today.year, *([today.year + 1] if today.month == _ALARM_MONTH else [])]
    published = set(session().scalars(sa.select(CalendarYear.year).where(CalendarYear.published)))
    return [year for year in needed if year not in published]


def years() -> list[tuple[CalendarYear, list[CalendarDay]]]:
    """Every year that is known with the days that differ from their weekday, the latest year first, its days in order."""
    days: dict[int, list[CalendarDay]] = {}
    for day in session().scalars(sa.select(CalendarDay).order_by(CalendarDay.day)):
        days.setdefault(day.day.year, []).append(day)
    found = session().scalars(sa.select(CalendarYear).order_by(CalendarYear.year.desc()))
    return [(year, days.get(year.year, [])) for year in found]


@dataclass(frozen=True)
class Notice:
    """A State Council notice as read from a file: one year's days that differ from their weekday."""

    year: int
    days: dict[date, tuple[DayKind, str]]


def read_notice(content: bytes) -> Notice:
    """Read an operator's CSV with the columns 日期, 类型 (放假 or 上班), 名称.

    raises   InvalidInput naming the line and what to do
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInput("calendar_encoding", "文件编码不对，请另存为 UTF-8 的 CSV。") from None
    try:
        rows = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error:
        raise InvalidInput("calendar_broken", "文件有损坏，请在表格软件里重新另存为 UTF-8 的 CSV。") from None
    if not rows or tuple(cell.strip() for cell in rows[0]) != _HEADERS:
        raise InvalidInput("calendar_header", "第一行应当是：日期,类型,名称。")
    days: dict[date, tuple[DayKind, str]] = {}
    for number, row in enumerate(rows[1:], 2):
        if any(cell.strip() for cell in row):
            day, kind, name = _notice_line(number, row)
            if day in days:
                raise InvalidInput("calendar_repeated", f"第 {number} 行：{day} 出现了两次。")
            days[day] = (kind, name)
    years = {day.year for day in days}
    if len(years) != 1:
        raise InvalidInput("calendar_years", "一个文件只能是同一年的安排，并且至少有一天。")
    if sum(kind is DayKind.HOLIDAY for kind, _ in days.values()) < 13:
        raise InvalidInput("calendar_incomplete", "放假天数少于法定的 13 天，请对照国务院办公厅的通知补全。")
    return Notice(years.pop(), days)


def publish(actor: Actor, notice: Notice, source: str) -> None:
    """Load a year's notice; whatever was known of the year is replaced. Open deadlines are counted again by `service.publish_year`.

    source   the notice's number or address, kept with the year
    """
    held = session().get(CalendarYear, notice.year)
    version = held.version + 1 if held else 1
    _replace(notice.year, notice.days, True, source, version)
    audit.record(
        actor,
        Action.CALENDAR_PUBLISH,
        "calendar_year",
        str(notice.year),
        after={"version": version, "days": len(notice.days)},
    )


def _version(published: Sequence[sa.Row[int, bool, int]]) -> str:
    """Latest published year and number of loadings so far; every loading makes another one."""
    return f"{max((row.year for row in published), default=0)}r{sum(row.version for row in published)}"


def _notice_line(number: int, row: list[str]) -> tuple[date, DayKind, str]:
    cells = [cell.strip() for cell in row] + ["", "", ""]
    try:
        day = date.fromisoformat(cells[0])
    except ValueError:
        raise InvalidInput(
            "calendar_day", f"第 {number} 行：日期“{cells[0][:20]}”不对，写成 2027-01-01 这样。"
        ) from None
    if cells[1] not in _KINDS:
        raise InvalidInput("calendar_kind", f"第 {number} 行：类型只能写“放假”或“上班”。")
    kind = _KINDS[cells[1]]
    if kind is DayKind.MAKE_UP_WORKDAY and day.weekday() < 5:
        raise InvalidInput(
            "calendar_weekday", f"第 {number} 行：{day} 本来就是工作日，“上班”只写调休的周末，请核对日期。"
        )
    if any(unicodedata.category(char) in {"Cc", "Cs"} for char in cells[2]):
        raise InvalidInput("calendar_name", f"第 {number} 行：名称里有看不见的控制字符，请删掉后重新输入。")
    return day, kind, cells[2][:40]


def _replace(year: int, days: Mapping[date, tuple[DayKind, str]], published: bool, source: str, version: int) -> None:
    session().execute(
        sa.delete(CalendarDay).where(CalendarDay.day >= date(year, 1, 1), CalendarDay.day <= date(year, 12, 31))
    )
    session().add_all(CalendarDay(day=day, kind=kind.value, name=name) for day, (kind, name) in days.items())
    held = session().get(CalendarYear, year)
    if held is None:
        held = CalendarYear(year=year)
        session().add(held)
    held.published, held.source, held.version = published, source, version
    session().flush()
    session().info.pop("working_calendar", None)
    session().info[_CHANGED] = True
