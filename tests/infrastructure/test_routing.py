"""Addresses of routes are what werkzeug makes of them, and are made late."""

import pytest
from flask import Flask
from werkzeug.routing import Map, Rule

from backend.infrastructure.routing import LateRule

VALUES = {"number": "甲 1/2", "page": 3, "next": "/my?a=b"}


def _bound(kind: type[Rule]) -> Rule:
    rule = kind("/units/<number>/<int:page>", endpoint="units", defaults={"sort": "近"})
    Map([rule])
    return rule


@pytest.mark.parametrize("append_unknown", [True, False])
def test_an_address_is_what_werkzeug_makes_of_it(append_unknown: bool) -> None:
    late, usual = (_bound(kind).build(VALUES, append_unknown) for kind in (LateRule, Rule))
    assert late == usual
    assert late is not None
    assert late[1].startswith("/units/%E7%94%B2%201/2/3")


def test_nothing_is_compiled_before_an_address_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    compile_usually = Rule._compile_builder

    def compile_noted(rule: Rule, append_unknown: bool = True) -> object:
        asked.append(append_unknown)
        return compile_usually(rule, append_unknown)

    monkeypatch.setattr(Rule, "_compile_builder", compile_noted)
    _bound(Rule)
    assert asked == [False, True], "the control"
    late = _bound(LateRule)
    assert len(asked) == 2
    assert [late.build(VALUES), late.build(VALUES)] == [_bound(Rule).build(VALUES)] * 2
    assert asked[2:] == [True, False, True]


def test_the_applications_routes_are_late(app: Flask) -> None:
    early = {rule.endpoint for rule in app.url_map.iter_rules() if not isinstance(rule, LateRule)}
    assert early == {"static"}
