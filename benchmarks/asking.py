"""A plain HTTP client that keeps its connection."""

import http.client
import itertools
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

_phones = itertools.count()


@dataclass(frozen=True)
class Answer:
    """An answer. headers: as they came, looked up in any case"""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


class Client:
    """One kept connection; each request comes from an address of its own, as behind a proxy."""

    def __init__(self, port: int) -> None:
        self._link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def __enter__(self) -> Self:
        self._link.connect()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._link.close()

    @property
    def local_port(self) -> int:
        """The port of this end."""
        port: int = self._link.sock.getsockname()[1]
        return port

    def get(self, path: str) -> Answer:
        """GET."""
        return self._ask("GET", path, None, {})

    def post(self, path: str, body: Mapping[str, Any], bearer: str | None = None) -> Answer:
        """POST of JSON, by somebody who signed in. raises RuntimeError unless it succeeds"""
        headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
        if bearer is not None:
            headers["Authorization"] = f"Bearer {bearer}"
        answer = self._ask("POST", path, json.dumps(body).encode(), headers)
        if answer.status // 100 != 2:
            raise RuntimeError(f"POST {path}: {answer.status} {answer.body[:500]!r}")
        return answer

    def _ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        phone = next(_phones)
        forwarded = f"10.{phone >> 16 & 255}.{phone >> 8 & 255}.{phone & 255}"
        self._link.request(method, path, body, {"X-Forwarded-For": forwarded, "X-Forwarded-Proto": "http", **headers})
        answer = self._link.getresponse()
        return Answer(answer.status, answer.headers, answer.read())
