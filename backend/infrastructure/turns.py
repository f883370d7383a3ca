"""Few requests work at a time in a process; whoever is about to wait for something else than the interpreter lets the next one begin.

The interpreter's lock lets one thread work anyway. Of twenty-four that take it from each other each costs a seventh more than of four
that let the others wait, and the slowest hundredth takes twice the time (decision 0025).
"""

import threading
from collections.abc import Generator
from contextlib import contextmanager
from queue import SimpleQueue

AT_A_TIME = 4


class Turns:
    """Places for the threads that work; a thread has at most one."""

    def __init__(self, places: int = AT_A_TIME) -> None:
        self._free: SimpleQueue[None] = SimpleQueue()
        for _ in range(places):
            self._free.put(None)

    @contextmanager
    def turn(self) -> Generator[None]:
        """Wait for a place, work, and give it back."""
        self._free.get()
        _mine.place = self._free
        try:
            yield
        finally:
            step_aside()


_mine = threading.local()


def step_aside() -> None:
    """Give this thread's place to the next one: what follows waits for another system, for a slow client or in a line.

    It goes on without a place when its wait is over, so that nobody who holds a lock waits for a place.
    """
    place: SimpleQueue[None] | None = getattr(_mine, "place", None)
    if place is not None:
        _mine.place = None
        place.put(None)
