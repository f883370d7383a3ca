"""Experience review: campaign, reproducible draw, bound and locked visits, the published report."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.access.actor import Role
from backend.accounts import queries as accounts
from backend.background import conflicts
from backend.experience_reviews import rules
from backend.experience_reviews.model import Campaign, Visit
from backend.infrastructure.database import session, unit_of_work
from backend.kernel.clock import FixedClock
from backend.merchants.model import Unit
from tests.calling import Caller
from tests.pages.town import Shop, Town
from tests.scene import Callers, both, request_body

CHECKS = ["价格标得清楚", "店里能看到联络站电话", "愿意开发票"]
ANSWERS = {"answers": ["pass", "fail", "na"], "remark": "电话被海报挡住了。"}
SUMMARY = {"summary": "多数店标价清楚，联络站电话常被挡住。"}


@pytest.fixture
def council(callers: Callers) -> Caller:
    return callers.staff(Role.COUNCIL)


def _campaign(council: Caller, size: int = 2) -> str:
    body = {"title": "商店明码标价体验", "category": "shop", "sample_size": size, "checklist": CHECKS}
    return f"/campaigns/{council.post('/campaigns', body, 201)['number']}"


def _ticket(caller: Caller, shop: Shop) -> dict[str, str]:
    return {"visit_ticket": caller.post("/scans", {"token": shop.token})["visit_ticket"]}


def _visits(caller: Caller) -> list[Any]:
    found: list[Any] = caller.get("/visits")["visits"]
    return found


def _read(app: Flask, question: Callable[[], Any]) -> Any:
    with app.app_context(), unit_of_work(read_only=True):
        return question()


def test_a_campaign_from_the_draw_to_the_report(
    app: Flask, callers: Callers, council: Caller, town: Town, notices: Callable[..., object]
) -> None:
    shops = {shop.name: shop for shop in (town.shop("瓯越电器"), town.shop("鹿城书店"))}
    volunteers = [callers.volunteer(name) for name in ("zhiyuan-zhao", "zhiyuan-sun", "zhiyuan-qian")]
    path = _campaign(council)
    drawn = council.post(f"{path}/draw")
    assert (drawn["state"], drawn["frame_size"], len(drawn["seed"])) == ("visiting", 2, 64)
    assert council.post(f"{path}/draw", status=409)["allowed"] == ["close"]
    tasks = [(volunteer, visit) for volunteer in volunteers for visit in _visits(volunteer)]
    assert len(tasks) == 3, "two units, one of them twice"
    assert sum(len(notices(volunteer)) for volunteer in volunteers) == 6  # type: ignore[arg-type]
    for volunteer, visit in tasks:
        task, shop = f"/visits/{visit['number']}", shops[visit["unit_name"]]
        other = next(one for one in shops.values() if one is not shop)
        volunteer.post(f"{task}/submit", ANSWERS, 409)
        assert volunteer.refused(f"{task}/start", _ticket(volunteer, other), 422) == "other_unit_scanned"
        started = volunteer.post(f"{task}/start", _ticket(volunteer, shop))
        assert (started["state"], started["due_at"]) == ("started", "2026-11-26T02:00:00+00:00")
        assert volunteer.refused(f"{task}/submit", {"answers": ["pass"]}, 422) == "answers_incomplete"
        volunteer.post(f"{task}/submit", ANSWERS)
        locked = volunteer.post(f"{task}/submit", {**ANSWERS, "remark": "改一下"}, 409)
        assert (locked["state"], locked["allowed"]) == ("submitted", [])
        assert volunteer.post(f"{task}/start", _ticket(volunteer, shop), 409)["state"] == "submitted"
    council.post(f"{path}/publish", SUMMARY, 409)
    council.post(f"{path}/close")
    assert callers.nobody().get("/reports") == {"campaigns": []}
    council.post(f"{path}/publish", SUMMARY)
    (report,) = callers.nobody().get("/reports")["campaigns"]
    assert (report["sample_size"], report["seed"], report["summary"]) == (2, drawn["seed"], SUMMARY["summary"])
    results = report["results"]
    assert [results[name] for name in ("frame", "drawn", "visited", "visits")] == [2, 2, 2, 3]
    assert [(item["passed"], item["failed"], item["share"]) for item in results["items"]] == [
        (3, 0, 1.0),
        (0, 3, 0.0),
        (0, 0, None),
    ]
    for shop in shops.values():
        (shown,) = callers.nobody().get(f"/badges/{shop.token}")["reviews"]
        assert (shown["title"], shown["score"]) == ("商店明码标价体验", 50.0)
    assert "volunteer" not in str(report)


def test_anybody_with_the_lists_draws_the_same(app: Flask, callers: Callers, council: Caller, town: Town) -> None:
    for number in range(6):
        town.shop(f"第{number}家店")
    for number in range(3):
        callers.volunteer(f"zhiyuan-{number}")
    path = _campaign(council, 4)
    seed = council.post(f"{path}/draw")["seed"]

    def again() -> tuple[str, list[tuple[str, str, bool]]]:
        units = list(session().scalars(sa.select(Unit.id).order_by(Unit.id.desc())))
        people = accounts.holders(Role.VOLUNTEER)[::-1]
        number = session().scalars(sa.select(Campaign.number)).one()
        computed = rules.seed_of(number, units, people, 4)
        drawn = rules.draw(units, people, conflicts(people), 4, computed)
        return computed, [(one.unit_id, one.volunteer_id, one.second) for one in drawn]

    held = _read(
        app,
        lambda: [(v.unit_id, v.volunteer_id, v.second) for v in session().scalars(sa.select(Visit).order_by(Visit.id))],
    )
    assert _read(app, again) == (seed, held)
    assert [second for _, _, second in held] == [False] * 4 + [True]


def test_who_rated_complained_or_answers_for_a_unit_does_not_review_it(
    callers: Callers, council: Caller, town: Town, shop: Shop
) -> None:
    rater, complainer, free = (callers.volunteer(name) for name in ("zhiyuan-a", "zhiyuan-b", "zhiyuan-c"))
    rater.post("/ratings", {**_ticket(rater, shop), "stars": 5}, 201)
    complainer.post("/settlements", request_body(shop), 201)
    member = callers.volunteer("zhiyuan-d")
    callers.member(shop, "zhiyuan-d")
    council.post(f"{_campaign(council, 1)}/draw")
    assert [len(_visits(one)) for one in (rater, complainer, member, free)] == [0, 0, 0, 1]


def test_a_revoked_unit_is_not_drawn(callers: Callers, council: Caller, town: Town, shop: Shop) -> None:
    gone = town.shop("关门书店")
    callers.staff().post(f"/certificates/{gone.certificate_no}/cancel", {"ground": "G20"})
    callers.volunteer()
    drawn = council.post(f"{_campaign(council, 9)}/draw")
    assert drawn["frame_size"] == 1
    assert {visit["unit_name"] for visit in _visits(council)} == {shop.name}


def test_who_steps_back_is_replaced_by_somebody_without_conflict(
    callers: Callers, council: Caller, shop: Shop, notices: Callable[..., object]
) -> None:
    volunteers = [callers.volunteer(f"zhiyuan-{number}") for number in range(3)]
    barred = callers.volunteer("zhiyuan-pingjia")
    barred.post("/ratings", {**_ticket(barred, shop), "stars": 1}, 201)
    path = _campaign(council, 1)
    council.post(f"{path}/draw")
    assert sorted(len(_visits(one)) for one in volunteers) == [0, 1, 1]
    assert council.get("/campaigns")["campaigns"][0]["uncovered"] == []
    (spare,) = (one for one in volunteers if not _visits(one))
    first, second = (one for one in volunteers if one is not spare)
    first.post(f"/visits/{_visits(first)[0]['number']}/declare-conflict")
    (taken,) = _visits(spare)
    assert (taken["state"], taken["unit_name"]) == ("assigned", shop.name)
    assert notices(spare) == both("visit_assigned")
    for one in (second, spare):
        one.post(f"/visits/{_visits(one)[0]['number']}/declare-conflict")
    assert _visits(barred) == []
    assert sorted(visit["state"] for visit in _visits(council)) == ["conflicted"] * 3
    assert council.get("/campaigns")["campaigns"][0]["uncovered"] == [shop.name], "the council sees what is open"


def test_a_scan_from_before_the_draw_starts_no_visit(
    callers: Callers, council: Caller, shop: Shop, clock: FixedClock
) -> None:
    volunteer = callers.volunteer()
    early = _ticket(volunteer, shop)
    clock.advance(hours=2)
    callers.back(council)
    council.post(f"{_campaign(council, 1)}/draw")
    task = f"/visits/{_visits(volunteer)[0]['number']}"
    assert volunteer.refused(f"{task}/start", early, 422) == "scan_before_assignment"
    volunteer.post(f"{task}/start", _ticket(volunteer, shop))


def test_a_visit_lapses_and_a_late_campaign_is_told_to_the_council(
    callers: Callers,
    council: Caller,
    shop: Shop,
    clock: FixedClock,
    work: Callable[[], None],
    notices: Callable[..., object],
) -> None:
    volunteer = callers.volunteer()
    path = _campaign(council, 1)
    council.post(f"{path}/draw")
    task = f"/visits/{_visits(volunteer)[0]['number']}"
    volunteer.post(f"{task}/start", _ticket(volunteer, shop))
    clock.advance(hours=72, minutes=1)
    work()
    late = volunteer.post(f"{task}/submit", ANSWERS, 409)
    assert (late["state"], late["allowed"]) == ("lapsed", [])
    clock.advance(days=30)
    for _ in range(2):
        work()
        clock.advance(minutes=10)
    assert notices(council) == both("deadline_missed")


def test_a_visit_is_its_volunteers_alone(callers: Callers, council: Caller, shop: Shop) -> None:
    volunteer = callers.volunteer()
    council.post(f"{_campaign(council, 1)}/draw")
    task = f"/visits/{_visits(volunteer)[0]['number']}"
    another, consumer = callers.volunteer("zhiyuan-qian"), callers.person("gu-ke")
    for step, body in (("start", _ticket(another, shop)), ("submit", ANSWERS), ("declare-conflict", None)):
        another.post(f"{task}/{step}", body, 404)
        consumer.post(f"{task}/{step}", body, 403)
        council.post(f"{task}/{step}", body, 403)
    volunteer.post(f"{task}/start", _ticket(volunteer, shop))
