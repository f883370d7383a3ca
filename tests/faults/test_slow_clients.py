"""400 clients that never finish their request must not keep anybody else waiting (gunicorn.conf.py, worker_class; front/bridge.py).

The control serves the same attacks with threads: probes fail (all of them, once every thread has its slow client), so the attacks are real.
"""

import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.serving import answers, serve

CLIENTS = 400
PROBES = 5
#: How each slow client begins, and what it adds now and then.
ATTACKS = {
    "headers": (b"GET / HTTP/1.1\r\nHost: slow\r\n", b"X-%d: 1\r\n"),
    "body": (b"POST / HTTP/1.1\r\nHost: slow\r\nContent-Length: 1000\r\n\r\n", b"%d"),
}


@contextlib.contextmanager
def slow_clients(port: int, beginning: bytes) -> Iterator[list[socket.socket]]:
    """Connections that have each begun a request."""
    with contextlib.ExitStack() as stack:
        clients = []
        for _ in range(CLIENTS):
            client = stack.enter_context(socket.create_connection(("127.0.0.1", port), 5))
            client.sendall(beginning)
            clients.append(client)
        yield clients


def probes_answered(port: int, attack: str) -> int:
    """Of PROBES ordinary requests amid the slow ones, how many are answered."""
    beginning, more = ATTACKS[attack]
    answered = 0
    with slow_clients(port, beginning) as clients:
        for number in range(PROBES):
            for client in clients:
                client.sendall(more % number)
            answered += answers(port)
    return answered


@pytest.mark.parametrize("attack", ATTACKS)
def test_everybody_else_is_served(tmp_path: Path, attack: str) -> None:
    with serve(tmp_path / "log") as port:
        assert probes_answered(port, attack) == PROBES


@pytest.mark.parametrize("attack", ATTACKS)
def test_control_threads_keep_others_waiting(tmp_path: Path, attack: str) -> None:
    with serve(tmp_path / "log", "--worker-class=gthread", "--threads=8", app="tests.faults.tiny:wsgi") as port:
        assert probes_answered(port, attack) < PROBES
