"""From ASGI to WSGI: what the application sees of a request, and what the client sees of its answer."""

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from backend.front import bridge
from backend.front.bridge import Bridge
from backend.infrastructure.turns import AT_A_TIME, step_aside
from tests.front.asking import Client

Start = Callable[[str, list[tuple[str, str]]], object]


class Echo:
    """Answers with the body it got and remembers what it was asked."""

    def __init__(self, pieces: int = 1) -> None:
        self.asked: list[dict[str, Any]] = []
        self.closed = 0
        self._pieces = pieces

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        self.asked.append(environ)
        body = environ["wsgi.input"].read()
        start("200 Fine", [("X-Length", environ.get("CONTENT_LENGTH", "none")), ("Set-Cookie", "a=1")])
        return _Pieces(self, [body] * self._pieces)


class _Pieces:
    def __init__(self, echo: Echo, pieces: list[bytes]) -> None:
        self._echo, self._pieces = echo, pieces

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._pieces)

    def close(self) -> None:
        self._echo.closed += 1


@pytest.fixture
def echo() -> Echo:
    return Echo()


@pytest.fixture
def client(echo: Echo) -> Client:
    return Client(Bridge(echo, 1000))  # type: ignore[arg-type]


def test_a_body_in_pieces_arrives_whole(client: Client, echo: Echo) -> None:
    answer = client.ask("POST", "/", [b"one ", b"two ", b"three"], {"Content-Length": "13"})
    assert (answer.status, answer.body) == (200, b"one two three")
    assert answer.headers == {"x-length": "13", "set-cookie": "a=1"}
    assert echo.closed == 1


def test_a_chunked_body_gets_its_length(client: Client, echo: Echo) -> None:
    answer = client.ask("POST", "/", [b"x" * 600, b"y" * 300], {"Transfer-Encoding": "chunked"})
    assert answer.headers["x-length"] == "900"
    assert "HTTP_TRANSFER_ENCODING" not in echo.asked[0]


@pytest.mark.parametrize("said", [True, False])
def test_of_a_body_that_is_too_long_no_more_is_read_and_its_length_is_told(client: Client, said: bool) -> None:
    pieces = [b"x" * 400] * 50
    headers = {"Content-Length": "20000"} if said else {"Transfer-Encoding": "chunked"}
    answer = client.ask("POST", "/", pieces, headers)
    assert (answer.headers["x-length"], len(answer.body)) == (("20000", 0) if said else ("1200", 1200))


def test_whoever_leaves_before_the_end_of_the_body_asks_nothing(client: Client, echo: Echo) -> None:
    assert client.ask("POST", "/", [b"half"], {"Content-Length": "8"}, stays=False).status == 0
    assert echo.asked == []
    assert client.ask("POST", "/", [b"whole"], {"Content-Length": "5"}).status == 200
    assert len(echo.asked) == 1, "the control"


def test_bodies_that_wait_have_a_bound(client: Client, echo: Echo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridge, "_ALL_BODIES", 500)
    refused = client.ask("POST", "/", [b"x" * 300, b"x" * 300], {"Content-Length": "600"})
    assert (refused.status, refused.headers["retry-after"], "请一分钟后再试" in refused.text) == (503, "60", True)
    assert echo.asked == []
    for _ in range(3):  # what was taken is given back
        assert client.ask("POST", "/", [b"x" * 400], {"Content-Length": "400"}).status == 200


@pytest.mark.parametrize("pieces", [1, 3])
def test_a_long_answer_arrives_whole(pieces: int) -> None:
    echo = Echo(pieces)
    body = b"z" * (bridge._AT_ONCE + 7)
    answer = Client(Bridge(echo, 1 << 24)).ask("POST", "/", [body], {"Content-Length": str(len(body))})  # type: ignore[arg-type]
    assert answer.body == body * pieces
    assert echo.closed == 1


def test_what_the_application_is_told(client: Client, echo: Echo) -> None:
    client.get("/b/%E6%B8%A9?q=\xff&x=%2F", Cookie="a=1", X_Forwarded_For="192.0.2.1", Content_Type="text/plain")
    told = echo.asked[0]
    assert told["PATH_INFO"] == "/b/温".encode().decode("latin-1")
    assert told["QUERY_STRING"] == "q=\xff&x=%2F"
    assert (told["HTTP_COOKIE"], told["HTTP_X_FORWARDED_FOR"], told["CONTENT_TYPE"]) == (
        "a=1",
        "192.0.2.1",
        "text/plain",
    )
    assert (told["REMOTE_ADDR"], told["wsgi.url_scheme"], "CONTENT_LENGTH" in told) == ("192.0.2.7", "http", False)


def test_an_application_that_fails_is_closed_and_the_server_told(echo: Echo) -> None:
    class Failing(_Pieces):
        def __iter__(self) -> Iterator[bytes]:
            raise ZeroDivisionError

    def failing(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        start("200 OK", [])
        return Failing(echo, [])

    with pytest.raises(ZeroDivisionError):
        Client(Bridge(failing, 10)).get("/")  # type: ignore[arg-type]
    assert echo.closed == 1


def _meet(count: int, *, aside: bool, patience_s: float) -> int:
    """So many requests that each wait for all the others; how many met."""
    all_here = threading.Barrier(count)

    def waiting(_environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        if aside:
            step_aside()
        try:
            all_here.wait(patience_s)
        except threading.BrokenBarrierError:
            start("503 Alone", [])
        else:
            start("200 OK", [])
        return []

    bridge = Bridge(waiting, 10)  # type: ignore[arg-type]
    statuses: list[int] = []

    async def ask() -> None:
        async def receive() -> dict[str, Any]:
            return {"type": "http.request"}

        async def send(message: Any) -> None:
            statuses.extend([message["status"]] if "status" in message else [])

        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": "GET",
            "path": "/",
            "query_string": b"",
            "headers": [],
        }
        await bridge(scope, receive, send)

    async def ask_all() -> None:
        await asyncio.gather(*(ask() for _ in range(count)))

    asyncio.run(ask_all())
    assert len(statuses) == count
    return statuses.count(200)


def test_whoever_waits_for_another_system_keeps_nobody_waiting() -> None:
    assert _meet(3 * AT_A_TIME, aside=True, patience_s=20) == 3 * AT_A_TIME


def test_control_who_does_not_step_aside_keeps_the_rest_in_line() -> None:
    assert _meet(AT_A_TIME, aside=False, patience_s=20) == AT_A_TIME
    assert _meet(AT_A_TIME + 1, aside=False, patience_s=0.2) == 0
