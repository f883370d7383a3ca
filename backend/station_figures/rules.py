"""What is counted, and over how many units a median must be."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

#: Days back from now, by which a request counts when it was submitted.
PERIODS = (90, 365)
#: A median of fewer units is not shown.
LEAST_UNITS = 5
MOST_CAUSES = 3

#: As people read them, on every page that shows figures.
FORMULAS = (
    "收到：期间内消费者提出的诉求，撤回的不算。",
    "答复用时：从提出到联络站第一次答复（提出方案或者不同意），取中位数；没有答复的不算进来，另列“逾期未答复”。",
    "有结果：收到的里面，除去还在答复期限内的、等消费者选择的。",
    "和解率：消费者接受了方案，并且没有再转市场监管部门、没有说“没做到”的，占有结果的百分比。",
    "确认做到率：消费者亲自确认做到、办结以后没有重新办理的，占有结果的百分比。",
    f"同类中位数：同一类别里每家单位各算一个数，取中间的那个；每晚算一次。不到 {LEAST_UNITS} 家有数据的不显示。",
)


@dataclass(frozen=True)
class Counts:
    """Requests of a unit, or of several.

    received   submitted in the period and not withdrawn
    decided    of them, those of which something has come
    settled    of those, where an agreement stands; performed: where the consumer confirmed it
    unanswered where the station let the time for its answer pass
    """

    received: int
    unanswered: int
    decided: int
    settled: int
    performed: int

    @property
    def settled_percent(self) -> float | None:
        """Percent of the decided ones, to a tenth; None when nothing is decided."""
        return percent(self.settled, self.decided)

    @property
    def performed_percent(self) -> float | None:
        """As above."""
        return percent(self.performed, self.decided)


def percent(part: int, whole: int) -> float | None:
    """To a tenth; None of nothing."""
    return round(100 * part / whole, 1) if whole else None


def median_of_units(figures: Sequence[float | None]) -> float | None:
    """The median of the units that have the figure, to a tenth; None when they are too few to hide one another."""
    held = [figure for figure in figures if figure is not None]
    return round(median(held), 1) if len(held) >= LEAST_UNITS else None
