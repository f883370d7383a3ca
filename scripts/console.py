"""How the scripts speak: numbered steps with their time, and errors that say what to do."""

import sys
import time
from collections.abc import Generator
from contextlib import contextmanager

#: Colours only where somebody looks.
_BOLD, _RED, _OFF = ("\033[1m", "\033[31m", "\033[0m") if sys.stdout.isatty() else ("", "", "")


class Stop(Exception):
    """The script cannot go on; the message tells the person what to do."""


def say(text: str) -> None:
    """One line, at once."""
    print(text, flush=True)


@contextmanager
def step(title: str) -> Generator[None]:
    """Announce a step, and say at its end how long it took."""
    say(f"{_BOLD}▸ {title}{_OFF}")
    began = time.monotonic()
    yield
    say(f"  done in {time.monotonic() - began:.1f} s")


def complain(text: str) -> None:
    """An error, on the error stream."""
    print(f"{_RED}✗ {text}{_OFF}", file=sys.stderr, flush=True)
