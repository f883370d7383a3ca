"""Whom a warning is for and when it holds. Pure."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

from backend.kernel.identifiers import county_name
from backend.merchants.rules import Category

#: A warning that holds for ever warns nobody.
MOST_DAYS = 366
MOST_TITLE, MOST_WORDS, MOST_WHY = 60, 3000, 300
_STAGE_ZH = {"soon": "还没有开始", "holds": "有效", "expired": "已过期", "withdrawn": "已撤回"}


class Stage(StrEnum):
    """Where a warning is on a day."""

    SOON = "soon"
    HOLDS = "holds"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"

    @property
    def zh(self) -> str:
        """The word people read."""
        return _STAGE_ZH[self.value]


def stage(day: date, from_on: date, until_on: date, withdrawn_on: date | None) -> Stage:
    """Where a warning is on a day; both its days are within."""
    if withdrawn_on is not None:
        return Stage.WITHDRAWN
    if day < from_on:
        return Stage.SOON
    return Stage.HOLDS if day <= until_on else Stage.EXPIRED


def packed(codes: Sequence[str]) -> str:
    """Codes as a column holds them, so that one is found between its commas on both databases; '' for all of them."""
    return f",{','.join(sorted(codes))}," if codes else ""


def unpacked(column: str) -> list[str]:
    """The codes of a column, in order; none means all of them."""
    return column.strip(",").split(",") if column else []


def whom(counties: Sequence[str], categories: Sequence[str]) -> str:
    """Whom it is for, as people read it: 鹿城区、瓯海区的餐饮店."""
    where = "、".join(county_name(code) for code in counties) or "全市"
    kinds = "、".join(one.zh for one in Category if one.value in categories) or "各类商家"
    return f"{where}的{kinds}"


def last_day(from_on: date) -> date:
    """The last day that a warning from this day may name."""
    return from_on + timedelta(days=MOST_DAYS)
