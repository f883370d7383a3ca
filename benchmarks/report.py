"""Prints what was measured as a table and keeps it as JSON in build/benchmarks/."""

import json
import os
import platform
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from benchmarks.processes import ROOT

FOLDER = ROOT / "build" / "benchmarks"


def show(title: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Print rows under their names; a number has three significant digits."""
    print(f"\n{title}")
    names = list(rows[0])
    lines = [names, *([_text(row[name]) for name in names] for row in rows)]
    widths = [max(_width(line[column]) for line in lines) for column in range(len(names))]
    for line in lines:
        first, *others = (
            text + " " * (width - _width(text)) if column == 0 else " " * (width - _width(text)) + text
            for column, (text, width) in enumerate(zip(line, widths, strict=True))
        )
        print("  ".join((first, *others)), flush=True)


def keep(name: str, content: Mapping[str, Any]) -> None:
    """Write the results with the machine they are from."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    about = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load": os.getloadavg(),
    }
    path = FOLDER / f"{name}.json"
    path.write_text(json.dumps({"about": about, **content}, ensure_ascii=False, indent=1) + "\n")
    print(f"kept in {path.relative_to(ROOT)}")


def _text(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
