"""The OpenAPI document says what a caller needs, and its reader needs nobody else's server."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from marshmallow import Schema

from backend.app import API
from backend.infrastructure.fields import Input
from tests.api.callers import Callers, Operation

_CHINESE = re.compile(r"[\u4e00-\u9fff]{2}")


def missing(operation: Operation) -> list[str]:
    """What the description of an operation lacks."""
    described, found = operation.described, []
    if not _CHINESE.search(described.get("summary", "")):
        found.append("summary")
    if "security" not in described or bool(described["security"]) != ("x-action" in described):
        found.append("security")
    expected = {"400", "401", "404", "422", "503"}
    if described.get("security"):
        expected |= {"403", "409"}
    if "requestBody" in described:
        expected |= {"413", "415"}
    found += sorted(expected - set(described["responses"]))
    if not any(status.startswith("2") for status in described["responses"]):
        found.append("success")
    for media_type, body in described.get("requestBody", {}).get("content", {}).items():
        if media_type == "application/json" and not body.get("example"):
            found.append("example")
    return found


def test_every_operation_is_described(callers: Callers) -> None:
    document = callers.document()
    assert document["openapi"] == "3.1.0"
    assert {operation.name: lacks for operation in callers.operations() if (lacks := missing(operation))} == {}
    names = [operation.described["operationId"] for operation in callers.operations()]
    assert len(names) == len(set(names)) > 50


def test_control_a_bare_operation_is_seen() -> None:
    bare = Operation("POST", "/x", {"responses": {}, "requestBody": {"content": {"application/json": {}}}})
    assert set(missing(bare)) >= {"summary", "security", "400", "413", "success", "example"}


def test_every_parameter_stands_where_openapi_knows_it(callers: Callers) -> None:
    document = callers.document()
    for path, methods in document["paths"].items():
        everything = [
            *methods.get("parameters", []),
            *(p for m in methods.values() if "responses" in m for p in m.get("parameters", [])),
        ]
        assert {parameter["in"] for parameter in everything} <= {"path", "query", "header"}, path
        named = {parameter["name"] for parameter in everything if parameter["in"] == "path"}
        assert named == set(re.findall(r"{(\w+)}", path))


def test_every_reference_leads_somewhere_and_every_refusal_is_a_problem(callers: Callers) -> None:
    document = callers.document()
    for reference in references(document):
        found: Any = document
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]
    for name, response in document["components"]["responses"].items():
        assert list(response["content"]) == ["application/problem+json"], name
        assert _CHINESE.search(response["description"])


def references(value: Any) -> Iterator[str]:
    """Every `$ref` of the document."""
    if isinstance(value, dict):
        yield from (text for key, text in value.items() if key == "$ref")
        for inner in value.values():
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def inputs(kind: type[Schema]) -> Iterator[type[Input]]:
    """Every input schema with an example, of the application."""
    for inner in kind.__subclasses__():
        if issubclass(inner, Input) and inner.__dict__.get("EXAMPLE") is not None:
            yield inner
        yield from inputs(inner)


def test_every_example_is_taken_by_its_schema() -> None:
    assert len(API) > 5
    schemas = list(inputs(Input))
    assert len(schemas) > 20
    for schema in schemas:
        assert schema().validate(dict(schema.EXAMPLE or {})) == {}, schema


def test_the_documentation_page_asks_nobody_else(app: Flask) -> None:
    client = app.test_client()
    page = client.get("/api/docs")
    assert page.status_code == 200
    addresses = re.findall(r'(?:src|href|data-spec)="([^"]+)"', page.text)
    assert len(addresses) >= 4
    for address in addresses:
        assert address.startswith("/"), address
        assert not address.startswith("//")
        answer = client.get(address)
        assert answer.status_code == 200, address
        answer.close()
    assert not re.search(r"<script(?![^>]*\bsrc=)", page.text), "the policy allows no inline script"
    with client.get("/api/docs/files/swagger-ui.css") as answer:
        style = answer.text
    assert not re.search(r"url\(['\"]?(https?:)?//", style)
    assert not re.search(r"@import", style)


@pytest.mark.parametrize("name", ["../__init__.py", "%2e%2e/__init__.py", "..%2f__init__.py", "nothing.js", "%00"])
def test_the_documentation_serves_its_own_folder_alone(app: Flask, name: str) -> None:
    assert app.test_client().get(f"/api/docs/files/{name}").status_code == 404
