"""A web process killed outright under load: every scan that a client saw answered must reach the database."""

import os
import signal
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from benchmarks import report
from benchmarks.connections import to_every_worker
from benchmarks.installation import fill, installation
from benchmarks.load import read_wrk, start_wrk, write_paths
from benchmarks.noted import load_scans
from benchmarks.office import Office
from benchmarks.processes import OURS, serving

_SECONDS, _KILLED_AFTER_S = 6.0, 2.0


def measure(database: str, rounds: int) -> None:
    """Kill one of two workers in the middle of each round; print and keep what was counted."""
    rows = []
    with installation(database) as made, ExitStack() as stack:
        fill(made)
        lists = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fangxin-bench-lists-")))
        pages = write_paths(lists, "pages", [f"/b/{shop.token}" for shop in Office(made).shops(2000)])
        server = stack.enter_context(serving(OURS, {**made.environment, "FANGXIN_WEB_WORKERS": "2"}, pinned=False))
        for number in range(min(rounds, 3)):
            with to_every_worker(server, 1):  # both are up
                load_scans(made)
            running = start_wrk(server.port, pages, number * 500, _SECONDS)
            time.sleep(_KILLED_AFTER_S)
            victim = server.workers()[0]
            os.kill(victim, signal.SIGKILL)
            said = read_wrk(running, forgiving=True)
            loaded = load_scans(made).count
            rows.append(
                {
                    "round": number + 1,
                    "answers counted": said.done,
                    "connections broken": said.broken,
                    "scans loaded": loaded,
                    "lost": max(said.done - loaded, 0),
                    "noted but not counted": max(loaded - said.done, 0),
                }
            )
    report.show(f"kill -9 of one of two web processes under load; {database}", rows)
    report.keep(f"losses-{database}", {"rounds": rows})
