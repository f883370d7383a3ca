"""The council asks a body, which is reminded, late, and answers in the end; who does not speak for the body cannot."""

from collections.abc import Callable

from flask import Flask

from backend.access.actor import Role
from backend.inquiries import service
from backend.kernel.clock import FixedClock
from tests.calling import Caller
from tests.console.office import YUEQING, Office
from tests.scene import Callers, both

Notices = Callable[..., list[tuple[str, str]]]
QUERY = {"body": "330302", "subject": "预付卡备案情况", "question": "请说明今年以来的备案和检查情况。"}
ANSWER = {"text": "已备案，三月检查时没有发现超额发卡。"}


def test_a_body_answers_the_council_within_five_working_days(
    app: Flask, callers: Callers, office: Office, clock: FixedClock, notices: Notices
) -> None:
    council, asked, other = callers.staff(Role.COUNCIL), callers.staff(), callers.staff(county=YUEQING)
    city, joint = callers.staff(Role.CITY_OFFICER), callers.staff(Role.JOINT_OFFICE)
    assert asked.refused("/inquiries", QUERY, 403) == "action_not_permitted"
    assert council.refused("/inquiries", {**QUERY, "body": "330399"}, 422) == "body_not_found"
    first, second = (council.post("/inquiries", QUERY, 201, key="asked-by-council") for _ in range(2))
    assert first == second, "pressed twice, one query"
    path, due = f"/inquiries/{first['case_no']}", first["due_at"]
    assert (first["state"], first["body_name"], due[:10]) == ("asked", "鹿城区市场监督管理局", "2026-11-30")
    assert notices(asked) == both("inquiry_asked")
    assert notices(other) == notices(city) == []
    assert other.get(path, 404)["code"] == "record_not_found"
    for watcher in (city, joint):
        assert watcher.refused(f"{path}/answer", ANSWER, 403) == "not_this_body"

    _pass(app, clock, days=6)
    assert notices(asked) == both("inquiry_asked", "deadline_near")
    _pass(app, clock, days=2)
    assert notices(asked) == both("inquiry_asked", "deadline_near", "deadline_missed")
    assert notices(council) == notices(city) == both("deadline_missed")
    for caller in (asked, council):
        callers.back(caller)
    assert asked.post(f"{path}/answer", ANSWER)["answer"] == ANSWER["text"]
    assert asked.refused(f"{path}/answer", ANSWER) == "not_possible_now"
    (shown,) = council.get("/inquiries")["inquiries"]
    assert (shown["state"], shown["late"], shown["due_at"]) == ("answered", True, None), "late stays late"
    assert notices(council) == both("inquiry_answered")


def test_a_department_answers_and_the_council_takes_back(callers: Callers, office: Office) -> None:
    council = callers.staff(Role.COUNCIL)
    desk = callers.of(office.enter(office.colleague(Role.DEPARTMENT, department="commerce")))
    answered, taken_back = (_asked(council, body="commerce") for _ in range(2))
    assert desk.post(f"/inquiries/{answered}/answer", ANSWER)["late"] is False
    assert council.post(f"/inquiries/{taken_back}/withdraw")["state"] == "withdrawn"
    assert desk.refused(f"/inquiries/{taken_back}/answer", ANSWER) == "not_possible_now"


def _asked(council: Caller, **changed: str) -> str:
    number: str = council.post("/inquiries", {**QUERY, **changed}, 201)["case_no"]
    return number


def _pass(app: Flask, clock: FixedClock, *, days: int) -> None:
    clock.advance(days=days)
    with app.app_context():
        service.sweep()
