"""Slots of load by wrk, two servers in turn, and what they say about each other."""

import json
import os
import statistics
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.processes import ASKING, Server

CONNECTIONS = 16
#: After a slot, for work that was put off.
_REST_S = 0.25
_SCRIPT = Path(__file__).with_name("walk.lua")


@dataclass
class Case:
    """Requests to a server: a walk through a list of paths that goes on from slot to slot.

    paths    a file as walk.lua reads it
    length   of the list
    slot_s   how long a slot is
    once     whether no path may be asked twice
    connections   requests under way at a time
    """

    name: str
    server: Server
    paths: Path
    length: int
    once: bool = False
    slot_s: float = 1.0
    connections: int = CONNECTIONS
    position: int = 0
    answered: int = 0

    def slot(self, seconds: float | None = None) -> "Slot":
        """Load the server for so long. raises RuntimeError when an answer was refused or broken"""
        before = self.server.cpu_s()
        said = read_wrk(
            start_wrk(self.server.port, self.paths, self.position, seconds or self.slot_s, self.connections)
        )
        time.sleep(_REST_S)
        after = self.server.cpu_s()
        if self.once and self.position + said.done > self.length:
            raise RuntimeError(f"{self.name}: the list was too short")
        self.position += said.done + self.connections
        self.answered += said.done
        # What was under way at the end was worked on as well, though nobody waited for its answer.
        served = said.done + self.connections
        cpu, behind = ((now - then) / served * 1e6 for now, then in zip(after, before, strict=True))
        return Slot(said.done / said.seconds, cpu, behind, said.p50_ms, said.p99_ms, said.bytes / said.done)

    def walk_through(self, patience_s: float = 150.0) -> None:
        """Ask for everything in the list once, so that what can be kept is kept."""
        until = time.monotonic() + patience_s
        while self.position < self.length and time.monotonic() < until:
            self.slot(2.0)


@dataclass(frozen=True)
class Said:
    """What wrk counted. done: answers whose status is below 400 and that came whole"""

    done: int
    seconds: float
    bytes: int
    p50_ms: float
    p99_ms: float
    refused: int
    broken: int
    timeouts: int


@dataclass(frozen=True)
class Slot:
    """One slot. cpu_us: of the whole server side, for one request; behind_us: of it the database's and Redis's part"""

    per_s: float
    cpu_us: float
    behind_us: float
    p50_ms: float
    p99_ms: float
    size: float


def start_wrk(
    port: int, paths: Path, start: int, seconds: float, connections: int = CONNECTIONS
) -> "subprocess.Popen[str]":
    """Begin a run of wrk on the asking core; `read_wrk` waits for it."""
    options = ("-t1", f"-c{connections}", f"-d{seconds:.0f}s", "--timeout", "10s", "-s", str(_SCRIPT))
    return subprocess.Popen(
        [
            "taskset",
            "--cpu-list",
            str(ASKING),
            "wrk",
            *options,
            f"http://127.0.0.1:{port}",
            "--",
            str(paths),
            f"{start}",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def read_wrk(running: "subprocess.Popen[str]", *, forgiving: bool = False) -> Said:
    """What a run counted.

    forgiving   connections may break, as they do when a server is killed
    raises      RuntimeError when answers were refused, broken or late
    """
    output, _ = running.communicate()
    line = next((line for line in output.splitlines() if line.startswith("{")), None)
    if running.returncode or line is None:
        raise RuntimeError(f"wrk failed:\n{output}")
    said = Said(**json.loads(line))
    if said.done == 0 or said.refused or (not forgiving and (said.broken or said.timeouts)):
        raise RuntimeError(f"answers were refused, broken or late: {said}")
    return said


@dataclass
class Ratio:
    """How a subject does against a reference, slot by slot; above 1 is better than the reference."""

    subject: Case
    reference: Case
    pairs: list[tuple[Slot, Slot]] = field(default_factory=list)

    def round(self, number: int) -> None:
        """A slot of each, the order changing from round to round."""
        if number % 2:
            mine, other = self.subject.slot(), self.reference.slot()
        else:
            other, mine = self.reference.slot(), self.subject.slot()
        self.pairs.append((mine, other))

    def by_cpu(self) -> tuple[float, float]:
        """Median of the rounds' ratios by processor time, and half their range as a part of it."""
        return _middle([other.cpu_us / mine.cpu_us for mine, other in self.pairs])

    def by_rate(self) -> tuple[float, float]:
        """The same by requests a second."""
        return _middle([mine.per_s / other.per_s for mine, other in self.pairs])

    def by_p99(self) -> tuple[float, float]:
        """The subject's slowest hundredth as a part of the reference's; below 1 is better."""
        return _middle([mine.p99_ms / other.p99_ms for mine, other in self.pairs])

    def slot(self) -> Slot:
        """The subject's medians."""
        return _median([mine for mine, _ in self.pairs])

    def reference_slot(self) -> Slot:
        """The reference's medians."""
        return _median([other for _, other in self.pairs])


def _median(slots: Sequence[Slot]) -> Slot:
    return Slot(*(statistics.median(getattr(one, name) for one in slots) for name in Slot.__dataclass_fields__))


def _middle(ratios: Sequence[float]) -> tuple[float, float]:
    middle = statistics.median(ratios)
    return middle, (max(ratios) - min(ratios)) / 2 / middle


def write_paths(folder: Path, name: str, lines: Sequence[str]) -> Path:
    """A list for the walk."""
    path = folder / f"{name}.txt"
    path.write_text("".join(f"{line}{os.linesep}" for line in lines))
    return path
