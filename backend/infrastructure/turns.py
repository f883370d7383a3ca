"""Few requests work at a time in a process; whoever is about to wait for something else than the interpreter lets the next one begin.

The interpreter's lock lets one thread work anyway. Of twenty-four that take it from each other each costs a seventh more than of four
that let the others wait (decision 0025). Who comes first works first.
"""

import asyncio
import threading
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager

AT_A_TIME = 4


class Turn:
    """A request's place among those that work; given back once, by its thread or by the loop."""

    def __init__(self, line: asyncio.Semaphore) -> None:
        self._loop = asyncio.get_running_loop()
        self._held = [line]

    @contextmanager
    def here(self) -> Generator[None]:
        """The thread that runs this works in the turn: `step_aside` means it."""
        _mine.turn = self
        try:
            yield
        finally:
            _mine.turn = None

    def end(self) -> None:
        """Give the place to the next one. In the loop."""
        while self._held:
            self._held.pop().release()

    def end_from_thread(self) -> None:
        """The same, in a thread."""
        self._loop.call_soon_threadsafe(self.end)


class Turns:
    """The places of a process, and the line of those that wait for one."""

    def __init__(self, places: int = AT_A_TIME) -> None:
        self._line = asyncio.Semaphore(places)

    @asynccontextmanager
    async def turn(self) -> AsyncGenerator[Turn]:
        """Wait for a place, without a thread."""
        await self._line.acquire()
        turn = Turn(self._line)
        try:
            yield turn
        finally:
            turn.end()


_mine = threading.local()


def step_aside() -> None:
    """Give this thread's place to the next one: what follows waits for another system, for a slow client or in a line.

    It goes on without a place when its wait is over, so that nobody who holds a lock waits for a place.
    """
    turn: Turn | None = getattr(_mine, "turn", None)
    if turn is not None:
        _mine.turn = None
        turn.end_from_thread()
