"""Warnings: for whom, until when, taken back; who keeps a unit that one is for is told, in pieces."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.access.actor import Role
from backend.consumer_warnings import service
from backend.consumer_warnings.rules import Stage, packed, stage, unpacked, whom
from backend.favourites import service as favourites
from backend.infrastructure.database import new_id, session, unit_of_work
from backend.infrastructure.jobs import Job
from backend.kernel.clock import FixedClock
from backend.merchants.rules import Category
from tests.calling import Caller
from tests.console.office import Office
from tests.pages.town import Shop, Town, hidden
from tests.scene import Callers, both

Notices = Callable[..., list[tuple[str, str]]]
#: Today is 2026-11-23.
CRABS = {
    "title": "梭子蟹以次充好，买前看清“本地”两个字",
    "text": "近期有摊位把外地冰鲜蟹当作本地活蟹卖。请当面称重、留好小票。",
    "counties": ["330302"],
    "categories": ["shop", "restaurant"],
    "from_on": "2026-11-23",
    "until_on": "2026-11-30",
}
EVERYWHERE = {**CRABS, "title": "预付卡充值前先问清怎么退", "counties": [], "categories": []}


@pytest.fixture
def council(callers: Callers) -> Caller:
    return callers.staff(Role.COUNCIL)


def _titles(anybody: Caller, query: str = "") -> list[tuple[str, str]]:
    return [(one["title"][:3], one["stage"]) for one in anybody.get(f"/consumer-warnings?{query}")["warnings"]]


@pytest.mark.parametrize(
    ("day", "withdrawn_on", "found"),
    [
        (date(2026, 11, 22), None, Stage.SOON),
        (date(2026, 11, 23), None, Stage.HOLDS),
        (date(2026, 11, 30), None, Stage.HOLDS),
        (date(2026, 12, 1), None, Stage.EXPIRED),
        (date(2026, 11, 24), date(2026, 11, 24), Stage.WITHDRAWN),
    ],
)
def test_stages(day: date, withdrawn_on: date | None, found: Stage) -> None:
    assert stage(day, date(2026, 11, 23), date(2026, 11, 30), withdrawn_on) is found


def test_whom_it_is_for_in_words_and_in_a_column() -> None:
    assert whom([], []) == "全市的各类商家"
    assert whom(["330302", "330381"], ["restaurant"]) == "鹿城区、瑞安市的餐饮店"
    assert [unpacked(packed(codes)) for codes in ([], ["shop"], ["shop", "market"])] == [
        [],
        ["shop"],
        ["market", "shop"],
    ]


def test_it_is_found_by_whom_it_is_for_and_expires(callers: Callers, council: Caller, clock: FixedClock) -> None:
    anybody = callers.nobody()
    number = council.post("/consumer-warnings", CRABS, 201)["number"]
    council.post("/consumer-warnings", EVERYWHERE, 201)
    crabs, cards = ("梭子蟹", "holds"), ("预付卡", "holds")
    assert _titles(anybody) == [cards, crabs], "the newest first"
    assert _titles(anybody, "county=330302&category=restaurant") == [cards, crabs]
    assert _titles(anybody, "county=330381") == _titles(anybody, "category=market") == [cards]
    assert _titles(anybody, "category=online_shop") == [cards], "a shop is no online shop"
    clock.advance(days=7)
    assert _titles(anybody, "now=true") == [cards, crabs], "the last day still counts"
    clock.advance(days=1)
    assert _titles(anybody, "now=true") == []
    assert _titles(anybody) == [("预付卡", "expired"), ("梭子蟹", "expired")], "it stays readable"
    assert anybody.get(f"/consumer-warnings/{number}")["stage_zh"] == "已过期"
    anybody.get("/consumer-warnings?county=110000", 422)
    anybody.get("/consumer-warnings/JS20261123-0000000", 404)


def test_what_is_held_is_not_sent_again(callers: Callers, council: Caller, clock: FixedClock) -> None:
    number = council.post("/consumer-warnings", CRABS, 201)["number"]
    anybody = callers.nobody()
    for path in ("/consumer-warnings?now=true", f"/consumer-warnings/{number}"):
        first = anybody.api("GET", path)
        held = {"If-None-Match": first.headers["ETag"]}
        again = anybody.api.client.get(f"/api/v1{path}", headers=held)
        assert (again.status_code, again.data) == (304, b"")
        clock.advance(days=8)
        expired = anybody.api.client.get(f"/api/v1{path}", headers=held)
        assert expired.status_code == 200, "the day changed what it says"
        clock.advance(days=-8)


def test_pages_of_warnings(callers: Callers, council: Caller) -> None:
    for _ in range(3):
        council.post("/consumer-warnings", CRABS, 201)
    first = callers.nobody().get("/consumer-warnings?limit=2")
    rest = callers.nobody().get(f"/consumer-warnings?limit=2&before={first['next']}")
    assert (len(first["warnings"]), len(rest["warnings"]), rest["next"]) == (2, 1, None)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"from_on": "2026-11-22"}, "from_on"),
        ({"until_on": "2026-11-22"}, "until_on"),
        ({"until_on": "2027-11-25"}, "until_on"),
        ({"counties": ["110000"]}, "counties.0"),
        ({"categories": ["bank"]}, "categories.0"),
        ({"title": "蟹"}, "title"),
    ],
)
def test_what_is_wrong_is_said(council: Caller, changed: dict[str, Any], field: str) -> None:
    assert list(council.post("/consumer-warnings", {**CRABS, **changed}, 422)["fields"]) == [field]


def test_the_council_alone_speaks(callers: Callers, council: Caller) -> None:
    number = council.post("/consumer-warnings", CRABS, 201)["number"]
    for other in (callers.staff(Role.CITY_OFFICER), callers.staff(Role.JOINT_OFFICE), callers.person("gu-ke")):
        other.post("/consumer-warnings", CRABS, 403)
        other.post(f"/consumer-warnings/{number}/withdraw", {"why": "复检合格。"}, 403)
    callers.nobody().post("/consumer-warnings", CRABS, 401)


def test_keepers_are_told_in_pieces_and_it_is_taken_back_in_pieces(
    app: Flask,
    callers: Callers,
    town: Town,
    council: Caller,
    notices: Notices,
    do_jobs: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shop, market = town.shop("瓯越电器"), town.shop("五马市场", category=Category.MARKET)
    keepers = [town.person(f"guke-{number}") for number in range(5)]
    for keeper in keepers:
        town.act(favourites.keep, keeper.actor(), shop.certificate_no)
    town.act(favourites.keep, keepers[0].actor(), town.shop("别家电器").certificate_no)
    outside = town.person("lu-ren")
    town.act(favourites.keep, outside.actor(), market.certificate_no)
    monkeypatch.setattr("backend.infrastructure.jobs.PIECE", 2)
    monkeypatch.setattr("backend.consumer_warnings.service.PIECE", 2)
    number = council.post("/consumer-warnings", CRABS, 201)["number"]
    assert notices() == [], "nobody is told in the transaction that publishes"
    do_jobs()
    told = [callers.of(keeper) for keeper in keepers]
    assert [notices(one) for one in told] == [both("consumer_warning_published")] * 5, "once each, whatever they keep"
    assert notices(callers.of(outside)) == [], "the control"
    first = told[0].get("/notices")["items"][0]
    assert "对鹿城区的商店、餐饮店" in first["text"]
    assert first["link"] == f"/warnings/{number}"
    council.post(f"/consumer-warnings/{number}/withdraw", {"why": "复检合格。"})
    do_jobs()
    assert notices() == []
    with app.app_context(), unit_of_work(read_only=True):
        pieces = session().scalar(sa.select(sa.func.count()).where(Job.name == service.TAKE_BACK))
    assert pieces == 3, "two people, two people, one"


def test_taken_back(
    callers: Callers, town: Town, shop: Shop, council: Caller, notices: Notices, do_jobs: Callable[[], None]
) -> None:
    keeper = town.person("gu-ke")
    town.act(favourites.keep, keeper.actor(), shop.certificate_no)
    number = council.post("/consumer-warnings", CRABS, 201)["number"]
    do_jobs()
    assert notices(callers.of(keeper)) == both("consumer_warning_published")
    council.post(f"/consumer-warnings/{number}/withdraw", {"why": "复检合格，原来的结果有误。"})
    do_jobs()
    assert notices(callers.of(keeper)) == [], "unread, it leaves the inbox; unsent, it is not sent"
    shown = callers.nobody().get(f"/consumer-warnings/{number}")
    assert (shown["stage"], shown["withdrawn_why"]) == ("withdrawn", "复检合格，原来的结果有误。")
    assert _titles(callers.nobody(), "now=true") == []
    assert council.refused(f"/consumer-warnings/{number}/withdraw", {"why": "再撤一次。"}) == "warning_over"


def test_one_that_begins_later(
    callers: Callers,
    town: Town,
    shop: Shop,
    council: Caller,
    clock: FixedClock,
    notices: Notices,
    do_jobs: Callable[[], None],
) -> None:
    keeper = town.person("gu-ke")
    town.act(favourites.keep, keeper.actor(), shop.certificate_no)
    later = {**CRABS, "from_on": "2026-11-25"}
    number, gone = (council.post("/consumer-warnings", later, 201)["number"] for _ in range(2))
    council.post(f"/consumer-warnings/{gone}/withdraw", {"why": "写错了日期。"})
    do_jobs()
    anybody = callers.nobody()
    anybody.get(f"/consumer-warnings/{number}", 404)
    assert (_titles(anybody), notices()) == ([], [])
    clock.advance(days=2)
    do_jobs()
    assert _titles(anybody) == [("梭子蟹", "holds")], "what was taken back before it began was never public"
    assert notices(callers.of(town.person("gu-ke"))) == both("consumer_warning_published")


def test_on_the_pages(town: Town, shop: Shop, office: Office, clock: FixedClock) -> None:
    council, anybody, at = office.at_desk(Role.COUNCIL), town.app.test_client(), "/console/consumer-warnings"
    ticked = {**CRABS, "counties": "330302", "categories": "shop", "idempotency_key": new_id()}
    unticked = {name: value for name, value in ticked.items() if name != "categories"}
    assert "这一项必须填写。" in council.refused(at, at, unticked)
    page = council.done(at, at, ticked)
    assert "已公开，收藏了有关单位的人会收到消息。" in page
    for path in ("/", "/warnings", f"/units/{shop.certificate_no}", "/warnings?county=330302&category=shop"):
        assert "梭子蟹以次充好" in anybody.get(path).text, path
    assert "梭子蟹以次充好" not in anybody.get("/warnings?county=330381").text
    badge = anybody.get(f"/b/{shop.token}").text
    assert "/warnings?county=330302&amp;category=shop" in badge
    assert "梭子蟹以次充好" not in badge, "a scan reads the card alone"
    number = hidden(page, "number")
    assert "已撤回" in council.done(at, f"{at}/withdraw", {"number": number, "why": "复检合格。"})
    assert "理由：复检合格。" in anybody.get(f"/warnings/{number}").text
    assert "梭子蟹以次充好" not in anybody.get("/").text
