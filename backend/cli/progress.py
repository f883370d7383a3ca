"""A progress line for people: a bar on a terminal, a line at each tenth elsewhere."""

import sys
import time
from types import TracebackType

import click


class Bar:
    """Use as a context manager and call `show(done, total)`."""

    def __init__(self, label: str) -> None:
        self._label, self._shown_at, self._tenth = label, 0.0, -1
        self._terminal = sys.stderr.isatty()

    def __enter__(self) -> "Bar":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._terminal and self._shown_at:
            click.echo("", err=True)

    def show(self, done: int, total: int, step: str = "") -> None:
        """Show how far it is; cheap enough to be called for every row."""
        label = step or self._label
        if self._terminal:
            if done < total and time.monotonic() - self._shown_at < 0.1:
                return
            self._shown_at = time.monotonic()
            filled = 30 * done // max(total, 1)
            click.echo(f"\r{label} [{'█' * filled}{'·' * (30 - filled)}] {done}/{total}   ", nl=False, err=True)
        elif 10 * done // max(total, 1) != self._tenth:
            self._tenth = 10 * done // max(total, 1)
            click.echo(f"{label} {done}/{total}", err=True)
