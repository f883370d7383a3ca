"""Servers on one core, the client on the other, and the processor time that a tree of processes used."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_CORES = sorted(os.sched_getaffinity(0))
#: The core of everything that serves, and the client's; one and the same on a machine with a single core.
SERVING, ASKING = _CORES[0], _CORES[-1]
_CPUCLOCK_SCHED = 2
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """Something that listens. The times of `behind` (the database, Redis) count as its own."""

    port: int
    pid: int
    behind: tuple[int, ...] = ()

    def cpu_s(self) -> tuple[float, float]:
        """Processor seconds so far: of all, and of what is behind."""
        behind = sum(map(tree_cpu_s, self.behind))
        return tree_cpu_s(self.pid) + behind, behind

    def workers(self) -> list[int]:
        """The processes that answer."""
        return children(self.pid)


def gunicorn(*options: str) -> Sequence[str]:
    """The command that starts a bare gunicorn; our own server is started by its settings file alone."""
    return (sys.executable, "-m", "gunicorn", "--no-control-socket", *options)


#: Our server, as it is deployed.
OURS = (sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py")
#: gunicorn with threads and, since it is installed, the parser in C.
THREADS = gunicorn("--worker-class", "gthread", "--threads", "8", "--workers", "1", "--keep-alive", "30")
#: What FastAPI's documentation advises.
UVICORN = (sys.executable, "-m", "uvicorn", "--loop", "uvloop", "--http", "httptools", "--no-access-log")


@contextmanager
def serving(
    command: Sequence[str], environment: Mapping[str, str], *, behind: tuple[int, ...] = (), pinned: bool = True
) -> Generator[Server]:
    """Run a server's command until the block ends.

    pinned   on the serving core alone
    raises   RuntimeError with the server's log when it does not start
    """
    port = free_port()
    cores = str(SERVING) if pinned else ",".join(map(str, _CORES))
    bound = (
        ()
        if command is OURS
        else ("--port", str(port))
        if command[:3] == UVICORN[:3]
        else ("--bind", f"127.0.0.1:{port}")
    )
    settings = {**environment, "PATH": os.environ["PATH"], "PORT": str(port)}
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            ["taskset", "--cpu-list", cores, *command, *bound], cwd=ROOT, env=settings, stdout=log, stderr=log
        )
        try:
            if not _answers(process, f"http://127.0.0.1:{port}/"):
                log.seek(0)
                raise RuntimeError(f"{command} does not answer:\n{log.read().decode(errors='replace')[-6000:]}")
            yield Server(port, process.pid, behind)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def redis() -> Generator[tuple[str, int]]:
    """A Redis of our own on the serving core: its address and its process."""
    port = free_port()
    options = ("--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no")
    with tempfile.TemporaryDirectory(prefix="fangxin-redis-") as folder:
        process = subprocess.Popen(
            ["taskset", "--cpu-list", str(SERVING), "redis-server", *options, "--dir", folder],
            stdout=subprocess.DEVNULL,
        )
        try:
            _wait_for_port(process, port)
            yield f"redis://127.0.0.1:{port}/0", process.pid
        finally:
            with suppress(ProcessLookupError):
                process.send_signal(signal.SIGCONT)
            process.kill()
            process.wait()


def pin(pid: int, core: int) -> None:
    """Put a process, its threads and its children on one core; one that has ended meanwhile needs none."""
    with suppress(FileNotFoundError, ProcessLookupError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            os.sched_setaffinity(int(task.name), {core})
    for child in children(pid):
        pin(child, core)


def children(pid: int) -> list[int]:
    """The processes that this one started and that live."""
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def tree_cpu_s(pid: int) -> float:
    """Processor seconds of a process and all that it started, the ended ones included."""
    try:
        own = time.clock_gettime((~pid << 3) | _CPUCLOCK_SCHED)  # the kernel's clock of another process, in nanoseconds
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    ended = (int(fields[13]) + int(fields[14])) / _TICKS
    return own + ended + sum(map(tree_cpu_s, children(pid)))


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(process: "subprocess.Popen[bytes]", url: str) -> bool:
    """Wait until an address answers, whatever it answers; False when the process ends or a minute passes."""
    until = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(0.1)
    return False


def _wait_for_port(process: "subprocess.Popen[bytes]", port: int) -> None:
    until = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError("redis-server did not start: apt-get install redis-server") from None
            time.sleep(0.05)
