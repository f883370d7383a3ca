"""Time in the demonstration: stories are generators that act and yield how long they wait; all run on one clock."""

import heapq
from collections.abc import Callable, Generator
from datetime import datetime, timedelta
from typing import Any

from backend.infrastructure.database import unit_of_work
from backend.kernel.clock import SHANGHAI, FixedClock, local_instant

Story = Generator[timedelta]


def act(deed: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
    """One use case in a unit of work of its own."""
    with unit_of_work():
        return deed(*arguments, **options)


def play(
    clock: FixedClock,
    stories: list[tuple[datetime, Story]],
    until: datetime,
    progress: Callable[[int, int], None] = lambda done, total: None,
    after_step: Callable[[], object] = lambda: None,
) -> None:
    """Play the stories in the order of their steps, by day. What would happen after `until` has not happened yet.

    stories      (when it begins, story)
    after_step   what a worker would do by and by
    """
    waiting = [(_by_day(at, number), number, story) for number, (at, story) in enumerate(stories)]
    heapq.heapify(waiting)
    began = min(at for at, _, _ in waiting)
    whole = (until - began).days
    while waiting and waiting[0][0] <= until:
        at, number, story = heapq.heappop(waiting)
        clock.set(at)
        progress((at - began).days, whole)
        pause = next(story, None)
        after_step()
        if pause is not None:
            heapq.heappush(waiting, (_by_day(at + pause, number), number, story))
    clock.set(until)
    progress(whole, whole)


def _by_day(at: datetime, number: int) -> datetime:
    """The instant itself, or some time in the next morning when people sleep."""
    local = at.astimezone(SHANGHAI)
    if 8 <= local.hour < 21:
        return at
    morning = local.date() + timedelta(days=local.hour >= 21)
    return local_instant(morning, 8 + number % 4, number * 17 % 60)
