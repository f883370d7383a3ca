"""Kept connections to every process of a server: which process answers a connection is read from the kernel."""

from collections.abc import Generator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from benchmarks.asking import Client
from benchmarks.processes import Server

_MOST = 400


@contextmanager
def to_every_worker(server: Server, each: int) -> Generator[dict[int, list[Client]]]:
    """At least so many connections to each worker, by its process. raises RuntimeError when one takes none"""
    with ExitStack() as stack:
        workers = server.workers()
        clients = [stack.enter_context(Client(server.port)) for _ in range(len(workers) * each)]
        while True:
            for client in clients:
                client.get("/healthz")  # a connection is somebody's from its first answer on
            held = {
                pid: [client for client in clients if _local_ports(pid, server.port) & {client.local_port}]
                for pid in workers
            }
            if all(len(some) >= each for some in held.values()):
                yield held
                return
            if len(clients) >= _MOST:
                raise RuntimeError(f"a worker takes no connection: { {pid: len(some) for pid, some in held.items()} }")
            clients += [stack.enter_context(Client(server.port)) for _ in range(each)]


def _local_ports(pid: int, port: int) -> set[int]:
    """The far ports of the connections to `port` that a process holds."""
    sockets = set()
    for handle in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(OSError):
            target = str(handle.readlink())
            if target.startswith("socket:["):
                sockets.add(target[8:-1])
    ports = set()
    for line in Path(f"/proc/{pid}/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        here, there, inode = fields[1], fields[2], fields[9]
        if inode in sockets and int(here.partition(":")[2], 16) == port:
            ports.add(int(there.partition(":")[2], 16))
    return ports
