"""Throw-away PostgreSQL servers for tests, from the machine's own binaries: about a second to start, gone afterwards.

`python -m tests.postgres` serves one until it is interrupted, for work by hand.
"""

import atexit
import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg
from psycopg import sql

from tests.scratch import scratch_folder

_DEBIAN = Path("/usr/lib/postgresql")
_STARTS_WITHIN_S = 30.0
#: Speed instead of durability: nothing here outlives the tests.
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "shared_buffers": "64MB",
}
#: What durability turns on again.
_UNSAFE = ("fsync", "synchronous_commit", "full_page_writes")


class PostgresNotInstalled(RuntimeError):
    """The machine has no PostgreSQL server; the message says what to install."""


class PostgresServer:
    """A private cluster on a free loopback port, for the length of a `with` block.

    It is stopped and deleted at the end of the block, at the end of the process, and stops when the process is killed.
    One server belongs to one process: parallel test processes start one each.
    """

    def __init__(self, *, durable: bool = False, **settings: str) -> None:
        """durable    commits reach the disk, as they must outside tests
        settings   of the server beside or instead of those of tests, e.g. shared_buffers="512MB"
        """
        self._durable = durable
        self._settings = {**_SETTINGS, **(dict.fromkeys(_UNSAFE, "on") if durable else {}), **settings}
        self._folder = Path()
        self._port = 0
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """raises   PostgresNotInstalled; RuntimeError with the server's log when it does not start"""
        binaries = find_binaries()
        prefix = "fangxin-pg-"
        self._folder = Path(tempfile.mkdtemp(prefix=prefix)) if self._durable else scratch_folder(prefix)
        atexit.register(self.stop)
        try:
            self._initialize(binaries)
            self._start(binaries)
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def pid(self) -> int:
        """The server's process; its connections' are its children."""
        if self._process is None:
            raise RuntimeError("PostgreSQL is not running")
        return self._process.pid

    def url(self, name: str) -> str:
        """SQLAlchemy's address of the database `name`."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self._port}/{name}"

    def dsn(self, name: str) -> str:
        """libpq's address of the database `name`."""
        return f"postgresql://postgres@127.0.0.1:{self._port}/{name}"

    def create_database(self, name: str, template: str = "template0") -> None:
        """Make a database; from a template of your own it takes 100 to 400 ms. Nobody may be connected to the template."""
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        self._administer(copy)

    def drop_database(self, name: str) -> None:
        """Delete a database, also from under open connections."""
        self._administer(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def stop(self) -> None:
        """Stop at once and delete everything. May be called twice."""
        atexit.unregister(self.stop)
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None
        if self._folder != Path():
            shutil.rmtree(self._folder, ignore_errors=True)

    def _administer(self, statement: sql.Composed) -> None:
        with self._connect() as connection:
            connection.execute(statement)

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self._folder), port=self._port, user="postgres", dbname="postgres", autocommit=True
        )

    def _initialize(self, binaries: Path) -> None:
        owner = _owner()
        if owner is not None:
            os.chown(self._folder, owner.pw_uid, owner.pw_gid)
        made = subprocess.run(
            [
                *_as_owner(owner),
                str(binaries / "initdb"),
                f"--pgdata={self._data}",
                "--username=postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            ],
            env=self._environment(),
            cwd=self._folder,
            capture_output=True,
            text=True,
        )
        if made.returncode:
            raise RuntimeError(f"initdb failed:\n{made.stdout}{made.stderr}")

    def _start(self, binaries: Path) -> None:
        self._port = _free_port()
        options = [f"--{name}={value}" for name, value in self._settings.items()]
        with (self._folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [
                    *_as_owner(_owner()),
                    str(binaries / "postgres"),
                    f"-D{self._data}",
                    f"-p{self._port}",
                    f"-k{self._folder}",
                    *options,
                ],
                env=self._environment(),
                cwd=self._folder,
                stdout=log,
                stderr=log,
            )
        until = time.monotonic() + _STARTS_WITHIN_S
        while True:
            try:
                self._connect().close()
            except psycopg.OperationalError:
                if self._process.poll() is not None or time.monotonic() > until:
                    log_text = (self._folder / "log").read_text(errors="replace")
                    raise RuntimeError(f"PostgreSQL did not start:\n{log_text}") from None
                time.sleep(0.02)
            else:
                return

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _environment(self) -> dict[str, str]:
        return {"PATH": os.environ["PATH"], "HOME": str(self._folder), "TZ": "UTC"}


def find_binaries() -> Path:
    """The folder of the newest installed `initdb` and `postgres`.

    raises   PostgresNotInstalled
    """
    debian = sorted(_DEBIAN.glob("*/bin"), key=lambda found: int(found.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    for folder in [*debian, *([Path(on_path).parent] if on_path else [])]:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise PostgresNotInstalled("PostgreSQL is not installed: apt-get install postgresql")


def _owner() -> pwd.struct_passwd | None:
    """Whom to become, since PostgreSQL refuses to run as root; None when this process is nobody special."""
    return pwd.getpwnam("postgres") if os.geteuid() == 0 else None


def _as_owner(owner: pwd.struct_passwd | None) -> list[str]:
    """Prefix of a command: who runs it, and that it is shut down when this process dies, however it dies."""
    become = [] if owner is None else [f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]
    return ["setpriv", "--pdeathsig=INT", *become]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def main() -> None:
    """Serve a cluster with the database `fangxin` until interrupted."""
    with PostgresServer() as server:
        server.create_database("fangxin")
        print(server.url("fangxin"), flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            signal.pause()


if __name__ == "__main__":
    main()
