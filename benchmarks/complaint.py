"""A settlement request filed over HTTP against a bare Flask POST and the database's own commit of one row of its size."""

import json
import sqlite3
import statistics
import tempfile
import threading
import time
import uuid
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa

from backend.accounts import service as accounts
from backend.badges import queries
from backend.badges.model import Plate
from backend.infrastructure.database import db, session, unit_of_work
from benchmarks import report
from benchmarks.installation import Installation, fill, installation
from benchmarks.load import CONNECTIONS, Case, Ratio, write_paths
from benchmarks.processes import OURS, SERVING, THREADS, pin, serving

_CONSUMERS, _EACH, _COMMITS_S = 800, 10, 1.0
_FACTS = (
    "十月三日在店里买了一台电饭煲，用了三天就不通电。拿小票去店里，店员说要自己寄回厂家修，来回运费自理，不同意退货。"
    * 3
)


def measure(database: str, rounds: int) -> None:
    """Print and keep the rates and their ratios."""
    commits = []
    with installation(database) as made, tempfile.TemporaryDirectory(prefix="fangxin-bench-lists-") as lists:
        fill(made)
        requests = _requests(made)
        if made.postgresql is not None:
            pin(made.postgresql.pid, SERVING)
        with (
            serving((*THREADS, "benchmarks.hello:app"), {}) as bare,
            serving(OURS, {**made.environment, "FANGXIN_WEB_WORKERS": "1"}, behind=made.behind) as ours,
        ):
            hello = Case("hello", bare, write_paths(Path(lists), "hello", ["/\t{}"]), 1)
            filed = Case(
                "POST", ours, write_paths(Path(lists), "requests", requests), len(requests), once=True, slot_s=2
            )
            ratio = Ratio(filed, hello)
            filed.slot()  # what is made at the first request is made
            for number in range(rounds):
                ratio.round(number)
                commits.append(_commits(made))
    slot, commit_us = ratio.slot(), 1e6 / statistics.median(commits)
    floor_us = statistics.median(other.cpu_us for _, other in ratio.pairs)
    rows = [
        {
            "": "POST /api/v1/settlements",
            "req/s": slot.per_s,
            "p50 ms": slot.p50_ms,
            "p99 ms": slot.p99_ms,
            "us": slot.cpu_us,
            "of it database": slot.behind_us,
            "÷ (hello + commit)": slot.cpu_us / (floor_us + commit_us),
        },
        _row("bare Flask POST", 1e6 / floor_us, floor_us),
        _row("one-row commit", 1e6 / commit_us, commit_us),
    ]
    report.show(f"complaint; {database}, 1 worker, {CONNECTIONS} connections, medians of {rounds} rounds", rows)
    report.keep(f"complaint-{database}", {"rows": rows})


def _row(name: str, per_s: float, microseconds: float) -> dict[str, Any]:
    return {
        "": name,
        "req/s": per_s,
        "p50 ms": None,
        "p99 ms": None,
        "us": microseconds,
        "of it database": None,
        "÷ (hello + commit)": None,
    }


def _requests(made: Installation) -> list[str]:
    """Requests of many consumers, each filing against different units; every one can be filed once."""
    lines = []
    with made.app.app_context():
        with unit_of_work(read_only=True):
            tokens = [queries.token_of(plate) for plate in session().scalars(sa.select(Plate))]
        bearers = [
            accounts.sign_in_by_wechat(made.double.code(f"consumer-{number}")).token for number in range(_CONSUMERS)
        ]
        db.session.remove()
    for turn in range(_EACH):
        for number, bearer in enumerate(bearers):
            body = {
                "token": tokens[(number * _EACH + turn) % len(tokens)],
                "nature": "quality",
                "wanted": ["refund"],
                "amount_fen": 12800,
                "happened_on": "2026-10-03",
                "facts": _FACTS,
            }
            head = f"/api/v1/settlements\tAuthorization: Bearer {bearer}\tIdempotency-Key: {uuid.uuid4()}"
            lines.append(f"{head}\t{json.dumps(body)}")
    return lines


def _commits(made: Installation) -> float:
    """Commits a second of a row as large as a request's, by as many clients, synchronously to disk."""
    done = [0] * CONNECTIONS
    until = time.monotonic() + _COMMITS_S
    queue = threading.Lock()

    def on_sqlite(number: int) -> None:
        link = sqlite3.connect(made.folder / "fangxin.sqlite3", isolation_level=None, timeout=30)
        link.execute("PRAGMA synchronous=FULL")
        while time.monotonic() < until:
            with queue:
                link.execute("BEGIN IMMEDIATE")
                link.execute("INSERT INTO bench_row (text) VALUES (?)", (_FACTS,))
                link.execute("COMMIT")
            done[number] += 1
        link.close()

    def on_postgresql(number: int) -> None:
        with psycopg.connect(made.postgresql_url or "", autocommit=True) as link:
            while time.monotonic() < until:
                link.execute("INSERT INTO bench_row (text) VALUES (%s)", (_FACTS,))
                done[number] += 1

    with made.app.app_context(), unit_of_work():
        session().execute(sa.text("CREATE TABLE IF NOT EXISTS bench_row (text TEXT)"))
    work = on_postgresql if made.postgresql else on_sqlite
    threads = [threading.Thread(target=work, args=(number,)) for number in range(CONNECTIONS)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / (time.monotonic() - began)
