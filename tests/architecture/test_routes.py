"""Every address of the application says who may come in; every action of the policy is used."""

from pathlib import Path

import pytest
from flask import Flask

from backend.access.policy import POLICY, Action
from backend.infrastructure.http import Public

#: Addresses outside the doors, with the reason.
WITHOUT_DOOR = {
    "static": "files of ours",
    "bootstrap.static": "files of Bootstrap",
    **dict.fromkeys(
        ("mini_program.index", "mini_program.program", "mini_program.packages", "mini_program.file"),
        "the mini-program in a browser, where WeChat is the double",
    ),
    "healthz": "for the load balancer; says nothing",
    "readyz": "for the load balancer; names faults only",
    "metrics": "numbers without persons; bound to the inside by deployment",
    "api_docs": "the API's documentation",
    "api_docs_file": "the API's documentation",
    "api-docs.openapi_json": "the API's documentation",
}
#: POST addresses of the API that make something and need no key, with the reason.
WITHOUT_KEY = {
    "accounts.sign_in": "another session does no harm",
    "accounts.sign_in_staff": "another session does no harm",
    "public_record.send_photo": "a newer photo takes the place of one that waits",
    "complaints.add_photo": "the same photo is found by its fingerprint",
    "reports.add_photo": "the same photo is found by its fingerprint",
    "applications.add_photo": "the same photo is found by its fingerprint",
    "ratings.add_photo": "the same photo is found by its fingerprint",
    "authenticity.add_photo": "a report takes one photo; a second is refused",
}


def test_every_address_says_who_may_come_in(app: Flask) -> None:
    silent = [
        name
        for name, view in app.view_functions.items()
        if name not in WITHOUT_DOOR and not isinstance(getattr(view, "fangxin_action", None), Action | Public)
    ]
    assert silent == []


def test_every_exception_is_an_address(app: Flask) -> None:
    assert set(WITHOUT_DOOR) <= set(app.view_functions)


def test_every_public_address_says_why(app: Flask) -> None:
    open_to_all = [getattr(view, "fangxin_action", None) for view in app.view_functions.values()]
    assert all(len(found.reason) > 10 for found in open_to_all if isinstance(found, Public))


@pytest.mark.parametrize("action", list(Action), ids=lambda action: action.value)
def test_every_action_is_in_the_policy_and_used(action: Action) -> None:
    assert action in POLICY
    sources = [path for path in Path("backend").rglob("*.py") if path.parts[1] != "access"]
    verb = action.value.split(".")[1]
    used = any(f"Action.{action.name}" in text or f'"{verb}"' in text for text in map(Path.read_text, sources))
    assert used


def test_what_makes_something_is_made_once(app: Flask) -> None:
    making = {}
    with app.test_request_context():
        document = app.test_client().get("/api/v1/openapi.json").get_json()
    for path, methods in document["paths"].items():
        post = methods.get("post")
        if post and "201" in post["responses"]:
            names = {parameter.get("name") for parameter in post.get("parameters", []) if isinstance(parameter, dict)}
            making[path] = "Idempotency-Key" in names
    assert sum(making.values()) >= 5
    assert len([path for path, keyed in making.items() if not keyed]) == len(WITHOUT_KEY), making
