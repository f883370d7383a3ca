"""The sweep: reminds, lets choices lapse, and leaves nobody out, however many cases are late or broken."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.casework.model import Deadline
from backend.complaints import service as complaints
from backend.complaints.model import Settlement
from backend.infrastructure.database import session, unit_of_work
from backend.kernel.clock import FixedClock
from tests.calling import Caller
from tests.pages.town import Shop
from tests.scene import Callers, both, decline_offer, request_body, take_offer

Notices = Callable[..., list[tuple[str, str]]]
OFFER = {"kind": "repair", "text": "送来店里免费修。"}


@pytest.fixture
def sweep(app: Flask) -> Callable[..., int]:
    """One pass. returns how many cases it touched"""

    def run(batch: int = 200) -> int:
        with app.app_context():
            return complaints.sweep(batch)

    return run


def _submitted(consumer: Caller, shop: Shop) -> str:
    return f"/settlements/{consumer.post('/settlements', request_body(shop), 201)['case_no']}"


def test_who_must_choose_is_reminded_once_and_then_the_choice_lapses(
    callers: Callers, shop: Shop, clock: FixedClock, sweep: Callable[..., int], notices: Notices
) -> None:
    consumer, member = callers.person("gu-ke"), callers.member(shop)
    path = _submitted(consumer, shop)
    member.post(f"{path}/offer", OFFER)
    clock.advance(days=12, hours=13)
    assert sweep() == 0
    clock.advance(hours=1)
    assert (sweep(), sweep()) == (1, 0)
    assert notices(consumer) == both("settlement_offered", "settlement_lapsing_soon")
    clock.advance(days=3)
    assert (sweep(), sweep()) == (1, 0)
    assert consumer.get(path)["state"] == "lapsed"
    assert notices(consumer) == both("settlement_offered", "settlement_lapsing_soon", "settlement_lapsed")


def test_a_second_choice_is_reminded_of_again(
    callers: Callers, shop: Shop, clock: FixedClock, sweep: Callable[..., int], notices: Notices
) -> None:
    consumer, member = callers.person("gu-ke"), callers.member(shop)
    path = _submitted(consumer, shop)
    member.post(f"{path}/offer", OFFER)
    clock.advance(days=13)
    assert sweep() == 1
    decline_offer(consumer, path.removeprefix("/settlements/"))
    assert sweep() == 0
    clock.advance(days=28)
    assert (sweep(), sweep()) == (1, 0)
    assert [one for one, _ in notices(consumer)].count("settlement_lapsing_soon") == 4


def test_a_choice_made_in_time_does_not_lapse(
    callers: Callers, shop: Shop, clock: FixedClock, sweep: Callable[..., int]
) -> None:
    consumer, member = callers.person("gu-ke"), callers.member(shop)
    path = _submitted(consumer, shop)
    member.post(f"{path}/offer", OFFER)
    clock.advance(days=15)
    take_offer(consumer, path.removeprefix("/settlements/"))
    clock.advance(days=1)
    sweep()
    assert consumer.get(path)["state"] == "agreed"


def test_many_old_silences_keep_no_new_one_waiting(
    app: Flask,
    callers: Callers,
    shop: Shop,
    clock: FixedClock,
    sweep: Callable[..., int],
) -> None:
    """Requests that nobody ever takes further stay open for good; a pass takes only so many at a time."""
    old = [callers.person(f"gu-ke-{number}") for number in range(3)]
    paths = [_submitted(consumer, shop) for consumer in old]
    clock.advance(hours=97)
    assert (sweep(2), sweep(2), sweep(2)) == (2, 1, 0)
    late = callers.person("gu-ke-late")
    path = _submitted(late, shop)
    clock.advance(hours=97)
    assert sweep(2) == 1
    assert [who.get(one)["unanswered"] for who, one in zip([*old, late], [*paths, path], strict=True)] == [True] * 4


def test_a_broken_case_keeps_no_other_from_its_due(
    app: Flask,
    callers: Callers,
    shop: Shop,
    clock: FixedClock,
    sweep: Callable[..., int],
    caplog: pytest.LogCaptureFixture,
) -> None:
    member = callers.member(shop)
    first, second = callers.person("gu-ke"), callers.person("gu-ke-2")
    broken, sound = _submitted(first, shop), _submitted(second, shop)
    for path in (broken, sound):
        member.post(f"{path}/offer", OFFER)
    with app.app_context(), unit_of_work():
        case = session().scalars(sa.select(Settlement).filter_by(case_no=broken.rsplit("/", 1)[1])).one()
        session().execute(sa.update(Settlement).where(Settlement.id == case.id).values(state="refused"))
        assert session().scalar(sa.select(Deadline.clock).filter_by(case_id=case.id, stopped_at=None)) == "D1"
    clock.advance(days=15, hours=14)
    assert sweep() == 1
    assert second.get(sound)["state"] == "lapsed"
    assert "the sweep left a case out" in caplog.text
