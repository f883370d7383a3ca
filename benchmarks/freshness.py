"""How soon a change is seen: none of 1,000 answers after a change may be stale, and a revocation shows on every process within a second.

A change is an officer's, over HTTP, at one process; every process is asked, over connections that the kernel shows to be its own.
Two servers with data folders of their own play two machines. Redis is up, frozen (SIGSTOP) and gone.
"""

import json
import os
import signal
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from itertools import cycle, islice
from pathlib import Path
from typing import Any
from urllib.parse import quote

from backend.certification.rules import Standing
from benchmarks import report
from benchmarks.asking import Client
from benchmarks.connections import to_every_worker
from benchmarks.installation import fill, installation
from benchmarks.load import read_wrk, start_wrk, write_paths
from benchmarks.office import Office, Shop
from benchmarks.processes import OURS, Server, redis, serving

_WORKERS, _CHANGES, _ANSWERS, _EACH, _LOAD = 2, 20, 50, 8, 4
_LONGEST_S = 10.0


def measure(database: str, rounds: int) -> None:
    """Print both checks and keep them."""
    with installation(database) as made, ExitStack() as stack:
        fill(made)
        office = Office(made)
        environment = {**made.environment, "FANGXIN_WEB_WORKERS": str(_WORKERS)}
        redis_url, redis_pid = stack.enter_context(redis())
        environment["FANGXIN_REDIS_URL"] = redis_url
        elsewhere = stack.enter_context(tempfile.TemporaryDirectory(prefix="fangxin-bench-host-"))
        here = stack.enter_context(serving(OURS, environment, pinned=False))
        hosts = [here]
        if made.postgresql is not None:  # SQLite is one machine's
            hosts.append(
                stack.enter_context(serving(OURS, {**environment, "FANGXIN_DATA_DIR": elsewhere}, pinned=False))
            )
        with Client(here.port) as client:
            bearer = office.sign_in(client)
            shops = iter(office.shops(_CHANGES + 3 * rounds + 1))
            stale = [_stale(here, client, bearer, shops)]
            lists = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fangxin-bench-lists-")))
            load = write_paths(lists, "load", [f"/b/{shop.token}" for shop in office.shops(2000)[-1000:]])
            seen = []
            for state, change in _redis_states(redis_pid).items():
                change()
                seen.append({"Redis": state, **_revocations(office, hosts, client, bearer, shops, rounds, load)})
            os.kill(redis_pid, signal.SIGCONT)
    report.show(f"answers after a committed change; {database}, {_WORKERS} workers", stale)
    report.show(
        f"from sending the decision to revoke to red on every process; {database}, {len(hosts)} × {_WORKERS} workers under load, seconds",
        seen,
    )
    report.keep(f"freshness-{database}", {"stale": stale, "revocations": seen})


def _redis_states(pid: int) -> dict[str, Callable[[], None]]:
    return {
        "up": lambda: None,
        "frozen": lambda: os.kill(pid, signal.SIGSTOP),
        "gone": lambda: os.kill(pid, signal.SIGKILL),
    }


def _stale(server: Server, officer: Client, bearer: str, shops: Any) -> dict[str, Any]:
    """Ask every worker 50 times after each of 20 changes, of card and page in turn."""
    wrong = 0
    with to_every_worker(server, _EACH) as held:
        clients = [client for some in zip(*held.values(), strict=False) for client in some]
        for shop, (path, body, standing) in zip(shops, islice(cycle(_CHANGE), _CHANGES), strict=False):
            # Asked before, every worker holds the old answer; and what tells stale from fresh is seen to tell them apart.
            if any(_shows(client, shop, standing) for client in clients for _ in range(2)):
                raise RuntimeError(f"{shop.serial} shows {standing} before the change")
            officer.post(quote(path.format(shop=shop)), body, bearer)
            wrong += sum(not _shows(client, shop, standing) for client in islice(cycle(clients), _ANSWERS))
        asked = {f"worker {number}": len(some) for number, some in enumerate(held.values(), 1)}
    return {
        "changes": _CHANGES,
        "answers": _CHANGES * _ANSWERS,
        "stale": wrong,
        **{f"connections, {name}": count for name, count in asked.items()},
    }


_CHANGE: tuple[tuple[str, Mapping[str, Any], Standing], ...] = (
    ("/api/v1/plates/{shop.serial}/void", {"reason": "lost"}, Standing.VOIDED),
    ("/api/v1/certificates/{shop.certificate_no}/suspend", {"ground": "G07"}, Standing.SUSPENDED),
)
_turns = cycle((True, False))


def _shows(client: Client, shop: Shop, standing: Standing) -> bool:
    """Whether the card, or the next time the page, says this standing. raises RuntimeError when there is no answer"""
    as_card = next(_turns)
    answer = client.get(f"/api/v1/badges/{shop.token}" if as_card else f"/b/{shop.token}")
    if answer.status != 200:
        raise RuntimeError(f"{answer.status} {answer.body[:300]!r}")
    return (
        json.loads(answer.body)["standing"] == standing if as_card else f"<title>{standing.zh}" in answer.body.decode()
    )


def _revocations(
    office: Office, hosts: list[Server], officer: Client, bearer: str, shops: Any, count: int, load: Path
) -> dict[str, Any]:
    """Revoke some certificates at the first host, under load, and watch every process of every host."""
    answered, red = [], []
    with ExitStack() as stack:
        watched = [some[0] for host in hosts for some in stack.enter_context(to_every_worker(host, 1)).values()]
        for shop in islice(shops, count):
            decision = f"/api/v1/removals/{office.proposal(shop)}/decide"
            for client in watched:
                if _shows(client, shop, Standing.REVOKED) or _shows(client, shop, Standing.REVOKED):
                    raise RuntimeError(f"{shop.serial} is red before the decision")
            running = start_wrk(hosts[0].port, load, 0, 3.0, _LOAD)
            time.sleep(0.5)
            began = time.monotonic()
            officer.post(decision, {"revoke": True, "text": "事实清楚，决定撤销证书。"}, bearer)
            answered.append(time.monotonic() - began)
            waiting = list(watched)
            while waiting and time.monotonic() - began < _LONGEST_S:
                waiting = [client for client in waiting if not _shows(client, shop, Standing.REVOKED)]
            red.append(time.monotonic() - began if not waiting else float("inf"))
            read_wrk(running)
    return {
        "revocations": count,
        "processes": len(watched),
        "decision answered, median": statistics.median(answered),
        "red everywhere, median": statistics.median(red),
        "red everywhere, longest": max(red),
        "longest after the answer": max(last - first for last, first in zip(red, answered, strict=True)),
        "within 1 s": "yes" if max(red) <= 1 else "NO",
    }
