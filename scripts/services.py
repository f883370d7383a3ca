"""Long-running processes under supervision: each in a process group of its own, with its log, ended whole."""

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

_LARGEST_LOG = 20 * 1024 * 1024
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True)


class Service:
    """One process (and its children) that should run until it is stopped."""

    def __init__(self, name: str, command: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        """log   appended to; put aside as NAME.1 at a start when it has grown large"""
        self.name = name
        self.log = log
        if log.exists() and log.stat().st_size > _LARGEST_LOG:
            log.replace(f"{log}.1")
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                command,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=_end_with_parent,  # noqa: PLW1509  (this process has one thread)
            )

    def exit_code(self) -> int | None:
        """None while it runs; minus the signal's number when a signal ended it."""
        return self._process.poll()

    def signal(self, number: int) -> None:
        """Send a signal to the process and all its children."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)

    def terminate(self) -> None:
        """Ask the process itself to end; it ends its children in order."""
        if self.exit_code() is None:
            self._process.terminate()

    def last_lines(self, count: int = 20) -> list[str]:
        """The end of the log."""
        with self.log.open(encoding="utf-8", errors="replace") as handle:
            return [line.rstrip("\n") for line in deque(handle, maxlen=count)]


def stop_all(services: Iterable[Service], patience_s: float = 12.0) -> None:
    """End all of them: ask, wait, and then kill what is left, children included."""
    running = list(services)
    for service in running:
        service.terminate()
    until = time.monotonic() + patience_s
    while any(service.exit_code() is None for service in running) and time.monotonic() < until:
        time.sleep(0.05)
    for service in running:
        service.signal(signal.SIGKILL)
        while service.exit_code() is None:
            time.sleep(0.01)


def _end_with_parent() -> None:
    """In the child: be told to end when the supervisor is killed outright."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
