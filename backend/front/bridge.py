"""From ASGI to Flask: a body is taken in whole before a thread is given to its request, and answers leave without one.

A client that sends or reads a byte a second holds a connection, never a thread.
"""

import asyncio
import contextlib
import sys
import tempfile
from collections.abc import Awaitable, Callable, Coroutine, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import IO, TYPE_CHECKING, Any, cast
from urllib.parse import unquote_to_bytes

from backend.infrastructure.turns import Turn, Turns, step_aside

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Coroutine[Any, Any, None]]

_THREADS = 32
#: Bytes of a body kept in memory; the rest waits on disk.
_IN_MEMORY = 256 * 1024
#: Bytes of all bodies that wait for their rest at one time.
_ALL_BODIES = 512 * 1024 * 1024
_WHOLE_BODY_WITHIN_S = 600.0
#: An answer up to this long is handed over at once; a longer one, such as a print file, holds its thread while it is read.
_AT_ONCE = 1024 * 1024
_BUSY = "现在提交的人太多，请一分钟后再试。".encode()


class Bridge:
    """A WSGI application as an ASGI application."""

    def __init__(self, app: "WSGIApplication", longest: int) -> None:
        """longest   bytes; of a longer body no more is read, and its length tells the application"""
        self._app = app
        self._longest = longest
        self._waiting = 0
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="flask")
        self._turns = Turns()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """One HTTP request."""
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as body:
            try:
                async with asyncio.timeout(_WHOLE_BODY_WITHIN_S):
                    length = await self._take(scope, receive, body)
            except (_Gone, TimeoutError):
                return
            except _Full:
                await _say_busy(send)
                return
            body.seek(0)
            await self._run(_environ(scope, cast("IO[bytes]", body), length), send)

    async def _take(self, scope: Message, receive: Receive, body: "tempfile.SpooledTemporaryFile[bytes]") -> int:
        """How long the body is; one that is too long is not read to its end: Flask refuses it by its length. raises _Gone, _Full"""
        length = 0
        said = _said_length(scope)
        if said > self._longest:
            return said
        more = said > 0 or _is_chunked(scope)
        try:
            while more and length <= self._longest:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise _Gone
                chunk = message.get("body", b"")
                if self._waiting + len(chunk) > _ALL_BODIES:
                    raise _Full
                self._waiting += len(chunk)
                length += len(chunk)
                body.write(chunk)
                more = message.get("more_body", False)
        finally:
            self._waiting -= length
        return length

    async def _run(self, environ: dict[str, Any], send: Send) -> None:
        loop = asyncio.get_running_loop()

        def hand_over(message: Message) -> None:
            step_aside()
            asyncio.run_coroutine_threadsafe(send(message), loop).result()

        async with self._turns.turn() as turn:
            last = await loop.run_in_executor(self._threads, self._call, turn, environ, hand_over)
        for message in last:
            await send(message)

    def _call(self, turn: Turn, environ: dict[str, Any], hand_over: Callable[[Message], None]) -> list[Message]:
        """Ask Flask; gives what is still to be sent. In a thread."""
        with turn.here():
            return self._ask(environ, hand_over)

    def _ask(self, environ: dict[str, Any], hand_over: Callable[[Message], None]) -> list[Message]:
        start: Message = {"type": "http.response.start"}
        held = bytearray()

        def start_response(
            status: str, headers: list[tuple[str, str]], exc_info: object = None
        ) -> Callable[[bytes], None]:
            start["status"] = int(status[:3])
            start["headers"] = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
            return held.extend

        answer = self._app(environ, start_response)
        started = False
        try:
            for chunk in answer:
                held += chunk
                if len(held) > _AT_ONCE:
                    if not started:
                        hand_over(start)
                        started = True
                    hand_over({"type": "http.response.body", "body": bytes(held), "more_body": True})
                    held.clear()
        finally:
            close = getattr(answer, "close", None)
            if close is not None:
                close()
        last: Message = {"type": "http.response.body", "body": bytes(held)}
        return [last] if started else [start, last]


class _Gone(Exception):
    """The client left before its body was whole."""


class _Full(Exception):
    """Too many bodies wait."""


async def _say_busy(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"retry-after", b"60"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": _BUSY})


def _said_length(scope: Message) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length":
            with contextlib.suppress(ValueError):
                return int(value)
    return 0


def _is_chunked(scope: Message) -> bool:
    return any(name == b"transfer-encoding" for name, _ in scope["headers"])


def _environ(scope: Message, body: IO[bytes], length: int) -> dict[str, Any]:
    """PEP 3333; the body's length is the one that was counted."""
    server, port = scope.get("server") or ("localhost", None)
    client = scope.get("client") or ("", 0)
    raw_path: bytes = scope.get("raw_path") or scope["path"].encode()
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(raw_path.partition(b"?")[0]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server,
        "SERVER_PORT": str(port or 80),
        "REMOTE_ADDR": client[0],
        "REMOTE_PORT": str(client[1]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for raw_name, raw_value in scope["headers"]:
        name = raw_name.decode("latin-1").upper().replace("-", "_")
        if name in {"CONTENT_LENGTH", "TRANSFER_ENCODING"}:
            continue
        key = name if name == "CONTENT_TYPE" else f"HTTP_{name}"
        value = raw_value.decode("latin-1")
        joiner = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{joiner}{value}" if key in environ else value
    if length or scope["method"] not in {"GET", "HEAD"}:
        environ["CONTENT_LENGTH"] = str(length)
    return environ
