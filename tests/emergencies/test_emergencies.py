"""An emergency reaches officers at once, goes higher after ten minutes, and is taken over by one."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from backend.access.actor import Role
from backend.emergencies import service
from backend.emergencies.rules import Emergency, suggested
from backend.kernel.clock import FixedClock
from tests.calling import Caller
from tests.console.office import YUEQING, Office
from tests.pages.town import Shop, Town
from tests.scene import Callers, both

WHAT = "一桌八个人吃完饭都在吐，已经打了 120。"
PHONE = "13712346789"
Notices = Callable[..., list[tuple[str, str]]]


@pytest.fixture
def people(callers: Callers) -> dict[str, Caller]:
    roles = {"county": Role.COUNTY_OFFICER, "second": Role.COUNTY_OFFICER}
    roles |= {"city": Role.CITY_OFFICER, "office": Role.JOINT_OFFICE}
    return {name: callers.staff(role) for name, role in roles.items()} | {"other": callers.staff(county=YUEQING)}


def raised(callers: Callers, shop: Shop, **changed: Any) -> str:
    body = {"kind": "food_poisoning", "what": WHAT, "token": shop.token, "phone": PHONE, **changed}
    answer = callers.nobody().post("/emergencies", body, 201)
    assert "120" in answer["call_first"]
    number: str = answer["case_no"]
    return number


def swept(app: Flask) -> int:
    with app.app_context():
        return service.sweep()


def test_everybody_on_the_ground_is_told_at_once_and_one_takes_over(
    callers: Callers, shop: Shop, people: dict[str, Caller], notices: Notices
) -> None:
    number = raised(callers, shop)
    for who in ("county", "second", "city"):
        assert notices(people[who]) == both("emergency_raised"), who
    assert notices(people["other"]) == notices(people["office"]) == []
    seen = people["office"].get("/emergencies")["emergencies"]
    assert [(one["case_no"], one["kind_zh"], one["unit_name"]) for one in seen] == [
        (number, "疑似食物中毒", "瓯越电器")
    ]
    assert people["county"].post(f"/emergencies/{number}/acknowledge")["state"] == "acknowledged"
    assert people["second"].refused(f"/emergencies/{number}/acknowledge") == "not_possible_now"
    assert notices(people["second"]) == [], "nobody goes twice"
    done = {"text": "到场封存留样，八人已送医。"}
    assert people["second"].refused(f"/emergencies/{number}/close", done) == "not_yours"
    assert people["county"].post(f"/emergencies/{number}/close", done)["outcome"] == done["text"]


def test_after_ten_minutes_it_goes_to_the_city_and_the_joint_office(
    app: Flask, callers: Callers, shop: Shop, people: dict[str, Caller], notices: Notices, clock: FixedClock
) -> None:
    number = raised(callers, shop)
    clock.advance(minutes=10)
    assert swept(app) == 0, "the tenth minute is still in time"
    clock.advance(seconds=1)
    assert swept(app) == 1
    assert swept(app) == 0, "once"
    assert notices(people["office"]) == both("emergency_unanswered")
    assert notices(people["city"]) == both("emergency_raised", "emergency_unanswered")
    assert notices(people["county"]) == both("emergency_raised")
    clock.advance(minutes=11)
    swept(app)
    assert notices(people["office"]) == both("emergency_unanswered", "emergency_unanswered"), "told again"
    assert people["office"].post(f"/emergencies/{number}/acknowledge")["state"] == "acknowledged"
    clock.advance(hours=25)
    swept(app)
    assert notices(people["office"]) == both("emergency_unfinished")


def test_place_and_county_are_needed_without_a_badge(callers: Callers, shop: Shop) -> None:
    nobody, body = callers.nobody(), {"kind": "injury", "what": WHAT}
    missing = nobody.post("/emergencies", {**body, "what": "?"}, 422)["fields"]
    assert set(missing) == {"what", "place", "county_code"}, "all at once"
    assert nobody.post("/emergencies", {**body, "place": "江心屿码头", "county_code": "330300"}, 201)


def test_the_phone_is_for_who_takes_over_and_nothing_for_the_station(
    app: Flask, callers: Callers, shop: Shop, town: Town, office: Office
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    number = raised(callers, shop)
    first, second = (office.at_desk(Role.COUNTY_OFFICER).client for _ in range(2))
    path = f"/console/emergencies/{number}"
    assert PHONE not in first.get(path).get_data(as_text=True)
    assert first.post(f"{path}/acknowledge").status_code == 303
    assert PHONE in first.get(path).get_data(as_text=True)
    assert PHONE not in second.get(path).get_data(as_text=True)
    assert number in second.get("/console/emergencies").get_data(as_text=True)
    assert callers.member(shop).get("/emergencies", 403)["code"] == "action_not_permitted"
    assert number not in town.member(shop, "zhan-li").client.get("/station").get_data(as_text=True)


def test_marked_in_a_complaint_or_a_report(app: Flask, town: Town, shop: Shop, office: Office) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    browser, officer = town.person("gu-ke").client, office.at_desk(Role.COUNTY_OFFICER).client
    shown = browser.get(f"/emergency?token={shop.token}").get_data(as_text=True)
    assert shown.index("tel:120") < shown.index("<form")
    sent = {"kind": "injury", "what": WHAT, "token": shop.token, "idempotency_key": "danger-01"}
    assert "已通知监管人员" in browser.post("/emergency", data=sent).get_data(as_text=True)
    dispute = {
        "nature": "safety",
        "wanted": "compensate",
        "happened_on": "2026-11-22",
        "facts": "吃完以后一家人上吐下泻。",
    }
    complain = f"/b/{shop.token}/complain"
    browser.post(complain, data={**dispute, "idempotency_key": "danger-02"})
    assert "您写的像是紧急情况" in browser.get("/my").get_data(as_text=True), "words only suggest"
    browser.post(complain, data={**dispute, "emergency": "food_poisoning", "idempotency_key": "danger-03"})
    assert "已同时通知监管人员" in browser.get("/my").get_data(as_text=True)
    report = {"suspicion": "food", "facts": "后厨煤气泄漏，味道很大。", "token": shop.token}
    told = [
        browser.post("/tip-offs/new", data={**report, **marked, "idempotency_key": key}).get_data(as_text=True)
        for key, marked in (("danger-04", {}), ("danger-05", {"emergency": "injury"}))
    ]
    assert "您写的像是紧急情况" in told[0]
    assert "已同时通知监管人员" in told[1]
    assert officer.get("/console/emergencies").get_data(as_text=True).count('href="/console/emergencies/JJ') == 3


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("我们一桌人吃完都上吐下泻", Emergency.FOOD_POISONING),
        ("孩子在扶梯上受伤了", Emergency.INJURY),
        ("店要跑路，门口聚集了很多人", Emergency.UNREST),
        ("买的电饭煲用了三天就不通电", None),
    ],
)
def test_words_suggest(callers: Callers, text: str, kind: Emergency | None) -> None:
    assert suggested(text) is kind
    assert callers.nobody().post("/emergencies/suggestions", {"text": text})["kind"] == (kind and kind.value)
