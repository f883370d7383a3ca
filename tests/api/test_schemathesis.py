"""Schemathesis reads the document and tries every operation: right and wrong input, by somebody who may come in.

Half of the tries speak of records that exist, so that they reach the work and not the 404 alone. Answers must keep to
the document: status, media type, headers and shape; nothing is a 5xx.
"""

from collections import Counter
from typing import Any

import hypothesis
import pytest
import schemathesis
from flask import jsonify
from hypothesis import HealthCheck, Phase
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from backend.app import create_app
from backend.infrastructure.database import db
from backend.infrastructure.fields import Input, Output, Whole, fields
from backend.infrastructure.http import ApiBlueprint, Public, endpoint
from backend.infrastructure.settings import Settings
from tests.api.callers import Callers, Operation
from tests.api.records import Records, make_records
from tests.console.office import Office
from tests.pages.town import Shop, Town

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


def tried(database_kind: str) -> int:
    """Tries of each operation and mode; PostgreSQL answers alike and gets a smaller pass."""
    return 8 if database_kind == "sqlite" else 3


def try_all(callers: Callers, records: Records, tries: int) -> Counter[str]:
    """Try every operation. returns "operation status class" → how often. raises what a check raises"""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", callers.app)
    described = {operation.name: operation for operation in callers.operations()}
    seen: Counter[str] = Counter()
    # What ends a session or closes an account comes last, or the others would meet nobody signed in.
    for found in sorted(
        (result.ok() for result in schema.get_all_operations()),
        key=lambda one: one.method == "delete" or one.path.endswith("/erasure"),
    ):
        operation = described[f"{found.method.upper()} {found.path}"]
        # Only a body can be wrong in a way that its schema knows.
        wrong = [GenerationMode.NEGATIVE] if "requestBody" in operation.described else []
        # A read to which nothing is sent has nothing to vary: the second try would be the first again.
        varied = operation.method != "GET" or "{" in operation.template or bool(operation.described.get("parameters"))
        for mode in (GenerationMode.POSITIVE, *wrong):
            strategy = found.as_strategy(generation_mode=mode)
            _try_one(callers, records, operation, strategy, tries if varied else 1, seen)
    return seen


def _try_one(
    callers: Callers, records: Records, operation: Operation, strategy: Any, tries: int, seen: Counter[str]
) -> None:
    @hypothesis.seed(20261123)
    @hypothesis.settings(
        max_examples=tries,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(case=strategy, real=st.booleans(), pick=st.integers(0, 99))
    def attempt(case: schemathesis.Case, real: bool, pick: int) -> None:
        if real:
            records.put_into(case, operation, pick)
        case.headers.pop("Authorization", None)
        headers = callers.headers(operation.role)
        if "Idempotency-Key" in case.headers:
            headers.pop("Idempotency-Key")
        response = case.call(headers=headers)
        seen[f"{operation.name} {response.status_code // 100}xx"] += 1
        case.validate_response(response, checks=CHECKS)

    attempt()


def test_the_api_keeps_to_its_document(callers: Callers, database_kind: str) -> None:
    seen = try_all(callers, make_records(callers), tried(database_kind))
    operations = {operation.name for operation in callers.operations()}
    assert {key.rsplit(" ", 1)[0] for key in seen} == operations
    succeeded = {key.rsplit(" ", 1)[0] for key, _times in seen.items() if key.endswith("2xx")}
    share = 1 / 2 if database_kind == "sqlite" else 1 / 3
    assert len(succeeded) > len(operations) * share, sorted(operations - succeeded)


class _PlantedOut(Output):
    count = fields.Integer()


class _PlantedIn(Input):
    EXAMPLE = {"count": 1}
    count = Whole(0, 5, required=True)


def _planted(fault: str) -> ApiBlueprint:
    blueprint = ApiBlueprint("planted", __name__)

    @blueprint.post("/planted")
    @endpoint(Public("a mistake on purpose, for the control"), body=_PlantedIn, reply=_PlantedOut, writes=False)
    def plant(actor: object, body: dict[str, int]) -> Any:
        """A mistake on purpose"""
        if fault == "crash":
            return {"count": 1 // body["count"]}
        answer = jsonify(count="many" if fault == "shape" else 1)
        answer.status_code = 418 if fault == "status" else 200
        answer.content_type = "text/html" if fault == "type" else "application/json"
        return answer

    return blueprint


@pytest.mark.databases_alike
@pytest.mark.parametrize("fault", ["crash", "shape", "status", "type", "none"])
def test_control_a_planted_mistake_is_found(
    settings: Settings, town: Town, office: Office, shop: Shop, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    monkeypatch.setattr("backend.app.API", (_planted(fault),))
    app = create_app(settings)
    callers = Callers(app, town, office, shop)
    if fault == "none":
        assert try_all(callers, Records({}), 40)["POST /api/v1/planted 2xx"] > 0
    else:
        with pytest.raises(BaseException) as caught:  # noqa: PT011  (one failure, or a group of several)
            try_all(callers, Records({}), 40)
        assert "schemathesis" in type(caught.value).__module__ or isinstance(caught.value, BaseExceptionGroup)
    with app.app_context():
        db.engine.dispose()
