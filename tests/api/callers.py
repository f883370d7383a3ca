"""Who calls the API: one signed-in person for every role, made when first needed; and the operations they may call."""

import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from backend.access.actor import STAFF_ROLES, Role
from backend.access.policy import POLICY, Action
from backend.infrastructure.database import Base, db
from backend.infrastructure.rate_limit import limiter
from tests.console.office import Office
from tests.pages.town import Browser, Shop, Town

_CHINESE = re.compile(r"[\u4e00-\u9fff]{3}")
_SOME_ID = "019ab0f4-7d4e-7cc0-8a55-6f1d0c1b2a3e"
#: Path parameter → a value of the right form that nothing has.
NOBODYS: Mapping[str, str] = {
    "account_id": _SOME_ID,
    "grant_id": _SOME_ID,
    "row_id": _SOME_ID,
    "answer_id": _SOME_ID,
    "kind": "notice",
    "purpose": "location",
    "token": "1.7K3QX9C2M4TP.AbC_dEf-12",
    "serial": "7K3QX9C2M4TP",
    "number": "PJ20261123-0000013",
    "position": "1",
    "proposal": "1",
    "code": "0000-0000-0000",
    "case_no": "HJ20261123-0000013",
    "reference": "7-2",
}


@dataclass(frozen=True)
class Operation:
    """One method of one address, as the document has it."""

    method: str
    template: str
    described: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.method} {self.template}"

    @property
    def parameters(self) -> list[str]:
        """Names of the path's parameters."""
        return re.findall(r"{(\w+)}", self.template)

    def path(self, **values: str) -> str:
        """The address, with values that nothing has where none are given."""
        return self.template.format(**{**NOBODYS, **values})

    @property
    def example(self) -> dict[str, Any] | None:
        """The documented JSON body; None for an operation without one."""
        content = self.described.get("requestBody", {}).get("content", {})
        found: dict[str, Any] | None = content.get("application/json", {}).get("example")
        return found

    @property
    def role(self) -> Role | None:
        """Somebody who may come in; None where everybody may."""
        action = self.described.get("x-action")
        if action is None:
            return None
        return min((role for role in POLICY[Action(action)] if role is not Role.SYSTEM), key=list(Role).index)


@dataclass
class Callers:
    """Makes callers and sends requests as one of them."""

    app: Flask
    town: Town
    office: Office
    shop: Shop
    _browsers: dict[Role, Browser] = field(default_factory=dict)
    _keys: "itertools.count[int]" = field(default_factory=itertools.count)

    def browser(self, role: Role) -> Browser:
        """The caller in this role."""
        if role not in self._browsers:
            self._browsers[role] = self._made(role)
        return self._browsers[role]

    def browser_of_all(self, operations: Iterable[Operation]) -> None:
        """Sign in everybody whom these operations need, so that what comes after counts alone."""
        for role in {operation.role for operation in operations} - {None}:
            self.browser(Role(role))

    def _made(self, role: Role) -> Browser:
        if role in STAFF_ROLES:
            return self.office.at_desk(role)
        if role is Role.STATION_MEMBER:
            return self.town.member(self.shop)
        return self.town.volunteer() if role is Role.VOLUNTEER else self.town.person("gu-ke")

    def document(self) -> dict[str, Any]:
        """The OpenAPI document."""
        found: dict[str, Any] = self.app.test_client().get("/api/v1/openapi.json").get_json()
        return found

    def operations(self) -> list[Operation]:
        """Every operation of the document."""
        return [
            Operation(method.upper(), path, described)
            for path, methods in self.document()["paths"].items()
            for method, described in methods.items()
            if method != "parameters"
        ]

    def headers(self, role: Role | None) -> dict[str, str]:
        """Token and a fresh key. Nobody is counted: the limits have tests of their own."""
        limiter.reset()
        key = {"Idempotency-Key": f"test-key-{next(self._keys)}"}
        return key if role is None else {**key, "Authorization": f"Bearer {self.browser(role).session_token}"}

    def send(
        self,
        operation: Operation,
        raw: bytes | None = None,
        *,
        content_type: str | None = "application/json",
        path: str | None = None,
        query: str | None = None,
    ) -> TestResponse:
        """The operation with this body (its example when None), by somebody who may."""
        if raw is None and operation.example is not None:
            raw = json.dumps(operation.example).encode()
        return self.app.test_client().open(
            path or operation.path(),
            method=operation.method,
            data=raw,
            content_type=content_type if raw is not None else None,
            query_string=query,
            headers=self.headers(operation.role),
        )

    def counts(self) -> dict[str, int]:
        """Rows of every table."""
        with self.app.app_context(), db.engine.connect() as connection:
            tables = Base.metadata.sorted_tables
            return {
                table.name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
                for table in tables
            }


def refusal(answer: TestResponse) -> tuple[int, str]:
    """Status and code of a refusal, which must be a problem that a person can read."""
    assert answer.content_type == "application/problem+json; charset=utf-8", (answer.status, answer.text[:300])
    problem = answer.get_json()
    assert problem["status"] == answer.status_code
    assert problem["type"] == f"urn:fangxin:problem:{problem['code']}"
    assert _CHINESE.search(problem["detail"]), problem
    assert all(_CHINESE.search(line) for lines in problem.get("fields", {}).values() for line in lines), problem
    return answer.status_code, problem["code"]


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every place of a JSON value that holds neither list nor object, with what it holds."""
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in pairs:
            yield from leaves(inner, (*path, key))
    else:
        yield path, value


def changed(value: Any, path: tuple[str | int, ...], new: Any) -> Any:
    """A copy with something else at one place."""
    if not path:
        return new
    head, *rest = path
    if isinstance(value, dict):
        return {key: changed(inner, tuple(rest), new) if key == head else inner for key, inner in value.items()}
    return [changed(inner, tuple(rest), new) if at == head else inner for at, inner in enumerate(value)]
