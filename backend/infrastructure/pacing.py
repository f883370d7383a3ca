"""How often another system is called, over all processes and restarts: permits are handed out in batches, by one row a system.

The row holds the earliest instant of the next batch; a batch of n moves it n intervals on. So within any span of time no more is permitted
than the interval says, and one batch; a batch that is used late can add itself to the span in which it is used.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from . import current
from .database import RowBase, UtcDateTime, session
from .insertion import insert_once

_LONGEST_PAUSE = timedelta(hours=1)


class CallPace(RowBase):
    """When the next batch of calls of one kind may begin; `refusals` counts how often in a row the other side said "too many"."""

    name: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime())
    refusals: Mapped[int] = mapped_column(default=0)


@dataclass(frozen=True)
class Permit:
    """count: how many calls may be made now; 0 before `next_at`, when the next ones may."""

    count: int
    next_at: datetime


def take(name: str, most: int, interval: timedelta) -> Permit:
    """Permission for up to `most` calls, in the caller's unit of work, which must be committed before the first call.

    interval   mean time between two calls, over everybody who takes permits of this name
    """
    pace, now = _pace(name), current.now()
    if pace.next_at > now:
        return Permit(0, pace.next_at)
    pace.next_at = now + most * interval
    return Permit(most, pace.next_at)


def hold_back(name: str, pause: timedelta) -> datetime:
    """The other side said that it was too much: nobody calls for a while, twice as long each time in a row, an hour at most.

    returns   when calls may go on
    """
    pace = _pace(name)
    pace.next_at = max(pace.next_at, current.now() + min(pause * 2**pace.refusals, _LONGEST_PAUSE))
    pace.refusals = min(pace.refusals + 1, 16)
    return pace.next_at


def went_well(name: str) -> None:
    """Calls were answered: the next refusal is the first one again."""
    pace = _pace(name)
    if pace.refusals:
        pace.refusals = 0


def _pace(name: str) -> CallPace:
    insert_once(CallPace, {"name": name, "next_at": current.now(), "refusals": 0})
    return session().get_one(CallPace, name, with_for_update=True)
