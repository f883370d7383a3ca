"""Calls to /api/v1, as a mini-program or another system makes them."""

from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from backend.infrastructure.database import new_id


@dataclass
class Api:
    """Calls to /api/v1 with a bearer token."""

    client: FlaskClient

    def __call__(
        self, method: str, path: str, token: str | None = None, json: Any = None, key: str | None = None, **more: Any
    ) -> TestResponse:
        """key: the Idempotency-Key; a fresh one when none is given, and none at all when it is empty"""
        headers = {} if key == "" else {"Idempotency-Key": key or new_id()}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        return self.client.open(f"/api/v1{path}", method=method, headers=headers, json=json, **more)


@dataclass
class Caller:
    """One person's calls; each must be answered with the status expected."""

    api: Api
    token: str | None
    account_id: str | None = None

    def get(self, path: str, status: int = 200) -> Any:
        """What a GET answers."""
        return self._judged(self.api("GET", path, self.token), status)

    def post(self, path: str, json: Any = None, status: int = 200, **more: Any) -> Any:
        """What a POST answers."""
        return self._judged(self.api("POST", path, self.token, json, **more), status)

    def put(self, path: str, json: Any, status: int = 200) -> Any:
        """What a PUT answers."""
        return self._judged(self.api("PUT", path, self.token, json), status)

    def refused(self, path: str, json: Any = None, status: int = 409, **more: Any) -> str:
        """The stable code of a refusal."""
        problem = self.post(path, json, status, **more)
        assert problem["detail"], "a refusal says in words what to do"
        code: str = problem["code"]
        return code

    def _judged(self, answer: TestResponse, status: int) -> Any:
        assert answer.status_code == status, answer.text
        return answer.get_json() if answer.is_json or "json" in (answer.content_type or "") else answer.data
