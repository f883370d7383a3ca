"""A station's own figures: counted from its requests, beside a median that hides every single unit."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from backend.kernel.clock import FixedClock
from backend.merchants.rules import Category
from backend.station_figures import service
from backend.station_figures.rules import LEAST_UNITS, Counts, median_of_units
from tests.calling import Caller
from tests.pages.town import Shop, Town
from tests.scene import Callers, decline_offer, request_body, take_offer

OFFER = {"kind": "refund", "amount_fen": 12850, "text": "带小票来店里，当场退款。"}


def ask(consumer: Caller, shop: Shop, **changed: Any) -> str:
    """The number of a new request."""
    return str(consumer.post("/settlements", request_body(shop, **changed), 201)["case_no"])


def own(member: Caller, days: int = 90) -> dict[str, Any]:
    """The figures of a station whose units are of one category."""
    (found,) = member.get(f"/station/figures?days={days}")["categories"]
    return found  # type: ignore[no-any-return]


def test_figures_are_counted_from_the_requests(
    town: Town, callers: Callers, clock: FixedClock, shop: Shop, work: Callable[[], None]
) -> None:
    chen, lin, member = callers.person("guke-chen"), callers.person("guke-lin"), callers.member(shop)
    other = town.shop("别家电器", station="别处维权联络站")
    empty = own(member)
    assert (empty["received"], empty["answer_minutes"], empty["settled_percent"], empty["causes"]) == (
        0,
        None,
        None,
        [],
    )
    kept, waiting, withdrawn = ask(chen, shop), ask(chen, shop), ask(chen, shop)
    refused, silent = ask(lin, shop), ask(lin, shop, nature="prepaid")
    ask(chen, other)
    clock.advance(minutes=90)
    member.post(f"/settlements/{kept}/offer", OFFER)
    take_offer(chen, kept)
    clock.advance(minutes=60)
    member.post(f"/settlements/{refused}/refuse", {"text": "商品已拆封使用，不能退货。"})
    chen.post(f"/settlements/{kept}/confirm-performed")
    clock.advance(minutes=30)
    member.post(f"/settlements/{waiting}/offer", OFFER)
    chen.post(f"/settlements/{withdrawn}/withdraw")
    found = own(member)
    assert {name: found[name] for name in ("units", "received", "unanswered", "decided", "settled", "performed")} == {
        "units": 1, "received": 4, "unanswered": 0, "decided": 2, "settled": 1, "performed": 1,
    }  # fmt: skip
    assert (found["answer_minutes"], found["settled_percent"], found["performed_percent"]) == (150, 50, 50)
    assert [(one["nature"], one["count"], one["percent"]) for one in found["causes"]] == [
        ("quality", 3, 75), ("prepaid", 1, 25),
    ]  # fmt: skip
    decline_offer(chen, waiting)
    clock.advance(days=5)
    work()
    found = own(member)
    assert (found["decided"], found["unanswered"], found["settled_percent"]) == (4, 1, 25), silent
    chen.get("/station/figures", 403)
    member.get("/station/figures?days=30", 422)
    clock.advance(days=90)
    member = callers.person("zhan-wang")  # signs in again
    assert (own(member)["received"], own(member, 365)["received"]) == (0, 4)


def test_a_median_of_fewer_than_five_units_is_neither_kept_nor_shown(
    app: Flask, town: Town, callers: Callers, clock: FixedClock
) -> None:
    consumer = callers.person("guke-chen")
    shops = [town.shop(f"瓯越电器{at}号店", station=f"{at}号联络站") for at in range(1, LEAST_UNITS + 1)]
    members = [callers.member(shop, f"zhan-{at}") for at, shop in enumerate(shops)]
    asked = [ask(consumer, shop) for shop in shops]
    for minutes, member, request in zip((10, 20, 30, 40), members, asked, strict=False):
        clock.advance(minutes=minutes)
        member.post(f"/settlements/{request}/offer", OFFER)
        take_offer(consumer, request)
    with app.app_context():
        service.count_medians()
    assert own(members[0])["median"]["answer_minutes"] is None, "four units would tell too much of one"
    clock.advance(minutes=50)
    members[4].post(f"/settlements/{asked[4]}/refuse", {"text": "商品已拆封使用，不能退货。"})
    with app.app_context():
        service.count_medians()
    found = own(members[0])
    assert (found["answer_minutes"], found["settled_percent"]) == (10, 100)
    assert {name: found["median"][name] for name in ("answer_minutes", "settled_percent", "performed_percent")} == {
        "answer_minutes": 60, "settled_percent": 100, "performed_percent": 0,
    }  # fmt: skip
    assert own(members[0], 365)["median"]["answer_minutes"] == 60


def test_a_station_of_several_kinds_of_units_reads_each_beside_its_own(town: Town, callers: Callers) -> None:
    shop = town.shop("瓯越电器")
    town.shop("五马茶楼", category=Category.RESTAURANT)
    found = callers.member(shop).get("/station/figures")["categories"]
    assert [(one["category_zh"], one["median"]) for one in found] == [("商店", None), ("餐饮店", None)]


@pytest.mark.parametrize(
    ("figures", "median"),
    [([1.0, 2.0, 3.0, 4.0], None), ([1.0, 2.0, 3.0, 4.0, None], None), ([5.0, 1.0, 2.0, 3.0, 4.0], 3.0)],
)
def test_the_rule_of_five(figures: list[float | None], median: float | None) -> None:
    assert median_of_units(figures) == median


def test_nothing_decided_has_no_percentage() -> None:
    assert Counts(3, 0, 0, 0, 0).settled_percent is None
