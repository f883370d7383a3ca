"""A settlement request filed over HTTP against the rate at which the same database commits one row of its size."""

import json
import sqlite3
import threading
import time
import uuid
from collections.abc import Iterator

import psycopg
import sqlalchemy as sa

from backend.accounts import service as accounts
from backend.badges import queries
from backend.badges.model import Plate
from backend.infrastructure.database import db, session, unit_of_work
from benchmarks.installation import Installation, fill, installation, serving
from benchmarks.load import Request, middle, run

_ROUNDS, _SLOT_S, _CONNECTIONS, _CONSUMERS, _EACH = 5, 2.0, 8, 400, 10
_FACTS = (
    "十月三日在店里买了一台电饭煲，用了三天就不通电。拿小票去店里，店员说要自己寄回厂家修，来回运费自理，不同意退货。"
    * 3
)


def measure(database: str) -> None:
    """Print both rates and their ratio."""
    with installation(database) as made:
        fill(made)
        requests = [iter(part) for part in _requests(made)]
        posts, commits = [], []
        with (
            serving("benchmarks.hello:app", made.environment) as bare,
            serving("backend.asgi:app", made.environment) as real,
        ):
            floor = middle([run(bare, _hello, seconds=1, connections=_CONNECTIONS) for _ in range(3)])
            for _ in range(_ROUNDS):
                posts.append(run(real, lambda number: requests[number], seconds=_SLOT_S, connections=_CONNECTIONS))
                commits.append(_commits(made, _SLOT_S))
    post, commit = middle(posts), sorted(commits)[len(commits) // 2]
    print(
        f"\ncomplaint, {database}, 1 worker, {_CONNECTIONS} connections, median of {_ROUNDS} slots of {_SLOT_S:.0f} s"
    )
    print(
        f"POST /api/v1/settlements  {post.per_s:.0f}/s, p50 {post.p50_ms:.1f} ms, p99 {post.p99_ms:.1f} ms, {post.cpu_us:.0f} us CPU"
    )
    print(f"one-row commits, same database and clients  {commit:.0f}/s;  POST ÷ commit {post.per_s / commit:.3f}")
    print(
        f"bare Flask {floor.cpu_us:.0f} us CPU;  POST ÷ (bare Flask + commit) by time {post.cpu_us / (floor.cpu_us + 1e6 / commit):.1f}"
    )


def _hello(_number: int) -> Iterator[Request]:
    while True:
        yield Request("POST", "/", b"{}")


def _requests(made: Installation) -> list[list[Request]]:
    """For each connection its requests: consumers of their own, each filing against different units."""
    parts: list[list[Request]] = [[] for _ in range(_CONNECTIONS)]
    with made.app.app_context():
        with unit_of_work(read_only=True):
            tokens = [queries.token_of(plate) for plate in session().scalars(sa.select(Plate))]
        for number in range(_CONSUMERS):
            bearer = accounts.sign_in_by_wechat(made.double.code(f"consumer-{number}")).token
            for filed in range(_EACH):
                parts[number % _CONNECTIONS].append(_request(tokens[(number * _EACH + filed) % len(tokens)], bearer))
        db.session.remove()
    return parts


def _request(token: str, bearer: str) -> Request:
    body = {
        "token": token,
        "nature": "quality",
        "wanted": ["refund"],
        "amount_fen": 12800,
        "happened_on": "2026-10-03",
        "facts": _FACTS,
    }
    headers = (("Authorization", f"Bearer {bearer}"), ("Idempotency-Key", str(uuid.uuid4())))
    return Request("POST", "/api/v1/settlements", json.dumps(body).encode(), headers)


def _commits(made: Installation, seconds: float) -> float:
    """Commits a second of a row as large as a request's, by as many clients, synchronously to disk."""
    url = made.environment["FANGXIN_DATABASE_URL"]
    done = [0] * _CONNECTIONS
    until = time.monotonic() + seconds
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
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as link:
            while time.monotonic() < until:
                link.execute("INSERT INTO bench_row (text) VALUES (%s)", (_FACTS,))
                done[number] += 1

    with made.app.app_context(), unit_of_work():
        session().execute(sa.text("CREATE TABLE IF NOT EXISTS bench_row (text TEXT)"))
    work = on_sqlite if url.startswith("sqlite") else on_postgresql
    threads = [threading.Thread(target=work, args=(number,)) for number in range(_CONNECTIONS)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / (time.monotonic() - began)
