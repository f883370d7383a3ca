"""One line of a result, and money in words."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Line:
    """One step of a result.

    words       the calculation or the rule, in plain Chinese
    article     the article that it rests on
    amount_fen  what it comes to; None for a line without an amount
    """

    words: str
    article: str
    amount_fen: int | None = None


def yuan(fen: int) -> str:
    """An amount in words: 1,280.50 元; whole amounts without decimals."""
    whole, rest = divmod(fen, 100)
    return f"{whole:,}.{rest:02d} 元" if rest else f"{whole:,} 元"


def on(day: date) -> str:
    """A day in words: 2026年11月27日."""
    return f"{day.year}年{day.month}月{day.day}日"
