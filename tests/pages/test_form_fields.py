"""A refused form comes back filled in, alone, with its messages linked to its fields."""

from collections.abc import Iterator

import pytest
from flask import Flask, g
from werkzeug.datastructures import MultiDict

from backend.pages.form_fields import SummaryLine, error_summary, field_state, open_form


@pytest.fixture(autouse=True)
def request_context() -> Iterator[None]:
    with Flask(__name__).test_request_context():
        yield


def refused(values: list[tuple[str, str]], errors: dict[str, list[str]]) -> None:
    g.form_values, g.form_errors = MultiDict(values), errors


def test_before_anything_was_sent_the_default_stands() -> None:
    state = field_state("amount", "金额", 128, "单位：元")
    assert (state.value, state.errors, state.described_by, state.refilled) == ("128", (), "f-amount-hint", False)
    assert error_summary() == []


def test_what_was_sent_replaces_the_default_even_when_nothing_is_chosen() -> None:
    refused([("broken", "a"), ("broken", "c")], {"amount": ["格式不对。"]})
    assert field_state("broken", "承诺", ["b"]).values == ("a", "c")
    state = field_state("amount", "金额", 128, "单位：元")
    assert state.values == ()
    assert state.described_by == "f-amount-hint f-amount-error"


def test_only_the_refused_form_of_several_shows_its_faults() -> None:
    refused([("form_scope", "refuse"), ("reason", "短")], {"reason": ["太短。"]})
    open_form("accept")
    other = field_state("reason", "备注", "原来的")
    open_form("refuse")
    own = field_state("reason", "理由")
    assert (other.id, other.value, other.errors) == ("f-accept-reason", "原来的", ())
    assert (own.id, own.value, own.errors) == ("f-refuse-reason", "短", ("太短。",))
    assert error_summary() == [SummaryLine("理由：太短。", "f-refuse-reason")]


def test_the_summary_follows_the_page_and_keeps_messages_without_a_field() -> None:
    refused([], {"_schema": ["两项不能都填。"], "second": ["乙。"], "first": ["甲。"]})
    field_state("first", "一")
    field_state("second", "二")
    assert error_summary() == [
        SummaryLine("一：甲。", "f-first"),
        SummaryLine("二：乙。", "f-second"),
        SummaryLine("两项不能都填。", None),
    ]
