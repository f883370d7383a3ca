"""A real gunicorn with the real settings, for the length of a `with` block."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_PROBE_TIMEOUT_S = 1.0


@contextlib.contextmanager
def serve(
    log: Path,
    *options: str,
    app: str = "tests.faults.tiny:app",
    health: str = "/",
    environment: Mapping[str, str] | None = None,
) -> Generator[int]:
    """Serve the application; gives the port once it answers.

    health   an address that answers 200
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    variables = {
        "PATH": os.environ["PATH"],
        "PORT": str(port),
        "FANGXIN_WEB_WORKERS": "2",
        "PROMETHEUS_MULTIPROC_DIR": str(log.parent / "metrics"),
        **(environment or {}),
    }
    command = [sys.executable, "-m", "gunicorn", "--config", str(ROOT / "gunicorn.conf.py"), *options, app]
    with log.open("wb") as output:
        server = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=output, stderr=output)
    try:
        until = time.monotonic() + 30
        while not answers(port, health):
            if server.poll() is not None or time.monotonic() > until:
                pytest.fail(f"the server did not start:\n{log.read_text(errors='replace')}")
            time.sleep(0.05)
        yield port
    finally:
        server.send_signal(signal.SIGQUIT)
        try:
            server.wait(5)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def answers(port: int, path: str = "/", timeout_s: float = _PROBE_TIMEOUT_S) -> bool:
    """Whether a whole, ordinary request gets its answer in time."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout_s) as connection:
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
            return connection.recv(64).startswith(b"HTTP/1.1 200")
    except OSError:
        return False
