"""A scan (JSON card, JSON scan, web page) against a bare Flask answer with the same server settings, slot by slot in turn."""

import json
import random
from collections.abc import Iterator

import sqlalchemy as sa

from backend.badges import queries
from backend.badges.model import Plate
from backend.infrastructure.database import db, session, unit_of_work
from benchmarks.installation import Installation, fill, installation, serving
from benchmarks.load import Request, Seen, middle, run

_ROUNDS, _SLOT_S, _CONNECTIONS = 5, 2.0, 8


def measure(database: str) -> None:
    """Print a line per kind of scan."""
    with installation(database) as made:
        fill(made)
        tokens = _tokens(made)
        kinds = {
            "hello, bare Flask": lambda _number: _endless(["/"], "GET"),
            "GET /api/v1/badges/<token>": lambda number: _endless(_paths(tokens, "/api/v1/badges/", number), "GET"),
            "POST /api/v1/scans": lambda number: _scans(tokens, number),
            "GET /b/<token>, the page": lambda number: _endless(_paths(tokens, "/b/", number), "GET"),
        }
        seen: dict[str, list[Seen]] = {name: [] for name in kinds}
        with (
            serving("benchmarks.hello:app", made.environment) as bare,
            serving("backend.asgi:app", made.environment) as real,
        ):
            for _ in range(_ROUNDS):
                for name, requests in kinds.items():
                    server = bare if name.startswith("hello") else real
                    seen[name].append(run(server, requests, seconds=_SLOT_S, connections=_CONNECTIONS))
    floor = middle(seen["hello, bare Flask"])
    print(
        f"\nscan, {database}, 3,000 units, 1 worker, {_CONNECTIONS} connections, median of {_ROUNDS} slots of {_SLOT_S:.0f} s"
    )
    print(f"{'':32}{'req/s':>8}{'CPU us':>9}{'p50 ms':>8}{'p99 ms':>8}  ÷ hello by CPU (by req/s)")
    for name, slots in seen.items():
        one = middle(slots)
        ratio = f"{floor.cpu_us / one.cpu_us:.3f} ({one.per_s / floor.per_s:.3f})"
        print(f"{name:32}{one.per_s:8.0f}{one.cpu_us:9.0f}{one.p50_ms:8.1f}{one.p99_ms:8.1f}  {ratio}")


def _tokens(made: Installation) -> list[str]:
    with made.app.app_context():
        with unit_of_work(read_only=True):
            tokens = [queries.token_of(plate) for plate in session().scalars(sa.select(Plate))]
        db.session.remove()
    random.Random(1).shuffle(tokens)
    return tokens


def _paths(tokens: list[str], prefix: str, number: int) -> list[str]:
    return [f"{prefix}{token}" for token in tokens[number::_CONNECTIONS]]


def _endless(paths: list[str], method: str) -> Iterator[Request]:
    while True:
        for path in paths:
            yield Request(method, path)


def _scans(tokens: list[str], number: int) -> Iterator[Request]:
    while True:
        for token in tokens[number::_CONNECTIONS]:
            yield Request("POST", "/api/v1/scans", json.dumps({"token": token}).encode())
