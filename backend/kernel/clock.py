"""The one place that reads the time. Instants are aware UTC; calendar days are those of Asia/Shanghai."""

from datetime import UTC, date, datetime, time, timedelta
from time import time as unix_time
from typing import Protocol
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
_DAY, _HOUR, _MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


class Clock(Protocol):
    """Tells the present instant."""

    def now(self) -> datetime:
        """Aware UTC."""
        ...

    def unix(self) -> float:
        """The same as seconds since 1970, for what cannot wait for a `datetime` to be made."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    unix = staticmethod(unix_time)


class FixedClock:
    """A clock that stands still until it is moved; for tests and for laying down demonstration history."""

    def __init__(self, at: datetime) -> None:
        self.set(at)

    def now(self) -> datetime:
        return self._at

    def unix(self) -> float:
        return self._at.timestamp()

    def set(self, at: datetime) -> None:
        """at   aware instant"""
        if at.tzinfo is None:
            raise ValueError("a clock needs an aware instant")
        self._at = at.astimezone(UTC)

    def advance(self, **delta: float) -> None:
        """Move forward by `timedelta(**delta)`."""
        self._at += timedelta(**delta)


def local_date(instant: datetime) -> date:
    """The day in Asia/Shanghai on which the aware `instant` falls."""
    return instant.astimezone(SHANGHAI).date()


def end_of_local_day(day: date) -> datetime:
    """The last second of `day` in Asia/Shanghai, as aware UTC: what is done then is still in time."""
    return datetime.combine(day, time(23, 59, 59), SHANGHAI).astimezone(UTC)


def local_instant(day: date, hour: int = 0, minute: int = 0) -> datetime:
    """The instant of a wall-clock time in Asia/Shanghai, as aware UTC."""
    return datetime.combine(day, time(hour, minute), SHANGHAI).astimezone(UTC)


def span(length: timedelta) -> str:
    """A length of time in its two greatest units, e.g. 3 天 4 小时; of a negative length, its amount."""
    length = abs(length)
    days, hours = length // _DAY, length % _DAY // _HOUR
    minutes = length % _HOUR // _MINUTE
    if days:
        return f"{days} 天 {hours} 小时" if hours else f"{days} 天"
    if hours:
        return f"{hours} 小时 {minutes} 分钟" if minutes else f"{hours} 小时"
    return f"{minutes} 分钟" if minutes else "不到 1 分钟"
