"""Grades, penalties and warnings: who enters them, how long they show, what stays when one is taken down."""

from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from backend.access.actor import Role
from backend.public_record import service
from backend.public_record.rules import GradeKind, GradeLevel
from tests.console.office import YUEQING
from tests.pages.town import Shop
from tests.public_record.conftest import entry_body
from tests.scene import Callers, both

Section = Callable[[Shop, str], dict[str, Any]]


def _page(client: FlaskClient, shop: Shop) -> str:
    return unescape(client.get(f"/b/{shop.token}").text)


def test_a_penalty_shows_at_once_and_the_station_is_told(
    client: FlaskClient, callers: Callers, shop: Shop, notices: Callable[..., Any]
) -> None:
    member = callers.member(shop)
    before = client.get(f"/api/v1/badges/{shop.token}").headers["ETag"]
    made = callers.staff().post(f"/units/{shop.certificate_no}/entries", entry_body(), 201)
    page = _page(client, shop)
    for words in (
        "1 条公示中的行政处罚",
        "罚款 5000 元",
        "公示到 2027年2月20日",
        "https://scjgj.example.gov.cn/penalties/118",
    ):
        assert words in page
    assert client.get(f"/api/v1/badges/{shop.token}").headers["ETag"] != before
    assert notices(member) == both("public_entry_published")
    assert made["number"].startswith("GS")


def test_control_a_unit_without_entries_says_so(client: FlaskClient, shop: Shop) -> None:
    assert "现在没有公示中的行政处罚和消费警示" in _page(client, shop)
    assert "条公示中的" not in _page(client, shop)


def test_an_entry_ends_with_its_period_and_leaves_the_card(
    app: Flask, client: FlaskClient, callers: Callers, shop: Shop, clock: Any, section: Section
) -> None:
    callers.staff().post(f"/units/{shop.certificate_no}/entries", entry_body(shown_until="2026-11-25"), 201)
    clock.advance(days=2)
    assert "罚款 5000 元" in _page(client, shop), "its last day"
    with app.app_context():
        assert service.end_periods() == 0
    clock.advance(days=1)
    assert "罚款 5000 元" not in _page(client, shop), "the page itself goes by the day"
    assert section(shop, "record")["entries"], "until the worker's next turn"
    with app.app_context():
        assert (service.end_periods(), service.end_periods()) == (1, 0)
    assert section(shop, "record") == {}


WRONG = {
    "a decision of tomorrow": ({"decided_on": "2026-11-24"}, "decided_on"),
    "a period that is over": ({"shown_until": "2026-11-22"}, "shown_until"),
    "a period of more than three years": ({"shown_until": "2029-11-24"}, "shown_until"),
    "a source that is not https": ({"source_url": "http://example.gov.cn/1"}, "source_url"),
    "a source that is a script": ({"source_url": "javascript:alert(1)"}, "source_url"),
    "a source with a quote": ({"source_url": 'https://e.cn/"onclick='}, "source_url"),
    "an empty text": ({"text": "  "}, "text"),
    "a text too long": ({"text": "长" * 301}, "text"),
}


def test_what_is_wrong_is_refused_at_its_field(callers: Callers, shop: Shop) -> None:
    officer, path = callers.staff(), f"/units/{shop.certificate_no}/entries"
    for what, (changed, field) in WRONG.items():
        problem = officer.post(path, entry_body(**changed), 422)
        assert list(problem["fields"]) == [field], what
    officer.post(path, entry_body(decided_on="2026-11-23", shown_until="2029-11-23"), 201)


def test_the_council_warns_and_does_not_punish(client: FlaskClient, callers: Callers, shop: Shop) -> None:
    council, path = callers.staff(Role.COUNCIL), f"/units/{shop.certificate_no}/entries"
    warning = council.post(path, entry_body(kind="warning", text="预付卡余额退款慢，充值前请看清条款。"), 201)
    council.refused(path, entry_body(), 403)
    assert "消费警示" in _page(client, shop)
    penalty = callers.staff().post(path, entry_body(), 201)
    council.refused(f"/public-entries/{penalty['number']}/withdraw", {"reason": "不应该由我撤下。"}, 403)
    council.post(f"/public-entries/{warning['number']}/withdraw", {"reason": "商家已经整改。"})
    assert "预付卡余额" not in _page(client, shop)


def test_what_is_taken_down_leaves_its_reason(client: FlaskClient, callers: Callers, shop: Shop) -> None:
    officer = callers.staff()
    number = officer.post(f"/units/{shop.certificate_no}/entries", entry_body(), 201)["number"]
    path = f"/public-entries/{number}/withdraw"
    assert officer.post(path, {"reason": ""}, 422)["fields"]
    officer.post(path, {"reason": "处罚决定经行政复议撤销。"})
    assert "罚款 5000 元" not in _page(client, shop)
    register = unescape(client.get(f"/units/{shop.certificate_no}").text)
    assert "罚款 5000 元" not in register
    assert "处罚决定经行政复议撤销。" in register
    assert officer.refused(path, {"reason": "处罚决定经行政复议撤销。"}) == "entry_not_shown"


def test_only_the_office_in_charge_enters(callers: Callers, shop: Shop) -> None:
    path = f"/units/{shop.certificate_no}/entries"
    callers.staff(Role.COUNTY_OFFICER, county=YUEQING).refused(path, entry_body(), 404)
    callers.staff(Role.CITY_OFFICER).post(path, entry_body(), 201)
    for outsider, status in (
        (callers.member(shop), 403),
        (callers.person("lu-ren"), 403),
        (callers.staff(Role.OPERATOR), 403),
        (callers.nobody(), 401),
    ):
        outsider.refused(path, entry_body(), status)


def test_many_entries_are_capped_on_the_page_and_whole_in_the_register(
    client: FlaskClient, callers: Callers, shop: Shop
) -> None:
    officer = callers.staff()
    for day in range(1, 7):
        body = entry_body(text=f"第 {day} 项违法行为。", decided_on=f"2026-11-{day:02d}")
        officer.post(f"/units/{shop.certificate_no}/entries", body, 201)
    page, register = _page(client, shop), unescape(client.get(f"/units/{shop.certificate_no}").text)
    assert [f"第 {day} 项" in page for day in range(6, 0, -1)] == [True] * 3 + [False] * 3
    assert "还有 3 条，看全部" in page
    assert all(f"第 {day} 项" in register for day in range(1, 7))


def test_a_grade_is_added_and_its_history_kept(client: FlaskClient, callers: Callers, restaurant: Shop) -> None:
    officer, path = callers.staff(), f"/units/{restaurant.certificate_no}/grades"
    assert "还没有登记食品安全量化分级" in _page(client, restaurant)
    for kind, level, day in (
        ("year", "good", "2025-12-20"),
        ("year", "excellent", "2026-10-12"),
        ("inspection", "fair", "2026-11-02"),
    ):
        officer.post(path, {"kind": kind, "level": level, "graded_on": day, "source": "鹿城区市场监管局评定"}, 201)
    page = _page(client, restaurant)
    assert "A 级（优秀）" in page
    assert "一般（平脸）" in page
    assert "B 级" not in page
    assert "B 级（良好）" in client.get(f"/units/{restaurant.certificate_no}").text
    grades = officer.get(f"/units/{restaurant.certificate_no}/public-record")["grades"]
    assert [grade["graded_on"] for grade in grades] == ["2026-11-02", "2026-10-12", "2025-12-20"]


def test_a_later_note_of_the_same_day_corrects(callers: Callers, restaurant: Shop, section: Section) -> None:
    officer, path = callers.staff(), f"/units/{restaurant.certificate_no}/grades"
    for level in ("excellent", "none"):
        body = {"kind": "year", "level": level, "graded_on": "2026-10-12", "source": "鹿城区市场监管局评定"}
        officer.post(path, body, 201)
    assert [grade["level"] for grade in section(restaurant, "record")["grades"]] == ["none"]


def test_a_grade_needs_a_restaurant_and_a_day_that_has_come(callers: Callers, shop: Shop, restaurant: Shop) -> None:
    officer = callers.staff()
    body = {"kind": "year", "level": "good", "graded_on": "2026-11-23", "source": "鹿城区市场监管局评定"}
    assert officer.refused(f"/units/{shop.certificate_no}/grades", body, 422) == "not_a_restaurant"
    path = f"/units/{restaurant.certificate_no}/grades"
    assert list(officer.post(path, {**body, "graded_on": "2026-11-24"}, 422)["fields"]) == ["graded_on"]
    officer.post(path, body, 201)
    callers.staff(Role.COUNCIL).refused(path, body, 403)


@pytest.mark.parametrize("kind", list(GradeKind))
def test_every_grade_has_words_of_its_own(kind: GradeKind) -> None:
    assert len({level.words(kind) for level in GradeLevel}) == len(GradeLevel)


def test_the_period_of_three_years_from_a_leap_day() -> None:
    from backend.public_record.rules import checked_period

    checked_period(date(2028, 2, 29), date(2031, 2, 28), date(2028, 2, 29))
