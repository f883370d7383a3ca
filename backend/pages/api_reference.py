"""The JSON API as a page that people read: what its OpenAPI document says, grouped, without script."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import current_app

_METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Operation:
    """One call.

    gives     status of success, e.g. 201
    example   body to send, as indented JSON; None when there is none
    """

    method: str
    path: str
    summary: str
    needs_sign_in: bool
    gives: str
    example: str | None


@dataclass(frozen=True)
class Group:
    """The calls of one package."""

    name: str
    zh: str
    operations: list[Operation]


def api_reference() -> list[Group]:
    """Every call that the OpenAPI document describes, in its order; groups in the order of its tags."""
    api = current_app.extensions["flask-smorest"]["apis"][""]["ext_obj"]
    document = json.loads(json.dumps(api.spec.to_dict(), default=str))
    calls = list(_calls(document))
    return [
        Group(tag["name"], tag.get("description", tag["name"]), [call for name, call in calls if name == tag["name"]])
        for tag in document["tags"]
    ]


def _calls(document: dict[str, Any]) -> Iterator[tuple[str, Operation]]:
    for path, methods in document["paths"].items():
        for method in _METHODS:
            if method not in methods:
                continue
            call = methods[method]
            body = call.get("requestBody", {}).get("content", {}).get("application/json", {})
            example = body.get("example")
            yield (
                call["tags"][0],
                Operation(
                    method=method.upper(),
                    path=path,
                    summary=call.get("summary", ""),
                    needs_sign_in=bool(call.get("security")),
                    gives=min(status for status in call["responses"] if status[0] == "2"),
                    example=json.dumps(example, ensure_ascii=False, indent=2) if example else None,
                ),
            )
