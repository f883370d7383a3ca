"""A worker process for the tests: `python -m tests.worker.subject FOLDER`. Its effects are lines in files in FOLDER.

Job `note` writes its number to `done`. Job `hang` writes to `started`; it only gets further when FOLDER holds a file `go`.
"""

import os
import signal
import sys
import time
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from backend.app import create_app
from backend.infrastructure.jobs import JobTable, Periodic, Work, init_work
from backend.worker import Worker

#: Leases of the tests' workers: short, so that a killed worker's work comes back soon.
LEASE = timedelta(seconds=1)
PATIENCE_S = 30.0


def append(path: Path, line: str) -> None:
    """One write, whole or not at all."""
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, f"{line}\n".encode())
    finally:
        os.close(handle)


def main(folder: Path) -> None:
    """Run until SIGTERM."""

    def note(payload: Mapping[str, Any]) -> None:
        append(folder / "done", str(payload["number"]))

    def hang(payload: Mapping[str, Any]) -> None:
        append(folder / "started", str(os.getpid()))
        until = time.monotonic() + PATIENCE_S
        while not (folder / "go").exists() and time.monotonic() < until:
            time.sleep(0.02)
        append(folder / "done", str(payload["number"]))

    def tick() -> None:
        append(folder / "ticks", str(int(time.time())))

    app = create_app()
    table = JobTable({"note": note, "hang": hang}, [Periodic("tick", timedelta(seconds=1), tick)])
    init_work(app, Work(table, deliver=lambda: 0))
    worker = Worker(app, lease=LEASE)
    signal.signal(signal.SIGTERM, lambda _number, _frame: worker.stop())
    worker.run()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
