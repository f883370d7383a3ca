"""400 clients that never finish their request must not keep anybody else waiting (gunicorn.conf.py, worker_class).

The control serves the same attack with threads: every probe fails, so the attack is a real one.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CLIENTS = 400
PROBES = 5
PROBE_TIMEOUT_S = 1.0


@contextlib.contextmanager
def serve(log: Path, *options: str) -> Generator[int]:
    """gunicorn with the real settings before a tiny application; gives the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    environment = {
        "PATH": os.environ["PATH"],
        "PORT": str(port),
        "FANGXIN_WEB_WORKERS": "2",
        "PROMETHEUS_MULTIPROC_DIR": str(log.parent / "metrics"),
    }
    command = [sys.executable, "-m", "gunicorn", "--config", str(ROOT / "gunicorn.conf.py"), *options]
    with log.open("wb") as output:
        server = subprocess.Popen(
            [*command, "tests.faults.tiny_wsgi:app"], cwd=ROOT, env=environment, stdout=output, stderr=output
        )
    try:
        _wait_until_served(port, server, log)
        yield port
    finally:
        server.send_signal(signal.SIGQUIT)
        try:
            server.wait(5)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_until_served(port: int, server: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + 20
    while not answers(port):
        if server.poll() is not None or time.monotonic() > until:
            pytest.fail(f"the server did not start:\n{log.read_text(errors='replace')}")
        time.sleep(0.05)


def answers(port: int) -> bool:
    """Whether a whole, ordinary request gets its answer in time."""
    try:
        with socket.create_connection(("127.0.0.1", port), PROBE_TIMEOUT_S) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: probe\r\nConnection: close\r\n\r\n")
            return connection.recv(64).startswith(b"HTTP/1.1 200")
    except OSError:
        return False


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


def test_control_threads_serve_nobody(tmp_path: Path) -> None:
    with serve(tmp_path / "log", "--worker-class=gthread", "--threads=8") as port:
        assert probes_answered(port) == 0
