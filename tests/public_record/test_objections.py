"""Objections to what is published: said in public while they are open, decided by others, once."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from backend.access.actor import Role
from backend.kernel.clock import FixedClock
from backend.public_record import service
from tests.calling import Caller
from tests.pages.town import Shop, Town
from tests.public_record.conftest import entry_body
from tests.scene import Callers, both

WRONG = "处罚决定书写的是 500 元，公示写成了 5000 元，请核对。"
DISPUTED = "单位对这条信息有异议（2026年11月23日提出），正在核查"


def _page(client: FlaskClient, shop: Shop) -> str:
    return unescape(client.get(f"/b/{shop.token}").text)


def _entry(caller: Caller, shop: Shop, **changed: Any) -> str:
    return str(caller.post(f"/units/{shop.certificate_no}/entries", entry_body(**changed), 201)["number"])


def _object(member: Caller, shop: Shop, entry: str, status: int = 201) -> Any:
    return member.post(f"/units/{shop.certificate_no}/objections", {"about": entry, "text": WRONG}, status)


def test_an_objection_is_said_in_public_until_the_entry_is_corrected(
    client: FlaskClient, callers: Callers, shop: Shop, notices: Callable[..., Any]
) -> None:
    member, officer = callers.member(shop), callers.staff()
    entry = _entry(officer, shop)
    assert "有异议" not in _page(client, shop), "the control"
    case = _object(member, shop, entry)
    assert case["case_no"].startswith("YY")
    assert DISPUTED in _page(client, shop)
    assert DISPUTED in unescape(client.get(f"/units/{shop.certificate_no}").text)
    shown = client.get(f"/api/v1/badges/{shop.token}").get_json()["record"]["entries"][0]
    assert (shown["disputed_on"], shown["corrected_on"]) == ("2026-11-23", None)
    assert WRONG not in client.get(f"/api/v1/units/{shop.certificate_no}").text, "the reasons are not public"
    assert notices(officer) == both("objection_raised")
    assert [one["text"] for one in officer.get("/public-record/waiting")["objections"]] == [WRONG]
    same = {"text": "金额录错，已更正。", "correction": entry_body()["text"]}
    assert officer.refused(f"/objections/{case['case_no']}/uphold", same, 422) == "correction_changes_nothing"
    said = {"text": "金额录错，已按决定书更正。", "correction": "销售的电热水壶经抽检不合格，罚款 500 元。"}
    assert officer.post(f"/objections/{case['case_no']}/uphold", said)["state"] == "upheld"
    page = _page(client, shop)
    assert ("罚款 500 元" in page, "罚款 5000 元" in page, "有异议" in page) == (True, False, False)
    assert "2026年11月23日经核查更正" in page
    told = notices(member)
    assert told == both("public_entry_published", "public_content_decided")
    assert notices(officer) == [], "what is decided asks nobody any more"
    assert member.get(f"/units/{shop.certificate_no}/public-record")["objections"][0]["decision_text"] == said["text"]


def test_an_objection_that_is_right_takes_the_entry_down(client: FlaskClient, callers: Callers, shop: Shop) -> None:
    officer = callers.staff()
    case = _object(callers.member(shop), shop, _entry(officer, shop))["case_no"]
    officer.post(f"/objections/{case}/uphold", {"text": "处罚决定已经撤销，公示一并撤下。"})
    record = client.get(f"/api/v1/badges/{shop.token}").get_json()["record"]
    assert (record["entries"], record["withdrawn"][0]["reason"]) == ([], "处罚决定已经撤销，公示一并撤下。")
    assert officer.refused(f"/objections/{case}/reject", {"text": "公示内容与决定书一致。"}) == "not_possible_now"


def test_who_published_cannot_reject_and_a_rejected_one_is_not_raised_again(
    client: FlaskClient, callers: Callers, shop: Shop
) -> None:
    member, officer, city = callers.member(shop), callers.staff(), callers.staff(Role.CITY_OFFICER)
    entry = _entry(officer, shop)
    case = _object(member, shop, entry)["case_no"]
    assert _object(member, shop, entry, 409)["code"] == "objection_under_way"
    why = {"text": "已与处罚决定书核对，公示内容一致。"}
    assert officer.refused(f"/objections/{case}/reject", why) == "guard_not_met"
    assert city.post(f"/objections/{case}/reject", why)["state"] == "rejected"
    assert "有异议" not in _page(client, shop)
    assert "罚款 5000 元" in _page(client, shop)
    assert _object(member, shop, entry, 409)["code"] == "objection_rejected"


def test_a_penalty_is_the_bureaus_and_a_warning_also_the_councils(callers: Callers, shop: Shop, town: Town) -> None:
    member, council = callers.member(shop), callers.staff(Role.COUNCIL)
    right = {"text": "核对属实，撤下这条公示。"}
    case = _object(member, shop, _entry(callers.staff(), shop))["case_no"]
    council.refused(f"/objections/{case}/uphold", right, 403)
    warned = _object(member, shop, _entry(council, shop, kind="warning"))["case_no"]
    assert council.post(f"/objections/{warned}/uphold", right)["state"] == "upheld"
    callers.staff(county="330382").refused(f"/objections/{case}/uphold", right, 404)
    member.refused(f"/objections/{case}/uphold", right, 403)
    other = callers.member(town.shop("鹿城书店", station="南塘联络站"), "zhan-li")
    other.refused(f"/objections/{case}/withdraw", None, 404)
    assert member.post(f"/objections/{case}/withdraw")["state"] == "withdrawn"


@pytest.mark.parametrize("end", ["withdrawn", "over"])
def test_an_objection_ends_with_the_entry(
    app: Flask, callers: Callers, shop: Shop, clock: FixedClock, end: str, notices: Callable[..., Any]
) -> None:
    member, officer = callers.member(shop), callers.staff()
    entry = _entry(officer, shop, shown_until="2026-11-24")
    _object(member, shop, entry)
    if end == "withdrawn":
        officer.post(f"/public-entries/{entry}/withdraw", {"reason": "处罚决定经行政复议撤销。"})
    else:
        clock.advance(days=2)
        with app.app_context():
            assert service.end_periods() == 1
    (case,) = member.get(f"/units/{shop.certificate_no}/public-record")["objections"]
    assert (case["state"], notices(officer)) == ("closed", [])
    assert _object(member, shop, entry, 409)["code"] == "entry_not_shown"


def test_what_is_late_is_told_to_the_city_as_well(
    app: Flask, callers: Callers, shop: Shop, clock: FixedClock, notices: Callable[..., Any]
) -> None:
    officer, city = callers.staff(), callers.staff(Role.CITY_OFFICER)
    _object(callers.member(shop), shop, _entry(officer, shop))
    clock.advance(days=6)
    with app.app_context():
        assert service.sweep() == 0, "30 November is the fifth working day"
    clock.advance(days=2)
    with app.app_context():
        assert (service.sweep(), service.sweep()) == (1, 0)
    assert notices(city) == both("deadline_missed")


KITCHEN = "https://video.example.com/kitchen/12"


def test_a_kitchen_is_shown_after_an_officer_has_opened_its_address(
    client: FlaskClient, callers: Callers, restaurant: Shop
) -> None:
    member, officer = callers.member(restaurant), callers.staff()
    path = f"/units/{restaurant.certificate_no}/kitchen-links"
    first = member.post(path, {"url": KITCHEN}, 201)
    assert (first["showing"], KITCHEN in _page(client, restaurant)) == ("waiting", False)
    officer.post(f"/kitchen-links/{first['number']}/decide", {"show": True})
    page = _page(client, restaurant)
    assert page.index("监管公示") < page.index(KITCHEN) < page.index("打开的是 video.example.com，不是本站")
    assert client.get(f"/api/v1/units/{restaurant.certificate_no}").get_json()["kitchen"]["url"] == KITCHEN
    second = member.post(path, {"url": f"{KITCHEN}3"}, 201)["number"]
    assert officer.refused(f"/kitchen-links/{second}/decide", {"show": False}, 422) == "reason_missing"
    officer.post(f"/kitchen-links/{second}/decide", {"show": False, "reason": "打开是广告页面。"})
    assert KITCHEN in _page(client, restaurant)
    member.post(f"{path}/remove", status=204)
    assert KITCHEN not in _page(client, restaurant)


@pytest.mark.parametrize(
    "url",
    ["http://video.example.com", "https://192.168.1.8/k", "https://a@evil.com", "https://video.example.com:8443/k",
     "https://video.example.com\\@evil.com", "https://video", "javascript:alert(1)", 'https://v.example.com/"><script>'],
)  # fmt: skip
def test_an_address_that_may_hide_something_is_refused(callers: Callers, restaurant: Shop, url: str) -> None:
    member, path = callers.member(restaurant), f"/units/{restaurant.certificate_no}/kitchen-links"
    assert member.post(path, {"url": url}, 422)["fields"]["url"]


def test_only_a_restaurant_has_a_kitchen(callers: Callers, shop: Shop) -> None:
    path = f"/units/{shop.certificate_no}/kitchen-links"
    assert callers.member(shop).refused(path, {"url": KITCHEN}, 422) == "not_a_restaurant"
    callers.staff().refused(path, {"url": KITCHEN}, 403)
