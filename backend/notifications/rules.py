"""When a notice may disturb somebody, and for how long it is worth sending. Pure."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from backend.kernel.clock import SHANGHAI, end_of_local_day, local_instant

#: Text messages to one person in a day; what is urgent comes on top.
MOST_TEXTS_A_DAY = 10
#: What a person may have agreed to in advance with one template; WeChat itself counts, this is our knowledge of it.
MOST_QUOTA = 50


def quiet_until(now: datetime, hours: tuple[int, int]) -> datetime | None:
    """When the quiet hours (免打扰时段) that are now are over; None when it is none of them.

    hours   first and last hour in Asia/Shanghai, e.g. (21, 8); equal for no quiet hours
    """
    first, last = hours
    local = now.astimezone(SHANGHAI)
    if first == last:
        return None
    over_midnight = first > last
    quiet = (local.hour >= first or local.hour < last) if over_midnight else first <= local.hour < last
    if not quiet:
        return None
    next_day = over_midnight and local.hour >= first
    return local_instant(local.date() + timedelta(days=next_day), last)


def useful_until(params: Mapping[str, object], now: datetime) -> datetime | None:
    """Until when "please do this by …" is true: the deadline it names, if that is still to come."""
    due = params.get("due")
    if isinstance(due, date) and not isinstance(due, datetime):
        due = end_of_local_day(due)
    return due if isinstance(due, datetime) and due > now else None


def waits(now: datetime, hours: tuple[int, int], *, urgent: bool, ends_at: datetime | None) -> datetime | None:
    """Until when a notice is held back; None when it goes out now: it is day, it is urgent, or its deadline will not wait."""
    over = quiet_until(now, hours)
    if over is None or urgent or (ends_at is not None and ends_at <= over):
        return None
    return over
