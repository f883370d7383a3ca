"""An application behind a real socket, in a thread of its own, for a browser."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from backend.infrastructure.settings import Settings, load_settings
from tests.environment import environment

_ENDS_WITHIN_S = 10


class _Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_request(self, *_arguments: Any) -> None:
        """Nothing: the application keeps its own record of requests."""


def address_of(door: socket.socket) -> str:
    """Where a browser finds what is served behind this door."""
    return f"http://127.0.0.1:{door.getsockname()[1]}"


def settings_behind(door: socket.socket, database_url: str, data_dir: Path, wechat_url: str) -> Settings:
    """Settings of an application that knows its own address, for sign-in to come back."""
    values = environment(database_url, data_dir, wechat_url)
    return load_settings({**values, "FANGXIN_PUBLIC_URL": address_of(door)})


class _Counted:
    """The application, with how many requests it is at."""

    def __init__(self, app: Flask) -> None:
        self._app, self._running, self._changed = app, 0, threading.Condition()

    def __call__(self, environ: Any, start_response: Any) -> Any:
        self._count(1)
        try:
            return self._app(environ, start_response)
        finally:
            self._count(-1)

    def wait(self) -> None:
        """Until nothing is under way: what a page that is gone had asked for would hold a connection to the next test's database."""
        with self._changed:
            assert self._changed.wait_for(lambda: not self._running, timeout=_ENDS_WITHIN_S), "a request does not end"

    def _count(self, by: int) -> None:
        with self._changed:
            self._running += by
            self._changed.notify_all()


@contextmanager
def served(app: Flask, door: socket.socket) -> Iterator[None]:
    """The application answers at the door until the block ends; the door stays."""
    counted = _Counted(app)
    server = make_server("127.0.0.1", 0, counted, threaded=True, request_handler=_Quiet, fd=door.fileno())
    server.daemon_threads = True  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
        counted.wait()
