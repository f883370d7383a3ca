"""Whatever stands in a body is refused in plain words, on both databases alike, and leaves no trace.

Every JSON operation of the document is tried, by somebody who may come in, so that nothing but the body is wrong.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.callers import Callers, Operation, changed, leaves, refusal

INVALID, MALFORMED = (422, "invalid_input"), (400, "malformed_request")
WRONG_TYPE, TOO_LARGE = (415, "unsupported_media_type"), (413, "too_large")
DEEP = 100_000

#: What is no body of ours at all → how it is refused.
WHOLE_BODIES: dict[str, tuple[bytes, tuple[int, str]]] = {
    "null": (b"null", INVALID),
    "true": (b"true", INVALID),
    "a number": (b"7", INVALID),
    "a text": ('"放心"'.encode(), INVALID),
    "a list": (b"[]", INVALID),
    "a list of objects": (b"[{}]", INVALID),
    "deep lists": (b"[" * DEEP + b"]" * DEEP, MALFORMED),
    "deep objects": (b'{"a":' * (DEEP // 4) + b"1" + b"}" * (DEEP // 4), MALFORMED),
    "deep enough to walk, too deep to mean anything": (b"[" * 200 + b"]" * 200, MALFORMED),
    "not a number": (b'{"amount_fen": NaN}', MALFORMED),
    "infinity": (b'{"amount_fen": -Infinity}', MALFORMED),
    "a name twice": (b'{"text": "x", "text": "y"}', MALFORMED),
    "a byte order mark": (b"\xef\xbb\xbf{}", MALFORMED),
    "no UTF-8": (b'{"text": "\xff\xfe"}', MALFORMED),
    "an encoded surrogate": (b'{"text": "\xed\xa0\x80"}', MALFORMED),
    "UTF-16": ('{"text": "放心"}'.encode("utf-16"), MALFORMED),
    "cut off": (b'{"text": "', MALFORMED),
    "two values": (b"{} {}", MALFORMED),
    "a number of 5,000 digits": (b'{"amount_fen": ' + b"9" * 5000 + b"}", MALFORMED),
    "300 kB": (b'{"text": "' + b"x" * 300_000 + b'"}', TOO_LARGE),
}
#: What stands where a text of the example stood.
FOR_TEXTS: dict[str, Any] = {
    "NUL": "合适\0的文字内容而已",
    "half a surrogate pair": "合适\ud800的文字内容而已",
    "a control character": "合适\x1b[31m的文字内容而已",
    "20,000 characters": "长" * 20_000,
    "a number": 7,
    "a truth value": True,
    "a list": ["文字"],
    "an object": {"$ne": ""},
}
#: What stands where a number or truth value of the example stood.
FOR_VALUES: dict[str, Any] = {
    "a huge number": 10**40,
    "a number below all bounds": -(2**63) - 1,
    "a fraction": 1.5,
    "beyond all floats": 1e300,
    "a word": "三",
    "digits of another script": "١" * 30,
    "a list": [1],
    "an object": {},
}
OTHER_TYPES = (
    "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml", "text/json",
    "application/jsonx", None,
)  # fmt: skip
FOREIGN_FIELDS = ("role", "state", "owner_id", "id", "consumer_id", "__proto__", "放心")


def with_bodies(callers: Callers) -> list[Operation]:
    """Every operation that takes JSON."""
    found = [operation for operation in callers.operations() if operation.example is not None]
    assert len(found) > 25
    return found


def spoilt(example: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The example with one place spoilt, in every way that cannot be meant."""
    for path, held in leaves(example):
        ways = FOR_TEXTS if isinstance(held, str) else FOR_VALUES
        for name, new in ways.items():
            yield f"{path}: {name}", changed(example, path, new)
        if not isinstance(held, bool) and not isinstance(held, str):
            yield f"{path}: a truth value", changed(example, path, True)
    for name in FOREIGN_FIELDS:
        yield f"{name} besides", {**example, name: "x"}


@pytest.mark.databases_alike
def test_what_is_no_body_of_ours_is_refused(callers: Callers) -> None:
    operations = with_bodies(callers)
    callers.browser_of_all(operations)
    before = callers.counts()
    wrong = {}
    for operation in operations:
        for name, (raw, expected) in WHOLE_BODIES.items():
            if (got := refusal(callers.send(operation, raw))) != expected:
                wrong[f"{operation.name} {name}"] = got
    assert wrong == {}
    assert callers.counts() == before


def test_each_field_refuses_what_cannot_be_meant(callers: Callers) -> None:
    operations = with_bodies(callers)
    callers.browser_of_all(operations)
    before = callers.counts()
    wrong, tried = {}, 0
    for operation in operations:
        for name, body in spoilt(operation.example or {}):
            got = refusal(callers.send(operation, json.dumps(body).encode()))
            tried += 1
            if got != INVALID:
                wrong[f"{operation.name} {name}"] = got
    assert wrong == {}
    assert tried > 500
    assert callers.counts() == before


def test_an_empty_body_is_refused_where_something_is_required(callers: Callers) -> None:
    document = callers.document()
    for operation in with_bodies(callers):
        schema = operation.described["requestBody"]["content"]["application/json"]["schema"]["$ref"].split("/")[-1]
        if document["components"]["schemas"][schema].get("required"):
            assert refusal(callers.send(operation, b"{}")) == INVALID, operation.name
            assert refusal(callers.send(operation, b"")) == INVALID, operation.name


@pytest.mark.databases_alike
def test_another_content_type_is_refused(callers: Callers) -> None:
    for operation in with_bodies(callers):
        for content_type in OTHER_TYPES:
            got = refusal(callers.send(operation, content_type=content_type))
            assert got == WRONG_TYPE, (operation.name, content_type)


def test_json_with_a_charset_is_read(callers: Callers) -> None:
    scan = next(operation for operation in with_bodies(callers) if operation.template == "/api/v1/scans")
    raw = json.dumps({"token": callers.shop.token}).encode()
    for content_type in ("application/json; charset=utf-8", "application/vnd.fangxin+json"):
        assert callers.send(scan, raw, content_type=content_type).status_code == 200


def test_control_what_a_lenient_reader_takes_is_told_apart() -> None:
    """Python's own reader takes what other readers refuse or read otherwise."""
    assert json.loads(b'{"text": "x", "text": "y"}') == {"text": "y"}
    assert json.loads(b"NaN") != json.loads(b"NaN")
    assert json.loads('{"text": "放心"}'.encode("utf-16")) == {"text": "放心"}
