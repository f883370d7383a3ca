"""A Redis that takes connections and never says a word must not slow requests down, nor lift the limits."""

import socket
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from backend.app import create_app
from backend.infrastructure.database import db
from backend.infrastructure.rate_limit import InProcess, limiter
from backend.infrastructure.settings import load_settings
from backend.schema import bring_up_to_date
from tests.environment import environment

_UNKNOWN = "/b/1.{:012d}.AAAAAAAAAA"


@pytest.mark.parametrize("falls_back", [True, False], ids=["as it is", "control"])
def test_a_frozen_redis_is_left_alone_after_its_first_silence(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, falls_back: bool
) -> None:
    requests = 130 if falls_back else 8
    with socket.create_server(("127.0.0.1", 0), backlog=200) as frozen:
        address = f"redis://127.0.0.1:{frozen.getsockname()[1]}/0"
        monkeypatch.setattr(
            limiter, "_storage_dead", False
        )  # the limiter is the process's: later tests find it as it was
        app = create_app(load_settings({**environment(database_url, tmp_path), "FANGXIN_REDIS_URL": address}))
        monkeypatch.setattr(limiter, "_in_memory_fallback_enabled", falls_back)
        with app.app_context():
            bring_up_to_date()
        statuses = [app.test_client().get(_UNKNOWN.format(number)).status_code for number in range(requests)]
        with app.app_context():
            db.engine.dispose()
        asked = _connections(frozen)
    if falls_back:
        assert (statuses[:100], statuses[-1]) == ([404] * 100, 429), "counted in the process"
        assert 1 <= asked <= 10, "once, and when it is time to look again"
    else:
        assert asked >= requests, "each request would wait for it"


def test_counting_in_the_process_starts_no_thread_and_forgets_what_is_over() -> None:
    counts, before = InProcess(), threading.active_count()
    assert [counts.incr(f"caller-{number}", -1) for number in range(999)] == [1] * 999, "each is over at once"
    assert [counts.incr("caller", 60), counts.incr("caller", 60)] == [1, 2]
    assert threading.active_count() <= before
    assert set(counts.expirations) == {"caller"}, "the thousandth hit forgot the others"


def _connections(listening: socket.socket) -> int:
    """How many connections wait to be taken; each question that is not answered leaves one."""
    listening.setblocking(False)
    count = 0
    with suppress(BlockingIOError):
        while True:
            listening.accept()[0].close()
            count += 1
    return count
