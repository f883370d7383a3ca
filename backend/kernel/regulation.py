"""Clock rules and rule sets as data, chosen by the date of receipt, and the last moment that follows from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from .clock import end_of_local_day, local_date
from .working_days import WorkingCalendar

ORDER_121 = "总局令第121号"
CONSUMER_LAW = "消费者权益保护法"
REGULATION_778 = "消费者权益保护法实施条例（国令第778号）"
ZHEJIANG_RULES = "浙江省实施〈消费者权益保护法〉办法"
DESIGN = "本系统规定"


class Unit(StrEnum):
    """What a period is counted in."""

    WORKING_DAY = "working_day"
    NATURAL_DAY = "natural_day"
    HOUR = "hour"
    MINUTE = "minute"

    @property
    def zh(self) -> str:
        """The Chinese unit."""
        return {"working_day": "个工作日", "natural_day": "日", "hour": "小时", "minute": "分钟"}[self.value]


@dataclass(frozen=True)
class ClockRule:
    """How long something may take.

    basis      the article of law, or that it is this system's own rule; shown beside the deadline
    pausable   whether time spent on testing does not count (Order 121 §22)
    window     nobody has to do anything in it: a public notice, a validity, the time in which somebody may choose or reply.
               Its end is no lateness
    """

    code: str
    length: int
    unit: Unit
    zh: str
    basis: str
    pausable: bool = False
    window: bool = False


@dataclass(frozen=True)
class RuleSet:
    """The clocks in force for cases received from a date on."""

    code: str
    in_force_from: date
    clocks: Mapping[str, ClockRule]


@dataclass(frozen=True)
class DueAt:
    """The last moment of a period (still in time), and whether it may move because a year is not published."""

    at: datetime
    provisional: bool


def rule_set_for(received_on: date, rule_sets: Sequence[RuleSet]) -> RuleSet:
    """The rule set of a case by its date of receipt.

    rule_sets   non-empty, in any order
    raises      LookupError when the case is older than every rule set
    """
    in_force = [rules for rules in rule_sets if rules.in_force_from <= received_on]
    if not in_force:
        raise LookupError(f"no rule set covers {received_on}")
    return max(in_force, key=lambda rules: rules.in_force_from)


def due(rule: ClockRule, started_at: datetime, calendar: WorkingCalendar, *, held_days: int = 0) -> DueAt:
    """The last moment of a clock.

    started_at   aware; its local day is not counted
    held_days    natural days that do not count (testing), added in full
    returns      hours and minutes: the exact instant; days: 23:59:59 of the last day in Asia/Shanghai
    raises       CalendarNotCovered
    source       Order 121 §22, §45
    """
    if rule.unit is Unit.HOUR:
        return DueAt(started_at + timedelta(hours=rule.length), provisional=False)
    start = local_date(started_at)
    if rule.unit is Unit.MINUTE:
        return DueAt(started_at + timedelta(minutes=rule.length), provisional=False)
    if rule.unit is Unit.WORKING_DAY:
        last = calendar.add_working_days(start, rule.length)
        if held_days:
            moved = calendar.add_working_days(last.on + timedelta(days=held_days - 1), 1)
            return DueAt(end_of_local_day(moved.on), last.provisional or moved.provisional)
    else:
        last = calendar.add_natural_days(start, rule.length + held_days)
    return DueAt(end_of_local_day(last.on), last.provisional)
