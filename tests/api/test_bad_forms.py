"""The pages' forms refuse what the API refuses: with a Chinese page of the right status, and without a trace."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from marshmallow import Schema
from werkzeug.test import TestResponse

from backend.access.actor import Role
from backend.access.policy import POLICY, Action
from backend.infrastructure.database import new_id
from backend.infrastructure.fields import Choice, Day, Whole, YesNo, fields
from backend.infrastructure.rate_limit import limiter
from tests.api.callers import Callers
from tests.api.records import Records, make_records
from tests.pages.town import Browser

_CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')
_QUESTION = re.compile(r"\..*|_\d+$")
_CHINESE = re.compile(r"[\u4e00-\u9fff]{4}")
#: What stands in a field; all of it is refused wherever the field is text or has a form.
SPOILT = {
    "NUL": "合适\0的文字",
    "a control character": "合适\x1b[31m的文字",
    "20,000 characters": "x" * 20_000,
}
#: What must not make a fault, though it may be read as some text.
ODD = {
    "no UTF-8": b"\xed\xa0\x80\xff\xfe",
    "markup": "<script>alert(1)</script>{{7*7}}${7*7}\u202e放心".encode(),
    "digits of another script": "٣".encode(),
}
#: Fields that are forgiven, with the reason.
FORGIVEN = {
    ("/sign-in", "next"): "where to go afterwards is forgotten when it is no place of ours; the sign-in goes on"
}


@dataclass(frozen=True)
class Form:
    """One POST address of the pages."""

    rule: str
    path: str
    role: Role | None
    schema: type[Schema]


def forms(callers: Callers, records: Records) -> list[Form]:
    """Every form, at the address of a record that exists."""
    found = []
    for rule in callers.app.url_map.iter_rules():
        view = callers.app.view_functions[rule.endpoint]
        schema = getattr(view, "fangxin_form", None)
        if "POST" in (rule.methods or ()) and schema is not None:
            action = view.fangxin_action  # type: ignore[attr-defined]
            found.append(Form(rule.rule, _address(rule.rule, records.known), _role(rule.rule, action), schema))
    assert len(found) > 30
    return found


def _address(rule: str, known: Mapping[str, Any]) -> str:
    def value(matched: re.Match[str]) -> str:
        name, before = matched[1], rule[: matched.start()].strip("/").split("/")[-1]
        kind = {
            "cases": "settlements/case_no",
            "station": "settlements/case_no",
            "units": "certificates/number",
            "volunteer": "visits/number",
        }.get(before, f"{before}/{name}")
        nobody = "019ab0f4-7d4e-7cc0-8a55-6f1d0c1b2a3e" if matched[0].startswith("<uuid:") else "nobody"
        return str(known.get(kind, known.get(name, [nobody]))[0])

    return re.sub(r"<(?:\w+:)?(\w+)>", value, rule)


def _role(rule: str, action: Any) -> Role | None:
    if not isinstance(action, Action):
        return None
    if rule.startswith("/console/calendar"):
        return Role.CITY_OFFICER
    staff = rule.startswith("/console")
    if rule.startswith("/station") and Role.STATION_MEMBER in POLICY[action]:
        return Role.STATION_MEMBER
    possible = [role for role in POLICY[action] if role is not Role.SYSTEM]
    people = (Role.CONSUMER, Role.STATION_MEMBER, Role.VOLUNTEER)
    return next(role for role in sorted(possible, key=list(Role).index) if (role not in people) == staff)


def plausible(field: fields.Field[Any]) -> Any:
    """Something that a person could have filled in."""
    if isinstance(field, fields.List):
        return [plausible(field.inner)]
    if isinstance(field, Choice):
        return next(iter(field.enum)).value
    if isinstance(field, Day):
        return "2026-11-20"
    if isinstance(field, YesNo):
        return "true"
    return "1" if isinstance(field, Whole) else "合适的文字，不长也不短。"


@dataclass
class Sender:
    """Sends forms with the CSRF token that their pages gave."""

    callers: Callers

    def __post_init__(self) -> None:
        self._tokens: dict[Role | None, str] = {}
        self._nobody = self.callers.office.nobody()

    def browser(self, role: Role | None) -> Browser:
        return self._nobody if role is None else self.callers.browser(role)

    def token(self, role: Role | None) -> str:
        if role not in self._tokens:
            page = self.browser(role).client.get("/console/sign-in" if role is None else "/progress").text
            found = _CSRF.search(page)
            assert found is not None
            self._tokens[role] = found[1]
        return self._tokens[role]

    def send(self, form: Form, values: Mapping[str, Any], **options: Any) -> TestResponse:
        limiter.reset()
        data = {"csrf_token": self.token(form.role), "idempotency_key": new_id(), **values}
        return self.browser(form.role).client.post(form.path, data=data, **options)


def page_of(answer: TestResponse) -> int:
    """The status of an answer that must be a page for a person."""
    assert answer.content_type == "text/html; charset=utf-8", answer.headers
    assert answer.status_code < 500, answer.status
    if answer.status_code != 303:
        assert _CHINESE.search(answer.text)
        assert "</html>" in answer.text
    return answer.status_code


def spoilt(form: Form, ways: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The form filled in, with one field spoilt; of questions that are asked alike (checks.a, checks.b; answer_1, answer_2) one."""
    known = form.schema().fields
    filled = {name: plausible(field) for name, field in known.items() if not isinstance(field, fields.Nested)}
    for name in {_QUESTION.sub("", name): name for name in filled}.values():
        for way, value in ways.items():
            yield name, way, {**filled, name: value}


@pytest.fixture
def records(callers: Callers) -> Records:
    return make_records(callers)


@pytest.fixture
def sender(callers: Callers) -> Sender:
    return Sender(callers)


def test_a_spoilt_field_is_refused(callers: Callers, records: Records, sender: Sender) -> None:
    every = forms(callers, records)
    for form in every:
        sender.token(form.role)
    before = callers.counts()
    wrong, tried = {}, 0
    for form in every:
        for name, way, values in spoilt(form, SPOILT):
            status = page_of(sender.send(form, values))
            tried += 1
            if status not in {404, 409, 422} and (form.rule, name) not in FORGIVEN:
                wrong[f"{form.rule} {name} {way}"] = status
    assert wrong == {}
    assert tried > 120
    assert callers.counts() == before


def test_an_odd_field_makes_no_fault(callers: Callers, records: Records, sender: Sender) -> None:
    for form in forms(callers, records):
        for _name, _way, values in spoilt(form, ODD):
            answer = sender.send(form, values)
            assert page_of(answer) in {303, 200, 401, 403, 404, 409, 422}, (form.rule, _name, _way, answer.status)
            assert "<script>alert(1)" not in answer.text


@pytest.mark.databases_alike
def test_without_the_token_of_its_page_nothing_is_taken(callers: Callers, records: Records, sender: Sender) -> None:
    every = forms(callers, records)
    for form in every:
        sender.token(form.role)
    before = callers.counts()
    for form in every:
        client = sender.browser(form.role).client
        for options in (
            {"data": {}},
            {"data": {"csrf_token": "made-up"}},
            {"json": {"csrf_token": sender.token(form.role)}},
            {"data": b"--x\r\ngarbage", "content_type": "multipart/form-data; boundary=x"},
            {"data": b"\xff=\xfe&%00=%00", "content_type": "application/x-www-form-urlencoded"},
        ):
            limiter.reset()
            assert page_of(client.post(form.path, **options)) == 400, (form.rule, options)
    assert callers.counts() == before


@pytest.mark.databases_alike
def test_a_body_too_large_is_refused(callers: Callers, records: Records, sender: Sender) -> None:
    every = forms(callers, records)
    for form in every:
        sender.token(form.role)
    before = callers.counts()
    for form in every:
        client = sender.browser(form.role).client
        limiter.reset()
        for data in ({"text": "x" * 600_000}, {f"field_{number}": "x" for number in range(300)}):
            parts = {"csrf_token": sender.token(form.role), **data}
            big = client.post(form.path, data=multipart(parts), content_type="multipart/form-data; boundary=edge")
            assert page_of(big) == 413, form.rule
    assert callers.counts() == before


def multipart(parts: Mapping[str, str]) -> bytes:
    """A multipart body as a browser writes it."""
    head = '--edge\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    return ("".join(head.format(name, value) for name, value in parts.items()) + "--edge--\r\n").encode()
