"""Addresses and queries that nobody means: every operation answers with a problem or as usual, never with a fault."""

from collections.abc import Iterator

import pytest

from tests.api.callers import Callers, Operation, refusal

#: As they stand in the address, percent-encoded.
ODD = (
    "%00",
    "HJ%00",
    "%2e%2e",
    "..%2f..%2fetc%2fpasswd",
    "%ED%A0%80",
    "%FF%FE",
    "%F0%9F%8F%AE",
    "%E2%80%AE%E6%94%BE",
    "9" * 400,
    "-1",
    "x" * 4000,
    "%27%20OR%20%271%27%3D%271",
    "%25%5F",
    "null",
    "%0d%0aX-Injected:%201",
    "{7*7}",
    "019ab0f4-7d4e-7cc0-8a55-6f1d0c1b2a3e%00",
)
QUERIES = ("a=1&a=2", "%00=%00", "x=%ED%A0%80", "limit=1&limit=2", "q=" + "9" * 3000, "&&==&", "%FF")


def odd_paths(operation: Operation) -> Iterator[str]:
    """The operation's address with one parameter odd, the others in order."""
    for name in operation.parameters:
        for value in ODD:
            yield operation.path(**{name: value})


def test_an_odd_parameter_is_refused(callers: Callers) -> None:
    operations = [operation for operation in callers.operations() if operation.parameters]
    assert len(operations) > 30
    callers.browser_of_all(operations)
    before = callers.counts()
    wrong = {}
    for operation in operations:
        for path in odd_paths(operation):
            answer = callers.send(operation, path=path)
            assert "X-Injected" not in answer.headers
            # A visit's start and a rating's withdrawal look at other things first; all of them refuse.
            if refusal(answer)[0] not in {404, 405, 409, 422}:
                wrong[f"{operation.method} {path}"] = answer.status_code
    assert wrong == {}
    assert callers.counts() == before


def test_an_odd_query_is_ignored_or_refused(callers: Callers) -> None:
    operations = [operation for operation in callers.operations() if operation.method == "GET"]
    callers.browser_of_all(operations)
    for operation in operations:
        usual = callers.send(operation).status_code
        for query in QUERIES:
            answer = callers.send(operation, query=query)
            takes_some = any(parameter["in"] == "query" for parameter in operation.described.get("parameters", []))
            assert answer.status_code in ({usual, 422} if takes_some else {usual}), (operation.name, query)


def test_a_page_of_notices_is_bounded(callers: Callers) -> None:
    notices = next(operation for operation in callers.operations() if operation.template == "/api/v1/notices")
    assert callers.send(notices, query="limit=100").status_code == 200
    for query in (
        "limit=0", "limit=101", "limit=-1", "limit=1e3", "limit=%D9%A3", "limit=" + "9" * 400, "limit=5&unknown=1", "limit=1_0",
        "before=x", "before=%00", "before=019ab0f4-7d4e-7cc0-8a55-6f1d0c1b2a3e%00", "state=open",
    ):  # fmt: skip
        assert refusal(callers.send(notices, query=query)) == (422, "invalid_input"), query


@pytest.mark.databases_alike
def test_another_method_is_refused_with_those_allowed(callers: Callers) -> None:
    operations = callers.operations()
    allowed: dict[str, set[str]] = {}
    for operation in operations:
        allowed.setdefault(operation.path(), set()).add(operation.method)
    client = callers.app.test_client()
    for path, methods in allowed.items():
        for method in {"GET", "POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"} - methods:
            answer = client.open(path, method=method)
            # Another rule may fit the same address with this method, e.g. GET /settlements/<number>.
            if answer.status_code != 405:
                assert answer.status_code == 401, (method, path)
                continue
            assert refusal(answer) == (405, "method_not_allowed")
            assert methods <= set(answer.headers["Allow"].split(", ")), (method, path)


@pytest.mark.databases_alike
def test_an_unknown_address_is_a_problem(callers: Callers) -> None:
    client = callers.app.test_client()
    for path in ("/api/v1/nothing", "/api/v2/me", "/api/", "/api/v1/%00", "/api/v1/settlements/"):
        assert refusal(client.get(path)) == (404, "not_found"), path
