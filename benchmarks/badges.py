"""Plates: against qrcode + Pillow done naively, 3,000 drawn, decoded and stored, memory, and imposition sheets."""

import os
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

from backend.badges.artwork import A5_DOOR, PlateFace, PrintRun, finished, print_sheets, proved, render_png
from backend.badges.drawing import draw_waiting
from backend.infrastructure.database import db
from backend.kernel.clock import SystemClock, local_date
from backend.merchants.sample_units import sample_rows
from benchmarks import naive_badge
from benchmarks.installation import fill, installation

_ROUNDS, _OURS, _NAIVE = 5, 60, 12


def measure(database: str) -> None:
    """Print all of it."""
    print(f"\nbadges: A5 at {A5_DOOR.dpi:.0f} dpi, processor time of one process, {_ROUNDS} rounds in turn")
    _against_the_naive()
    _sheets()
    for processes in sorted({1, os.cpu_count() or 1}):
        _stored(database, processes)


def faces(count: int) -> Sequence[PlateFace]:
    """Plates of the sample's units, with addresses like ours."""
    rows = sample_rows(local_date(SystemClock().now()))
    plain = PlateFace(
        "", "放心商店", "FXXF-330302-2026-00001", "", "https://fangxin.wenzhou.gov.cn/b/1.7K3QX9C2M5TR.aB3-xY"
    )
    return [
        replace(
            plain, unit_name=row.unit_name, serial=f"FXXF-330302-2026-{number:05d}-01", url=f"{plain.url}{number:04d}"
        )
        for number, row in zip(range(count), rows, strict=False)
    ]


def _against_the_naive() -> None:
    template, some = naive_badge.template(), faces(_ROUNDS * _OURS)

    def naively(face: PlateFace) -> bytes:
        png = naive_badge.draw(template, face)
        proved(png, face.url)
        return png

    ways: dict[str, tuple[Callable[[PlateFace], bytes], int]] = {
        "ours, proved": (lambda face: finished(face, A5_DOOR, "png"), _OURS),
        "ours, not proved": (render_png, _OURS),
        "naive, not proved": (lambda face: naive_badge.draw(template, face), _NAIVE),
        "naive, proved": (naively, _NAIVE),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    sizes: dict[str, int] = {}
    for name, (draw, _) in ways.items():
        sizes[name] = len(draw(some[0]))
    for number in range(_ROUNDS):
        for name, (draw, count) in ways.items():
            began = time.process_time()
            for face in some[number * _OURS : number * _OURS + count]:
                draw(face)
            times[name].append((time.process_time() - began) / count)
    for name, taken in times.items():
        print(
            f"{name:18}{1000 * median(taken):6.1f} ms a plate, {1 / median(taken):5.0f} a second, {sizes[name]:,} bytes"
        )
    for one, other in (
        ("naive, not proved", "ours, proved"),
        ("naive, proved", "ours, proved"),
        ("naive, not proved", "ours, not proved"),
    ):
        ratios = [n / o for n, o in zip(times[one], times[other], strict=True)]
        print(f"{one} ÷ {other}: {median(ratios):.1f} times ({min(ratios):.1f} to {max(ratios):.1f})")


def _sheets() -> None:
    some = faces(400)
    began = time.process_time()
    size = sum(len(pdf) for pdf in print_sheets(PrintRun(len(some)), some))
    used = time.process_time() - began
    print(f"sheets, proved: {1000 * used / len(some):.1f} ms a plate, {size / len(some):,.0f} bytes")


def _stored(database: str, processes: int) -> None:
    with installation(database) as made:
        fill(made)
        with made.app.app_context():
            _forget_the_peak()
            used, took, peaks = 0.0, 0.0, []
            for count in (500, 2500):
                before, began = os.times(), time.monotonic()
                drawn = draw_waiting(count, processes=processes)
                took, used = took + time.monotonic() - began, used + sum(os.times()[:4]) - sum(before[:4])
                if drawn.refused or drawn.count != count:
                    raise RuntimeError(f"{drawn.count} plates drawn of {count}, {len(drawn.refused)} refused")
                children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024 if processes > 1 else 0
                peaks.append(f"{_peak_mib()}" + (f" and {children} in each drawing one" if children else ""))
            db.session.remove()
    print(
        f"drawn, proved and stored in {database} by {processes}: {3000 / took:.0f} a second, {3000 / used:.0f} a second of one core's "
        f"processor time; memory at most {peaks[0]} MiB after 500, {peaks[1]} MiB after 3,000"
    )


def _forget_the_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def _peak_mib() -> int:
    """The most memory this process has held since it was forgotten (proc(5))."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))
