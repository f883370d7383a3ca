"""The station's clocks (M0, M1, M2): when they end, who is reminded, what stays late, and what the bureau sees."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.access.actor import Role
from backend.complaints.clocks import SETTLEMENT_CLOCKS
from backend.complaints.model import Settlement
from backend.infrastructure.database import session, unit_of_work
from backend.kernel.clock import FixedClock, local_instant
from backend.kernel.regulation import due
from tests.calling import Caller
from tests.console.office import YUEQING, Office
from tests.kernel.test_periods import CALENDAR
from tests.pages.town import Shop
from tests.scene import Callers, both, request_body

Notices = Callable[..., list[tuple[str, str]]]
Work = Callable[[], None]
REASON = {"text": "小票丢了，没有办法退货。"}


def _path(consumer: Caller, shop: Shop) -> str:
    return f"/settlements/{consumer.post('/settlements', request_body(shop), 201)['case_no']}"


def _late(caller: Caller, path: str) -> dict[str, bool]:
    return {one["clock"]: one["late"] for one in caller.get(path)["deadlines"]}


#: Clock, start in Wenzhou, last moment in UTC.
VECTORS = [
    ("M0", local_instant(date(2026, 11, 23), 10), datetime(2026, 11, 24, 2, tzinfo=UTC)),
    ("M1", local_instant(date(2026, 11, 23), 10), datetime(2026, 11, 27, 2, tzinfo=UTC)),
    ("M2", local_instant(date(2026, 11, 23), 10), datetime(2026, 11, 28, 15, 59, 59, tzinfo=UTC)),
    # Hours run through holidays; five days end after one, and on a plain weekend.
    ("M1", local_instant(date(2026, 9, 30), 10), datetime(2026, 10, 4, 2, tzinfo=UTC)),
    ("M2", local_instant(date(2026, 9, 26), 10), datetime(2026, 10, 8, 15, 59, 59, tzinfo=UTC)),
    ("M2", local_instant(date(2026, 11, 24), 23, 59), datetime(2026, 11, 29, 15, 59, 59, tzinfo=UTC)),
    ("M2", local_instant(date(2026, 11, 25)), datetime(2026, 11, 30, 15, 59, 59, tzinfo=UTC)),
    ("M3", local_instant(date(2026, 11, 23), 10), datetime(2026, 11, 26, 15, 59, 59, tzinfo=UTC)),
    ("M3", local_instant(date(2026, 9, 29), 10), datetime(2026, 10, 8, 15, 59, 59, tzinfo=UTC)),
]


@pytest.mark.parametrize(("clock_code", "started", "last"), VECTORS)
def test_when_a_clock_ends(clock_code: str, started: datetime, last: datetime) -> None:
    for clocks in SETTLEMENT_CLOCKS.values():
        assert due(clocks[clock_code], started, CALENDAR).at == last


def test_each_silence_is_told_once_the_owner_first_and_stays_late(
    callers: Callers, shop: Shop, clock: FixedClock, work: Work, notices: Notices
) -> None:
    consumer, owner, colleague = callers.person("gu-ke"), callers.member(shop), callers.member(shop, "zhan-li")
    path = _path(consumer, shop)

    def told_after(**passed: float) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        before = notices(owner), notices(colleague)
        clock.advance(**passed)
        work()
        clock.advance(seconds=61)
        work()
        after = notices(owner), notices(colleague)
        return after[0][len(before[0]) :], after[1][len(before[1]) :]

    assert told_after(hours=23, minutes=58) == ([], [])
    assert told_after(minutes=1) == (both("deadline_missed"), both("deadline_missed"))
    assert _late(consumer, path) == {"M0": True, "M1": False, "M2": False}
    owner.post(f"{path}/take")
    assert ("deadline_missed", "inbox") not in notices(colleague), "somebody took it: the reminder is true no more"
    assert _late(consumer, path) == {"M1": False, "M2": False}
    assert told_after(hours=46) == ([], [])
    assert told_after(hours=2) == (both("deadline_near"), []), "the owner hears of it first"
    assert told_after(hours=24) == (both("settlement_unanswered"), both("settlement_unanswered"))
    assert told_after(hours=24) == ([], [])
    assert told_after(hours=24) == (both("settlement_delaying"), both("settlement_delaying"))
    assert _late(consumer, path) == {"M1": True, "M2": True}
    owner.post(f"{path}/refuse", REASON)
    stays = {"deadline_near", "settlement_unanswered", "settlement_delaying"}
    assert not stays & {template for template, channel in notices(colleague) if channel == "inbox"}


def test_an_answer_in_time_ends_every_clock(
    callers: Callers, shop: Shop, clock: FixedClock, work: Work, notices: Notices
) -> None:
    consumer, member = callers.person("gu-ke"), callers.member(shop)
    path = _path(consumer, shop)
    member.post(f"{path}/refuse", REASON)
    assert _late(consumer, path) == {"D2": False}
    clock.advance(days=6)
    work()
    assert {template for template, _ in notices(member)} == {"settlement_submitted"}
    withdrawn = _path(consumer, shop)
    assert set(_late(consumer, withdrawn)) == {"M0", "M1", "M2"}
    consumer.post(f"{withdrawn}/withdraw")
    assert _late(consumer, withdrawn) == {}


def test_without_an_owner_everybody_is_reminded(
    callers: Callers, shop: Shop, clock: FixedClock, work: Work, notices: Notices
) -> None:
    members = callers.member(shop), callers.member(shop, "zhan-li")
    _path(callers.person("gu-ke"), shop)
    clock.advance(hours=73)
    work()
    for member in members:
        assert ("deadline_near", "inbox") in notices(member)


def test_a_second_hand_over_on_the_same_day_is_told_again(
    callers: Callers, shop: Shop, clock: FixedClock, notices: Notices
) -> None:
    first, second, third = callers.member(shop), callers.member(shop, "zhan-li"), callers.member(shop, "zhan-sun")
    path = _path(callers.person("gu-ke"), shop)
    first.post(f"{path}/take")
    for owner, taker in ((first, second), (second, first)):
        clock.advance(minutes=5)
        owner.post(f"{path}/hand-over")
        assert notices(third)[-2:] == both("settlement_handed_over")
        taker.post(f"{path}/take")
        assert ("settlement_handed_over", "inbox") not in notices(third), "taken: nobody is asked any more"


def test_the_inbox_has_the_longest_overdue_first(callers: Callers, shop: Shop, clock: FixedClock) -> None:
    consumer, member, colleague = callers.person("gu-ke"), callers.member(shop), callers.member(shop, "zhan-li")
    taken = _path(consumer, shop)
    colleague.post(f"{taken}/take")
    clock.advance(hours=1)
    untaken = _path(consumer, shop)
    clock.advance(hours=24, seconds=1)
    fresh = _path(callers.person("gu-ke-2"), shop)
    answered = _path(consumer, shop)
    member.post(f"{answered}/refuse", REASON)
    rows = member.get("/settlements/inbox")["requests"]
    assert [f"/settlements/{row['case_no']}" for row in rows] == [untaken, fresh, taken, answered]
    assert [(row["deadlines"][0]["clock"], row["deadlines"][0]["late"]) for row in rows] == [
        ("M0", True), ("M0", False), ("M1", False), ("D2", False),
    ]  # fmt: skip
    assert [row["station_turn"] for row in rows] == [True, True, True, False]
    assert (rows[0]["owner"], rows[2]["owned_by_me"]) == (None, False)
    assert rows[2]["owner"]
    consumer.get("/settlements/inbox", 403)


def test_the_bureau_sees_which_station_is_late_and_how_late(
    callers: Callers, shop: Shop, clock: FixedClock, office: Office
) -> None:
    consumer, member = callers.person("gu-ke"), callers.member(shop)
    late, answered = _path(consumer, shop), _path(consumer, shop)
    member.post(f"{answered}/refuse", REASON)
    page = "/console/stations"
    assert "没有超期的联络站" in office.at_desk(Role.COUNTY_OFFICER).get(page)
    clock.advance(days=6)
    number = late.rsplit("/", 1)[1]
    for role in (Role.COUNTY_OFFICER, Role.CITY_OFFICER):
        shown = office.at_desk(role).get(page)
        for words in (number, "共 1 件", "已超期 5 天", "已超期 2 天", "第三十一条", "0577-88965678", "还没有人接手"):
            assert words in shown, words
        assert answered.rsplit("/", 1)[1] not in shown
    assert number not in office.at_desk(Role.COUNTY_OFFICER, county=YUEQING).get(page)
    office.at_desk(Role.JOINT_OFFICE).get(page, 403)
    member.post(f"{late}/take")
    assert "有人在办" in office.at_desk(Role.COUNTY_OFFICER).get(page)
    member.post(f"{late}/refuse", REASON)
    assert "没有超期的联络站" in office.at_desk(Role.COUNTY_OFFICER).get(page)


def test_taking_and_handing_over_do_not_move_the_beginning_of_a_state(
    callers: Callers, shop: Shop, clock: FixedClock, app: Flask
) -> None:
    member = callers.member(shop)
    path = _path(callers.person("gu-ke"), shop)

    def since() -> datetime:
        with app.app_context(), unit_of_work(read_only=True):
            return session().scalars(sa.select(Settlement.state_since)).one()

    opened = since()
    clock.advance(hours=2)
    member.post(f"{path}/take")
    member.post(f"{path}/hand-over")
    assert since() == opened
    member.post(f"{path}/refuse", REASON)
    assert since() > opened, "the control: another state begins later"
