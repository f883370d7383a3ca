"""Paying first: who may ask, the payer's caps, what can happen once only, and a ledger that balances or is found not to."""

import io
from collections import Counter
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.compensation import service
from backend.compensation.model import LedgerEntry
from backend.compensation.rules import Account, Act, entries, faults, masked_reference
from backend.infrastructure.database import Base, new_id, unit_of_work
from backend.kernel.clock import FixedClock
from tests.calling import Api, Caller
from tests.compensation.steps import ASKED, LEFT, agreed, cap, faults_in, paid, place_in
from tests.conftest import PRESENT
from tests.journeys.test_races import at_once, outcome
from tests.pages.town import Shop, Town
from tests.scene import Callers, picture, request_body


@pytest.fixture
def overdue(consumer: Caller, member: Caller, shop: Shop, clock: FixedClock) -> str:
    """The number of a request that was agreed and not done in time."""
    number = agreed(consumer, member, shop)
    clock.advance(days=4)
    return number


def asked(consumer: Caller, settlement: str) -> str:
    number: str = consumer.post(f"/settlements/{settlement}/advance", ASKED, 201)["case_no"]
    return number


def test_only_what_was_agreed_and_not_done_in_time(
    consumer: Caller, member: Caller, shop: Shop, clock: FixedClock
) -> None:
    settlement = agreed(consumer, member, shop)
    asking = f"/settlements/{settlement}/advance"
    assert consumer.refused(asking, ASKED) == "deadline_not_reached"
    found = consumer.get(asking)
    assert (found["most_fen"], found["advances"]) == (12850, [])
    assert ["期限过了" in found["ways"][0]["closed"], "没有登记" in found["ways"][1]["closed"]] == [True, True]
    clock.advance(days=4)
    assert [one["closed"] is None for one in consumer.get(asking)["ways"]] == [True, False]
    assert member.get(asking, 403)["code"] == "action_not_permitted"


def test_each_reads_what_they_can_do(consumer: Caller, member: Caller, shop: Shop, overdue: str) -> None:
    number = asked(consumer, overdue)
    (theirs,), (ours,) = consumer.get("/advances")["advances"], member.get("/advances")["advances"]
    assert (theirs["own"], theirs["allowed"]) == (True, [])
    assert (ours["own"], ours["allowed"]) == (False, ["approve", "decline"])
    found = consumer.get(f"/settlements/{overdue}/advance")
    assert [one["case_no"] for one in found["advances"]] == [number]
    assert all("申请过" in one["closed"] for one in found["ways"])


def test_it_is_paid_with_a_voucher_once(app: Flask, consumer: Caller, member: Caller, shop: Shop, overdue: str) -> None:
    too_much = {**ASKED, "amount_fen": 12851}
    assert consumer.refused(f"/settlements/{overdue}/advance", too_much, 422) == "amount_out_of_range"
    number = asked(consumer, overdue)
    assert member.refused(f"/advances/{number}/approve") == "cap_not_set"
    cap(member, shop)
    member.post(f"/advances/{number}/approve")
    done = paid(member, number)
    assert (done["state"], done["reference_masked"]) == ("paid", "****8866")
    link = consumer.get(f"/advances/{number}/voucher")["link"].removeprefix("/api/v1")
    assert consumer.get(link)[:2] == b"\xff\xd8"
    assert member.get(link, 404)
    assert paid(member, number, 409)["code"] == "not_possible_now"
    assert member.get("/recoveries")["recoveries"] == []
    assert faults_in(app) == []


def test_caps_hold_and_the_newest_counts(
    callers: Callers, consumer: Caller, member: Caller, shop: Shop, clock: FixedClock
) -> None:
    people = (consumer, callers.person("gu-ke-2"))
    settlements = [agreed(who, member, shop) for who in people]
    clock.advance(days=4)
    first, second = (asked(who, one) for who, one in zip(people, settlements, strict=True))
    cap(member, shop, case=12_849)
    assert member.refused(f"/advances/{first}/approve") == "over_case_cap"
    cap(member, shop, case=12_850, day=25_699)
    member.post(f"/advances/{first}/approve")
    assert member.refused(f"/advances/{second}/approve") == "over_day_cap"
    clock.advance(days=1)
    member.post(f"/advances/{second}/approve")


def test_a_declined_wish_says_why_and_may_be_repeated(consumer: Caller, member: Caller, overdue: str) -> None:
    number = asked(consumer, overdue)
    assert consumer.refused(f"/settlements/{overdue}/advance", ASKED) == "asked_already"
    member.post(f"/advances/{number}/decline", {"text": "当天已经在店里退过款。"})
    assert consumer.get(f"/advances/{number}")["decision_text"] == "当天已经在店里退过款。"
    asked(consumer, overdue)


def test_strangers_see_nothing(town: Town, callers: Callers, consumer: Caller, overdue: str) -> None:
    number = asked(consumer, overdue)
    stranger, other = callers.person("lu-ren"), callers.member(place_in(town, callers).stall, "bie-zhan")
    for who in (stranger, other):
        assert who.get("/advances")["advances"] == []
        who.get(f"/advances/{number}", 404)
    assert other.refused(f"/advances/{number}/approve", status=404) == "record_not_found"
    assert stranger.refused(f"/settlements/{overdue}/advance", ASKED, 404) == "record_not_found"
    assert callers.staff().get(f"/advances/{number}")["alias"].startswith("消费者·"), "control: the bureau sees it"


def test_only_a_market_or_scenic_area_hosts(town: Town, callers: Callers, consumer: Caller, shop: Shop) -> None:
    stall = place_in(town, callers).stall
    body = {"host": shop.certificate_no}
    assert callers.staff().refused(f"/units/{stall.certificate_no}/host", body, 422) == "host_unsuitable"
    settlement = consumer.post("/settlements", request_body(shop), 201)["case_no"]
    assert consumer.refused(f"/settlements/{settlement}/advance", LEFT) == "no_host"


def test_of_twenty_at_once_one_is_asked_decided_and_paid(
    app: Flask, consumer: Caller, member: Caller, shop: Shop, overdue: str
) -> None:
    path = f"/settlements/{overdue}/advance"
    wishes = at_once(app, lambda api, _: api("POST", path, consumer.token, ASKED, new_id()))
    assert Counter(map(outcome, wishes)) == {(201, ""): 1, (409, "asked_already"): 19}
    number = next(answer.get_json()["case_no"] for answer in wishes if answer.status_code == 201)
    cap(member, shop)
    ways: list[tuple[str, Any]] = [("approve", None), ("decline", {"text": "当天已经退过款。"})]
    decided = at_once(
        app, lambda api, at: api("POST", f"/advances/{number}/{ways[at % 2][0]}", member.token, ways[at % 2][1])
    )
    assert Counter(map(outcome, decided)) == {(200, ""): 1, (409, "not_possible_now"): 19}
    if consumer.get(f"/advances/{number}")["state"] == "declined":
        number = asked(consumer, overdue)
        member.post(f"/advances/{number}/approve")

    def send(api: Any, at: int, key: str | None = None) -> Any:
        files = {"photo": (io.BytesIO(picture()), "voucher.jpg"), "reference": "20261125"}
        more = {"data": files, "content_type": "multipart/form-data"}
        return api("POST", f"/advances/{number}/pay", member.token, key=key or f"paying-{at % 2}", **more)

    done = Counter(map(outcome, at_once(app, send)))
    assert done == {(200, ""): 10, (409, "not_possible_now"): 10}, (
        "who repeats under the key that paid is given its answer again"
    )
    assert outcome(send(Api(app.test_client()), 0, new_id())) == (409, "not_possible_now")
    assert Api(app.test_client())("POST", f"/advances/{number}/approve", member.token, key="").status_code == 400
    assert faults_in(app) == []


def test_a_planted_imbalance_is_found_and_nothing_is_booked_twice(
    app: Flask, consumer: Caller, member: Caller, shop: Shop, overdue: str
) -> None:
    number = asked(consumer, overdue)
    cap(member, shop)
    member.post(f"/advances/{number}/approve")
    paid(member, number)
    assert faults_in(app) == []
    with app.app_context(), unit_of_work(read_only=True) as opened:
        payment_id = opened.scalars(sa.select(LedgerEntry.payment_id)).first()
    planted = {"payment_id": payment_id, "booked_by": payment_id, "at": PRESENT, "amount_fen": 12850}
    table = Base.metadata.tables["ledger_entry"]
    with app.app_context(), unit_of_work() as opened:
        opened.execute(sa.insert(table).values(**planted, act=Act.RECOVERED, account=Account.FUND))
    assert any("借贷合计 12850 分" in fault for fault in faults_in(app))
    with app.app_context(), pytest.raises(sa.exc.IntegrityError), unit_of_work() as opened:
        opened.execute(sa.insert(table).values(**planted, act=Act.PAID, account=Account.FUND))


def test_lateness_is_told_once(
    app: Flask, callers: Callers, consumer: Caller, member: Caller, overdue: str, clock: FixedClock, notices: Any
) -> None:
    officer = callers.staff()
    asked(consumer, overdue)
    clock.advance(days=7)
    with app.app_context():
        assert (service.sweep(), service.sweep()) == (1, 0)
    for who in (member, officer):
        assert ("advance_late", "inbox") in notices(who)


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("for_stall", [True, False])
def test_every_act_sums_to_zero(act: Act, for_stall: bool) -> None:
    written = entries(act, 12850, for_stall=for_stall)
    assert len(written) == 2
    assert sum(written.values()) == 0


def test_faults_are_named() -> None:
    assert faults([("PF1", "paid", 0, 2)], [("PF1", 5, 5)]) == []
    assert len(faults([("PF1", "paid", 1, 2), ("PF2", "paid", 0, 4)], [("PF3", 5, 0)])) == 3


def test_a_reference_keeps_four_characters() -> None:
    assert masked_reference(" 6222 0202 0001 1234 ") == "****1234"
