"""Rectify, suspend, restore, cancel, expire: the card and the station's notice change with the certificate."""

from collections.abc import Callable
from datetime import date

import pytest

from backend.access.actor import Role
from backend.kernel.clock import FixedClock
from tests.calling import Caller
from tests.conftest import PRESENT
from tests.console.office import YUEQING
from tests.pages.town import Shop
from tests.scene import Callers, both

Notices = Callable[..., list[tuple[str, str]]]
Work = Callable[[], None]


@pytest.fixture
def officer(callers: Callers) -> Caller:
    return callers.staff()


def _shown(callers: Callers, shop: Shop) -> tuple[str, str | None]:
    card = callers.nobody().post("/scans", {"token": shop.token})["card"]
    return card["standing"], card["certificate"]["reason"]


def test_each_measure_is_on_the_card_at_once_and_told_to_the_station(
    callers: Callers, shop: Shop, officer: Caller, notices: Notices
) -> None:
    member, path = callers.member(shop), f"/certificates/{shop.certificate_no}"
    steps = [
        ("rectify", {"ground": "G08"}, ("RECTIFY", "不履行与消费者达成的约定")),
        ("restore", None, ("VALID", None)),
        ("suspend", {"ground": "G04"}, ("SUSPENDED", "发生食品安全事故")),
        ("restore", None, ("VALID", None)),
        ("cancel", {"ground": "G20"}, ("CANCELLED", "已停业、注销或迁出")),
    ]
    for number, (step, body, shown) in enumerate(steps, 1):
        officer.post(f"{path}/{step}", body)
        assert _shown(callers, shop) == shown
        assert notices(member) == both(*["certificate_standing_changed"] * number)
    closed = officer.post(f"{path}/restore", status=409)
    assert (closed["state"], closed["allowed"]) == ("cancelled", [])


def test_measures_are_the_countys_own(callers: Callers, shop: Shop, officer: Caller) -> None:
    path = f"/certificates/{shop.certificate_no}"
    abroad, member = callers.staff(county=YUEQING), callers.member(shop)
    others = [callers.staff(role) for role in (Role.JOINT_OFFICE, Role.COUNCIL, Role.OPERATOR)]
    for step, body in (("rectify", {"ground": "G08"}), ("suspend", {"ground": "G08"}), ("restore", None)):
        abroad.post(f"{path}/{step}", body, 404)
        for other in (member, *others):
            other.post(f"{path}/{step}", body, 403)
    assert _shown(callers, shop) == ("VALID", None)
    officer.post(f"{path}/suspend", {"ground": "G08"})


def test_a_certificate_expires_after_its_last_day_on_the_card_and_in_the_register(
    callers: Callers, shop: Shop, clock: FixedClock, work: Work, notices: Notices
) -> None:
    member = callers.member(shop)
    clock.advance(days=(date(2029, 1, 4) - PRESENT.date()).days)
    work()
    assert _shown(callers, shop) == ("VALID", None), "the last day still counts"
    clock.advance(days=1)
    assert _shown(callers, shop) == ("EXPIRED", None), "even before the sweep"
    assert notices(member) == both("renewal_open")
    for _ in range(2):
        work()
        clock.advance(minutes=1)
    assert _shown(callers, shop) == ("EXPIRED", None)
    sent = ("renewal_open", "wechat")
    assert notices(member) == [sent, *both("certificate_standing_changed")], "there is nothing to renew any more"


def test_a_rectification_that_is_over_is_told_to_the_county_once(
    callers: Callers, shop: Shop, officer: Caller, clock: FixedClock, work: Work, notices: Notices
) -> None:
    abroad = callers.staff(county=YUEQING)
    officer.post(f"/certificates/{shop.certificate_no}/rectify", {"ground": "G08"})
    work()
    assert notices(officer) == []
    clock.advance(days=200)
    for _ in range(2):
        work()
        clock.advance(minutes=1)
    assert notices(officer) == both("deadline_missed")
    assert notices(abroad) == []
    assert _shown(callers, shop)[0] == "RECTIFY", "a clock decides nothing"


def test_a_late_decision_is_told_to_the_other_officers_and_the_city(
    callers: Callers, shop: Shop, officer: Caller, clock: FixedClock, work: Work, notices: Notices
) -> None:
    second, city = callers.staff(), callers.staff(Role.CITY_OFFICER)
    body = {"certificate_no": shop.certificate_no, "ground": "G07", "statement": "多次不答复消费者的诉求。"}
    officer.post("/removals", body, 201)
    clock.advance(days=8)
    work()
    assert notices(second) == both("deadline_near")
    clock.advance(days=15)
    for _ in range(2):
        work()
        clock.advance(minutes=1)
    late = [one for one in notices(city) if one[0] != "calendar_missing"]
    assert (notices(second), late) == (both("deadline_near", "deadline_missed"), both("deadline_missed"))
    assert notices(officer) == [], "the proposer cannot decide"
