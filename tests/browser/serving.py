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


@contextmanager
def served(app: Flask, door: socket.socket) -> Iterator[None]:
    """The application answers at the door until the block ends; the door stays."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet, fd=door.fileno())
    server.daemon_threads = True  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
