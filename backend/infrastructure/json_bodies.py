"""Reads JSON bodies by the letter (RFC 8259, I-JSON): UTF-8 only, no duplicate names, no NaN, no bottomless nesting.

What two readers could understand differently is refused here, before any schema sees it.
"""

import json
from typing import Any, NoReturn

from flask import Request
from marshmallow import RAISE
from webargs import core
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType

#: Deeper than anything that a schema of ours takes.
_DEEPEST = 32


class StrictJson(FlaskParser):
    """webargs' parser with our reading of a JSON body; unknown query parameters are refused like unknown fields.

    raises   BadRequest 400, RequestEntityTooLarge 413, UnsupportedMediaType 415
    """

    DEFAULT_UNKNOWN_BY_LOCATION = {**FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION, "query": RAISE}

    def _raw_load_json(self, req: Request) -> Any:
        raw = req.get_data(cache=True)
        if not raw:
            return core.missing
        if req.max_content_length is not None and len(raw) >= req.max_content_length:
            # Werkzeug cuts a body of unknown length (chunked) off at the limit and says nothing.
            raise RequestEntityTooLarge
        if not core.is_json(req.mimetype):
            raise UnsupportedMediaType
        return read(raw)


def read(raw: bytes) -> Any:
    """The value of a JSON text. raises BadRequest for everything that is not one, or not an unmistakable one"""
    try:
        value = json.loads(raw.decode("utf-8"), object_pairs_hook=_object, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise BadRequest from None
    _measure(value)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")


def _measure(value: Any) -> None:
    """Whoever walks the value later (a schema, the error text) must not run out of stack."""
    level = [value]
    for _ in range(_DEEPEST):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return
    raise BadRequest


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
