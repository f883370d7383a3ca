"""The smallest application behind our bridge: what slow clients do to a server does not depend on what it serves."""

from collections.abc import Callable, Iterable
from typing import IO, cast

from backend.front.bridge import Bridge


def wsgi(environ: dict[str, object], start_response: Callable[[str, list[tuple[str, str]]], object]) -> Iterable[bytes]:
    """Reads its body and answers 200 "ok" to everything."""
    cast("IO[bytes]", environ["wsgi.input"]).read(int(cast("str", environ.get("CONTENT_LENGTH", "0"))))
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")])
    return [b"ok"]


app = Bridge(wsgi, 1 << 20)  # type: ignore[arg-type]
