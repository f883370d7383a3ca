"""The real application behind a real socket, in a thread of its own, for a browser."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from backend.app import create_app
from backend.infrastructure.database import db
from backend.infrastructure.settings import load_settings
from backend.kernel.clock import FixedClock
from tests.environment import environment


class _Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_request(self, *_arguments: Any) -> None:
        """Nothing: the application keeps its own record of requests."""


@contextmanager
def served(database_url: str, data_dir: Path, wechat_url: str, clock: FixedClock) -> Iterator[tuple[Flask, str]]:
    """The application and its address, until the block ends. Its own address is known to it, for sign-in to come back."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        address = f"http://127.0.0.1:{door.getsockname()[1]}"
        values = {**environment(database_url, data_dir, wechat_url), "FANGXIN_PUBLIC_URL": address}
        app = create_app(load_settings(values), clock=clock)
        app.testing = False
        server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet, fd=door.fileno())
        server.daemon_threads = True  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield app, address
        finally:
            server.shutdown()
            server.server_close()
            thread.join()
            with app.app_context():
                db.session.remove()
                db.engine.dispose()
