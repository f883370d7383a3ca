"""Kinds, grades and periods of what is made public; pure."""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from backend.kernel.errors import InvalidInput

#: Longest reply of a unit, in characters.
LONGEST_REPLY = 300
LONGEST_TEXT = 300
#: A penalty is shown for at most so many years. source: 总局令第45号 §13
MOST_YEARS = 3
#: A name with letters at its end: no number of a host, no port, no account before it.
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}", re.IGNORECASE)


class Showing(StrEnum):
    """Where a photo or a reply is on its way to the public."""

    WAITING = "waiting"
    SHOWN = "shown"
    REFUSED = "refused"
    REPLACED = "replaced"

    @property
    def zh(self) -> str:
        """The Chinese words."""
        return {"waiting": "等待审核", "shown": "已公开", "refused": "没有通过", "replaced": "已被新的替换"}[self.value]


class EntryKind(StrEnum):
    """What a public entry is."""

    PENALTY = "penalty"
    WARNING = "warning"

    @property
    def zh(self) -> str:
        """The Chinese word."""
        return {"penalty": "行政处罚", "warning": "消费警示"}[self.value]


class GradeKind(StrEnum):
    """The grade of the last inspection, or that of the year: the mean of twelve months."""

    INSPECTION = "inspection"
    YEAR = "year"

    @property
    def zh(self) -> str:
        """The Chinese name."""
        return {"inspection": "动态等级", "year": "年度等级"}[self.value]


class GradeLevel(StrEnum):
    """How the kitchen was found. source: 量化分级, cuts 9.0, 7.5 and 6.0 of 10"""

    EXCELLENT = "excellent"
    GOOD = "good"
    FAIR = "fair"
    NONE = "none"

    def words(self, kind: GradeKind) -> str:
        """As it hangs at the door: a face for an inspection, a letter for the year."""
        return (_FACES if kind is GradeKind.INSPECTION else _LETTERS)[self]


_FACES: Mapping[GradeLevel, str] = {
    GradeLevel.EXCELLENT: "优秀（大笑脸）",
    GradeLevel.GOOD: "良好（微笑脸）",
    GradeLevel.FAIR: "一般（平脸）",
    GradeLevel.NONE: "本次不评定等级",
}
_LETTERS: Mapping[GradeLevel, str] = {
    GradeLevel.EXCELLENT: "A 级（优秀）",
    GradeLevel.GOOD: "B 级（良好）",
    GradeLevel.FAIR: "C 级（一般）",
    GradeLevel.NONE: "本年不评定等级",
}


def checked_period(decided_on: date, shown_until: date, today: date) -> None:
    """Whether an entry may be published for this period.

    decided_on    day of the decision or of the warning, not in the future
    shown_until   last day of the publicity period, at most MOST_YEARS from today
    raises        InvalidInput
    """
    if decided_on > today:
        raise _wrong("decided_on", "日期不能晚于今天。")
    if shown_until < today:
        raise _wrong("shown_until", "公示期已经过了，请核对。")
    if shown_until > _years_later(today):
        raise _wrong("shown_until", f"公示期最长 {MOST_YEARS} 年。")


def checked_source(url: str) -> None:
    """raises InvalidInput for a source that is not an https address"""
    if not _is_https(url):
        raise _wrong("source_url", "请填写原文的网址，以 https:// 开头。")


def checked_kitchen(url: str) -> None:
    """raises InvalidInput for what is not an https address of a named host, without account and port"""
    if not _is_https(url) or not _HOST.fullmatch(url[8:].partition("/")[0].partition("?")[0]):
        raise _wrong("url", "请填写后厨视频页面的网址，以 https:// 开头，例如 https://video.example.com/kitchen/12。")


def _is_https(url: str) -> bool:
    return url.startswith("https://") and "." in url[8:] and not any(c.isspace() or c in "\"'<>\\" for c in url)


def checked_day(name: str, day: date, today: date) -> None:
    """raises InvalidInput for a day that has not come yet"""
    if day > today:
        raise _wrong(name, "日期不能晚于今天。")


def _years_later(day: date) -> date:
    try:
        return day.replace(year=day.year + MOST_YEARS)
    except ValueError:
        return day.replace(year=day.year + MOST_YEARS, day=28)


def _wrong(field: str, message: str) -> InvalidInput:
    return InvalidInput("invalid_input", message, fields={field: [message]})
