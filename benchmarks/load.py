"""A closed loop of keep-alive connections, and what it saw."""

import http.client
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

from benchmarks.installation import Server


@dataclass(frozen=True)
class Request:
    """One request. They come from a thousand addresses in turn, as behind a proxy, so that no limit per address is met."""

    method: str
    path: str
    body: bytes | None = None
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Seen:
    """What a slot saw. cpu_us: processor microseconds of the server per request"""

    done: int
    per_s: float
    cpu_us: float
    p50_ms: float
    p99_ms: float


_PHONE = (
    (
        "User-Agent",
        "Mozilla/5.0 (Linux; Android 14; Phone) AppleWebKit/537.36 Chrome/126.0 Mobile MicroMessenger/8.0.50",
    ),
    ("Accept", "application/json"),
    ("Accept-Language", "zh-CN,zh;q=0.9"),
    ("Content-Type", "application/json"),
    ("X-Forwarded-Proto", "http"),
)
_PHONES = 1000
_addresses = count()


def run(server: Server, requests: Callable[[int], Iterator[Request]], *, seconds: float, connections: int) -> Seen:
    """Send what `requests(connection)` yields until the time is over or the requests are.

    raises   RuntimeError for any answer that is not 2xx
    """
    times: list[list[float]] = [[] for _ in range(connections)]
    faults: list[str] = []
    until = time.monotonic() + seconds

    def work(number: int) -> None:
        link = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        try:
            for request in requests(number):
                began = time.monotonic()
                if began > until or faults:
                    return
                address = next(_addresses) % _PHONES
                forwarded = f"10.0.{address >> 8}.{address & 255}"
                headers = {**dict(_PHONE), "X-Forwarded-For": forwarded, **dict(request.headers)}
                link.request(request.method, request.path, request.body, headers)
                answer = link.getresponse()
                text = answer.read()
                if answer.status // 100 != 2:
                    faults.append(f"{answer.status} {text[:300]!r}")
                times[number].append(time.monotonic() - began)
        finally:
            link.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(connections)]
    before, began = server.cpu_s(), time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took, used = time.monotonic() - began, server.cpu_s() - before
    if faults:
        raise RuntimeError(faults[0])
    all_ms = sorted(one * 1000 for series in times for one in series)
    p99 = all_ms[min(len(all_ms) - 1, len(all_ms) * 99 // 100)]
    return Seen(len(all_ms), len(all_ms) / took, used / len(all_ms) * 1e6, statistics.median(all_ms), p99)


def middle(seen: list[Seen]) -> Seen:
    """The medians of several slots."""
    return Seen(
        sum(one.done for one in seen),
        statistics.median(one.per_s for one in seen),
        statistics.median(one.cpu_us for one in seen),
        statistics.median(one.p50_ms for one in seen),
        statistics.median(one.p99_ms for one in seen),
    )
