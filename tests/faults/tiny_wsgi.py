"""The smallest WSGI application: what a server does with slow clients does not depend on what it serves."""

from collections.abc import Callable, Iterable


def app(environ: dict[str, object], start_response: Callable[[str, list[tuple[str, str]]], object]) -> Iterable[bytes]:
    """Answers 200 "ok" to everything."""
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")])
    return [b"ok"]
