"""What an experience review does not take: a voided plate, a late conflict, a form after the report; and whom it reminds."""

from collections.abc import Callable
from typing import Any

import pytest

from backend.access.actor import Role
from backend.kernel.clock import FixedClock
from tests.calling import Caller
from tests.pages.town import Shop
from tests.scene import Callers, both

ANSWERS = {"answers": ["pass"], "remark": ""}
SUMMARY = {"summary": "多数店标价清楚，个别店没有标价。"}
Notices = Callable[..., list[tuple[str, str]]]


@pytest.fixture
def council(callers: Callers) -> Caller:
    return callers.staff(Role.COUNCIL)


@pytest.fixture
def volunteer(callers: Callers) -> Caller:
    return callers.volunteer()


def _task(council: Caller, volunteer: Caller) -> tuple[str, str]:
    """Addresses of a drawn campaign and of the volunteer's visit."""
    body = {"title": "商店明码标价体验", "category": "shop", "sample_size": 1, "checklist": ["价格标得清楚"]}
    campaign = f"/campaigns/{council.post('/campaigns', body, 201)['number']}"
    council.post(f"{campaign}/draw")
    (visit,) = volunteer.get("/visits")["visits"]
    return campaign, f"/visits/{visit['number']}"


def _ticket(caller: Caller, shop: Shop) -> dict[str, Any]:
    return {"visit_ticket": caller.post("/scans", {"token": shop.token})["visit_ticket"]}


def test_a_voided_plate_proves_no_visit(callers: Callers, council: Caller, volunteer: Caller, shop: Shop) -> None:
    _, task = _task(council, volunteer)
    before = _ticket(volunteer, shop)
    serial = volunteer.get(f"/badges/{shop.token}")["plate"]["serial"]
    other = callers.person("gu-ke")
    other.post("/ratings", {**_ticket(other, shop), "stars": 4}, 201)  # the control: a plate in use does
    callers.staff().post(f"/plates/{serial}/void", {"reason": "cloned"})
    for ticket in (before, _ticket(volunteer, shop)):
        assert volunteer.refused(f"{task}/start", ticket, 422) == "plate_voided"
        rating = {**ticket, "stars": 5}
        assert callers.person("another").refused("/ratings", rating, 422) == "plate_voided"


def test_who_rated_the_unit_after_the_draw_steps_back(council: Caller, volunteer: Caller, shop: Shop) -> None:
    _, task = _task(council, volunteer)
    volunteer.post("/ratings", {**_ticket(volunteer, shop), "stars": 5}, 201)
    refused = volunteer.post(f"{task}/start", _ticket(volunteer, shop), 409)
    assert (refused["code"], refused["allowed"]) == ("conflict_since_draw", ["declare_conflict"])
    assert volunteer.post(f"{task}/declare-conflict")["state"] == "conflicted"


def test_after_the_report_no_form_is_taken(callers: Callers, council: Caller, shop: Shop) -> None:
    pair = [callers.volunteer(name) for name in ("zhiyuan-zhao", "zhiyuan-sun")]
    body = {"title": "商店明码标价体验", "category": "shop", "sample_size": 1, "checklist": ["价格标得清楚"]}
    campaign = f"/campaigns/{council.post('/campaigns', body, 201)['number']}"
    council.post(f"{campaign}/draw")
    tasks = [f"/visits/{volunteer.get('/visits')['visits'][0]['number']}" for volunteer in pair]
    for volunteer, task in zip(pair, tasks, strict=True):
        volunteer.post(f"{task}/start", _ticket(volunteer, shop))
    pair[0].post(f"{tasks[0]}/submit", ANSWERS)  # the control: until then it is
    council.post(f"{campaign}/close")
    council.post(f"{campaign}/publish", SUMMARY)
    assert pair[1].refused(f"{tasks[1]}/submit", ANSWERS) == "report_published"


def test_volunteers_are_reminded_once_and_not_of_what_is_done(
    callers: Callers,
    council: Caller,
    volunteer: Caller,
    shop: Shop,
    clock: FixedClock,
    work: Callable[[], None],
    notices: Notices,
) -> None:
    _task(council, volunteer)
    work()
    assert notices(volunteer) == both("visit_assigned")
    clock.advance(days=13, hours=20)
    work()
    clock.advance(hours=1)
    work()
    assert notices(volunteer) == both("visit_assigned", "visit_due_soon")


def test_handing_in_takes_the_notices_back_and_the_station_hears_of_the_report(
    callers: Callers, council: Caller, volunteer: Caller, shop: Shop, notices: Notices
) -> None:
    member = callers.member(shop)
    campaign, task = _task(council, volunteer)
    volunteer.post(f"{task}/start", _ticket(volunteer, shop))
    volunteer.post(f"{task}/submit", ANSWERS)
    assert notices(volunteer) == []
    council.post(f"{campaign}/close")
    council.post(f"{campaign}/publish", SUMMARY)
    assert notices(member) == both("report_published")
