"""A client that speaks ASGI to an application in this process."""

import asyncio
import gzip
from collections.abc import Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

Message = MutableMapping[str, Any]


@dataclass(frozen=True)
class Answered:
    """An answer as it came over the wire."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body, unpacked."""
        packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode()


class Client:
    """Asks one request after the other."""

    def __init__(self, app: Any) -> None:
        self.app = app

    def get(self, path: str, **headers: str) -> Answered:
        """GET; underlines in the headers' names stand for hyphens."""
        return self.ask("GET", path, headers=headers)

    def ask(
        self,
        method: str,
        path: str,
        body: Iterable[bytes] = (),
        headers: MutableMapping[str, str] | None = None,
        *,
        stays: bool = True,
    ) -> Answered:
        """One request; the body comes in these pieces.

        stays   whether the client waits for its answer; else it leaves after the last piece, which is not the end
        """
        address, _, query = path.partition("?")
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": address,
            "raw_path": address.encode(),
            "query_string": query.encode("latin-1"),
            "headers": [
                (name.lower().replace("_", "-").encode(), value.encode("latin-1"))
                for name, value in {"Host": "localhost", **(headers or {})}.items()
            ],
            "client": ("192.0.2.7", 50000),
            "server": ("127.0.0.1", 8000),
        }
        return asyncio.run(_ask(self.app, scope, list(body), stays=stays))


async def _ask(app: Any, scope: Message, pieces: list[bytes], *, stays: bool) -> Answered:
    waiting: list[Message] = [
        {"type": "http.request", "body": piece, "more_body": not stays or number < len(pieces)}
        for number, piece in enumerate(pieces, start=1)
    ]
    if not waiting:
        waiting.append({"type": "http.request", "body": b"", "more_body": False})
    sent: list[Message] = []

    async def receive() -> Message:
        return waiting.pop(0) if waiting else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    # A pool of the loop's own: asyncio.run would wait for the default one at its end.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))
    await app(scope, receive, send)
    if not sent:
        return Answered(0, {}, b"")
    start, *rest = sent
    headers = {name.decode(): value.decode("latin-1") for name, value in start["headers"]}
    return Answered(start["status"], headers, b"".join(message["body"] for message in rest))
