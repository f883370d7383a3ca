"""400 clients that never finish their request must not keep anybody else waiting (gunicorn.conf.py, worker_class).

The control serves the same attack with threads: probes fail (all of them, once every thread has its slow client), so the attack is a real one.
"""

import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path

from tests.faults.serving import answers, serve

CLIENTS = 400
PROBES = 5


@contextlib.contextmanager
def slow_clients(port: int) -> Iterator[list[socket.socket]]:
    """Connections that have each begun a request and go on with one header now and then."""
    with contextlib.ExitStack() as stack:
        clients = []
        for _ in range(CLIENTS):
            client = stack.enter_context(socket.create_connection(("127.0.0.1", port), 5))
            client.sendall(b"GET / HTTP/1.1\r\nHost: slow\r\n")
            clients.append(client)
        yield clients


def probes_answered(port: int) -> int:
    """Of PROBES ordinary requests amid the slow ones, how many are answered."""
    answered = 0
    with slow_clients(port) as clients:
        for number in range(PROBES):
            for client in clients:
                client.sendall(f"X-{number}: 1\r\n".encode())
            answered += answers(port)
    return answered


def test_everybody_else_is_served(tmp_path: Path) -> None:
    with serve(tmp_path / "log") as port:
        assert probes_answered(port) == PROBES


def test_control_threads_keep_others_waiting(tmp_path: Path) -> None:
    with serve(tmp_path / "log", "--worker-class=gthread", "--threads=8") as port:
        assert probes_answered(port) < PROBES
