"""How instants, days and money are written for people; pure."""

from datetime import date, datetime

from .clock import SHANGHAI, span

#: Stands where words of a person were that are not kept any more.
GONE = "（内容已不再保存）"


def local_time(instant: datetime) -> str:
    """An aware instant on the wall clock of Wenzhou, e.g. 2026年11月23日 10:00."""
    local = instant.astimezone(SHANGHAI)
    return f"{local_day(local.date())} {local:%H:%M}"


def local_day(day: date | datetime | str) -> str:
    """A calendar day, e.g. 2026年11月23日.

    day   a date, an aware instant (its day in Wenzhou) or an ISO date as the card holds it
    """
    if isinstance(day, str):
        day = date.fromisoformat(day)
    elif isinstance(day, datetime):
        day = day.astimezone(SHANGHAI).date()
    return f"{day.year}年{day.month}月{day.day}日"


def yuan(fen: int) -> str:
    """An amount in fen as yuan, e.g. 1,234.50 元; whole amounts without decimals."""
    whole, rest = divmod(abs(fen), 100)
    sign = "-" if fen < 0 else ""
    return f"{sign}{whole:,}.{rest:02d} 元" if rest else f"{sign}{whole:,} 元"


def left(due_at: datetime, now: datetime) -> str:
    """The time left until a deadline, or how long it has been missed, in words.

    due_at, now   aware; the instant `due_at` itself is still in time
    """
    if now > due_at:
        return f"已超期 {span(now - due_at)}"
    return f"还剩 {span(due_at - now)}"
