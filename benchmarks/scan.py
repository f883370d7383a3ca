"""A scan against a bare Flask answer and against the same scan as it would otherwise be written, with 100,000 units.

Everything is on: the token's MAC, the ETag, the note of the scan, freshness; on PostgreSQL with Redis beside it, as in a city.
Beforehand 60 badges are compared with each peer's answers as values; afterwards the answers are counted against the scans noted.
"""

import json
import tempfile
from collections.abc import Generator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import report
from benchmarks.asking import Client
from benchmarks.installation import Installation, installation
from benchmarks.load import CONNECTIONS, Case, Ratio, write_paths
from benchmarks.noted import load_scans
from benchmarks.processes import OURS, SERVING, THREADS, UVICORN, Server, pin, redis, serving
from benchmarks.town import settle

_WALKED, _TAGGED, _SAME = 20_000, 2_000, 60
_JSON, _PAGE = "/api/v1/badges/", "/b/"
_PEERS = {
    "Flask-SQLAlchemy, marshmallow": (*THREADS, "benchmarks.peers.flask_marshmallow.app:app"),
    "Django REST framework": (*THREADS, "benchmarks.peers.django_rest.wsgi:app"),
    "FastAPI, async SQLAlchemy": (*UVICORN, "benchmarks.peers.fastapi_async.app:app"),
}


@dataclass(frozen=True)
class _Stage:
    """The servers, and the tokens that they know."""

    made: Installation
    folder: Path
    ours: Server
    hello: Server
    peers: dict[str, Server]
    tokens: list[str]

    def case(self, name: str, server: Server, prefix: str, tokens: Sequence[str], **how: Any) -> Case:
        """A walk through these badges."""
        return self.walk(name, server, [prefix + token for token in tokens], **how)

    def walk(self, name: str, server: Server, lines: Sequence[str], **how: Any) -> Case:
        """A walk through these lines."""
        return Case(
            name, server, write_paths(self.folder, f"{len(list(self.folder.iterdir()))}", lines), len(lines), **how
        )


def measure(database: str, rounds: int) -> None:
    """Print the tables and keep them."""
    against_hello: list[Ratio] = []
    against_peers: list[Ratio] = []
    noted: list[dict[str, Any]] = []
    with _stage(database) as stage:
        compared = [_compared(name, stage, peer) for name, peer in stage.peers.items()]
        known, unknown = stage.tokens[:_WALKED], stage.tokens[_WALKED:]
        floor = stage.walk("hello", stage.hello, ["/"])
        floor.slot()
        unchanged = stage.walk("JSON card, 304", stage.ours, _tagged(stage.ours, known[:_TAGGED]))
        # One after the other: what is kept of the cards would leave to make room for the pages.
        for name, prefix, beside in (("JSON card", _JSON, [unchanged]), ("page", _PAGE, [])):
            ours = stage.case(name, stage.ours, prefix, known)
            ours.walk_through()
            floored = [Ratio(one, floor) for one in (ours, *beside)]
            peered = []
            for peer_name, peer in stage.peers.items():
                theirs = stage.case(f"{peer_name}: {name}", peer, prefix, known)
                theirs.slot(2.0)
                peered.append(Ratio(ours, theirs))
            _take_turns([*floored, *peered], rounds)
            against_hello += floored
            against_peers += peered
            noted += [_noted(stage.made, one) for one in (ours, *beside)]
        missed = Ratio(stage.case("JSON card, not asked before", stage.ours, _JSON, unknown, once=True), floor)
        _take_turns([missed], rounds)
    title = f"{database}, 100,000 units, 1 worker, {CONNECTIONS} connections, medians of {rounds} rounds of 1 s"
    tables = {
        f"scan against hello (÷ hello: above 1 is cheaper than hello); {title}": _against_hello(
            [*against_hello, missed]
        ),
        "scan against peers (ratio: ours against theirs)": _against_peers(against_peers),
        "answers and scans noted": noted,
    }
    for about, rows in tables.items():
        if rows:
            report.show(about, rows)
    report.keep(f"scan-{database}", {"tables": tables, "compared": compared})


def _take_turns(ratios: Sequence[Ratio], rounds: int) -> None:
    for number in range(rounds):
        for ratio in ratios:
            ratio.round(number)


@contextmanager
def _stage(database: str) -> Generator[_Stage]:
    with installation(database) as made, ExitStack() as stack:
        tokens = settle(made)
        environment, behind = {**made.environment, "FANGXIN_WEB_WORKERS": "1"}, made.behind
        peers = {}
        if made.postgresql is not None:
            pin(made.postgresql.pid, SERVING)
            environment["FANGXIN_REDIS_URL"], redis_pid = stack.enter_context(redis())
            theirs = {"PEER_DATABASE_URL": made.postgresql.url("fangxin")}
            peers = {
                name: stack.enter_context(serving(command, theirs, behind=made.behind))
                for name, command in _PEERS.items()
            }
            behind = (*behind, redis_pid)
        yield _Stage(
            made,
            Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fangxin-bench-lists-"))),
            stack.enter_context(serving(OURS, environment, behind=behind)),
            stack.enter_context(serving((*THREADS, "benchmarks.hello:app"), {})),
            peers,
            tokens,
        )


def _compared(name: str, stage: _Stage, peer: Server) -> str:
    """Whether a peer says the same of 60 badges as we do, as values. raises RuntimeError when it does not"""
    with Client(stage.ours.port) as ours, Client(peer.port) as theirs:
        for token in stage.tokens[:_SAME]:
            mine, other = (json.loads(client.get(_JSON + token).body) for client in (ours, theirs))
            wrong = [part for part in other if not _holds(mine.get(part), other[part])]
            if wrong or "standing" not in other or theirs.get(_PAGE + token).status != 200:
                raise RuntimeError(f"{name} answers something else in {wrong}:\n{other}\n{mine}")
    said = f"{name}: the same as ours in {_SAME} of {_SAME} badges"
    print(said, flush=True)
    return said


def _holds(mine: Any, other: Any) -> bool:
    """Whether ours says what the other says; it may say more."""
    if isinstance(other, dict):
        return isinstance(mine, dict) and all(_holds(mine.get(name), value) for name, value in other.items())
    return bool(mine == other)


def _tagged(server: Server, tokens: Sequence[str]) -> list[str]:
    with Client(server.port) as client:
        return [f"{_JSON}{token}\tIf-None-Match: {client.get(_JSON + token).headers['ETag']}" for token in tokens]


def _noted(made: Installation, case: Case) -> dict[str, Any]:
    """Count a slot's answers against the scans that reach the database, and what it costs to load them there."""
    load_scans(made)
    before = case.answered
    case.slot(3.0)
    answered = case.answered - before
    loaded = load_scans(made)
    return {
        "answers": case.name,
        "counted": answered,
        "loaded": loaded.count,
        "every one noted": "yes" if answered <= loaded.count <= answered + CONNECTIONS else "NO",
        "loading, us a scan": loaded.cpu_us if loaded.count else None,
        "of it database": loaded.behind_us if loaded.count else None,
    }


def _against_hello(ratios: Sequence[Ratio]) -> list[dict[str, Any]]:
    rows = []
    floor = Ratio(
        ratios[0].reference, ratios[0].subject, [(other, mine) for ratio in ratios for mine, other in ratio.pairs]
    )
    for ratio in (floor, *ratios):
        slot, itself = ratio.slot(), ratio is floor
        cpu, spread = (1.0, 0.0) if itself else ratio.by_cpu()
        rows.append(
            {
                "": ratio.subject.name,
                "÷ hello by CPU": cpu,
                "± %": spread * 100,
                "by req/s": 1.0 if itself else ratio.by_rate()[0],
                "req/s": slot.per_s,
                "us": slot.cpu_us,
                "of it database": slot.behind_us,
                "bytes": slot.size,
                "p50 ms": slot.p50_ms,
                "p99 ms": slot.p99_ms,
                "p99 ÷ hello's": 1.0 if itself else ratio.by_p99()[0],
            }
        )
    return rows


def _against_peers(ratios: Sequence[Ratio]) -> list[dict[str, Any]]:
    rows = []
    for ratio in ratios:
        theirs = Ratio(ratio.reference, ratio.subject, [(other, mine) for mine, other in ratio.pairs]).slot()
        cpu, spread = ratio.by_cpu()
        rows.append(
            {
                "": ratio.reference.name,
                "ratio by CPU": cpu,
                "± %": spread * 100,
                "by req/s": ratio.by_rate()[0],
                "their req/s": theirs.per_s,
                "us": theirs.cpu_us,
                "of it database": theirs.behind_us,
                "bytes": theirs.size,
                "p50 ms": theirs.p50_ms,
                "p99 ms": theirs.p99_ms,
            }
        )
    return rows
