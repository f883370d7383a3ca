"""A body without end is refused by the running server, with its length given or not, and others are served meanwhile."""

import contextlib
import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import Databases
from tests.environment import environment
from tests.faults.serving import answers, serve

_MEBIBYTE = b"x" * (1 << 20)
_HEAD = "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {content_type}\r\nConnection: close\r\n{more}\r\n\r\n"


def post(port: int, path: str, content_type: str, *, chunked: bool, mebibytes: int) -> tuple[int, bytes]:
    """Send so many MiB, or as many as the server takes before it answers. returns status (0 for none) and body"""
    more = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {mebibytes << 20}"
    piece = b"100000\r\n" + _MEBIBYTE + b"\r\n" if chunked else _MEBIBYTE
    received = b""
    with socket.create_connection(("127.0.0.1", port), 20) as connection:
        connection.sendall(_HEAD.format(path=path, content_type=content_type, more=more).encode())
        # The server may answer and close at any time; what it said can still be read.
        with contextlib.suppress(OSError):
            for _ in range(mebibytes):
                connection.sendall(piece)
            connection.sendall(b"0\r\n\r\n" if chunked else b"")
        with contextlib.suppress(OSError):
            while part := connection.recv(65536):
                received += part
    head, _, body = received.partition(b"\r\n\r\n")
    return int(head.split(b" ")[1]) if head else 0, body


@pytest.fixture
def port(databases: Databases, tmp_path: Path) -> Iterator[int]:
    with databases.fresh("sqlite", tmp_path) as url:
        variables = {**environment(url, tmp_path / "data"), "FANGXIN_WEB_WORKERS": "1"}
        with serve(tmp_path / "log", app="backend.asgi:app", health="/healthz", environment=variables) as opened:
            yield opened


def test_twenty_megabytes_are_refused(port: int) -> None:
    for chunked in (False, True):
        for path in ("/api/v1/scans", "/api/v1/settlements/progress"):
            status, body = post(port, path, "application/json", chunked=chunked, mebibytes=20)
            assert status == 413, (path, chunked)
            assert json.loads(body)["code"] == "too_large"
        status, body = post(port, "/progress", "application/x-www-form-urlencoded", chunked=chunked, mebibytes=20)
        assert (status, "</html>" in body.decode()) == (413, True)
    assert answers(port, "/healthz", 5)


def test_control_a_small_body_is_read_in_pieces_too(port: int) -> None:
    """Chunks alone are no reason to refuse: the body is read, and is no JSON."""
    status, body = post(port, "/api/v1/scans", "application/json", chunked=True, mebibytes=0)
    assert (status, json.loads(body)["code"]) == (422, "invalid_input")
