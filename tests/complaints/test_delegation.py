"""Delegated mediation: with both parties' consent, to the consumer council, never further, and back to the bureau."""

from typing import Any

import pytest

from backend.access.actor import Role
from backend.kernel.clock import FixedClock
from tests.calling import Caller
from tests.console.office import YUEQING
from tests.pages.town import Shop
from tests.scene import IDENTITY, Callers, accepted, request_body

ASKED = {"text": "双方对维修费用有分歧，请协助调解。"}
RESULT = {"text": "商家三日内退还货款 128.50 元。", "closing": "recorded"}
FAILED = {"text": "两次调解没有达成一致。"}
PURPOSE = {"purpose": "电话联系约定调解时间"}
YES = {"agree": True, "subject": "delegation"}


@pytest.fixture
def officer(callers: Callers) -> Caller:
    return callers.staff()


@pytest.fixture
def council(callers: Callers) -> Caller:
    return callers.staff(Role.COUNCIL)


@pytest.fixture
def path(consumer: Caller, member: Caller, officer: Caller, shop: Shop) -> str:
    """A complaint that has just been accepted."""
    return accepted(consumer, member, officer, shop)


@pytest.fixture
def delegated(path: str, consumer: Caller, member: Caller, officer: Caller) -> str:
    """The delegation of that complaint."""
    for party in (consumer, member):
        party.post(f"{path}/consent", YES)
    return "/delegations/" + officer.post(f"{path}/delegate", ASKED)["case_no"]


def test_it_needs_the_consent_of_both_to_exactly_this(
    path: str, consumer: Caller, member: Caller, officer: Caller
) -> None:
    for party in (consumer, member):
        party.post(f"{path}/consent", {"agree": True})
    assert officer.refused(f"{path}/delegate", ASKED) == "guard_not_met", "consent to mediation is not enough"
    consumer.post(f"{path}/consent", YES)
    assert officer.refused(f"{path}/delegate", ASKED) == "guard_not_met"
    officer.post(f"{path}/note-consent", {"party": "merchant", "way": "phone", **YES})
    assert officer.post(f"{path}/delegate", ASKED)["state"] == "awaiting_decision"


def test_what_the_consumer_ticked_on_form_1_counts_until_they_say_otherwise(
    consumer: Caller, member: Caller, officer: Caller, shop: Shop
) -> None:
    body = request_body(shop, identity=IDENTITY, consent_delegate=True)
    number = consumer.post("/settlements", body, 201)["case_no"]
    member.post(f"/settlements/{number}/refuse", {"text": "商品已拆封使用，不能退货。"})
    path = "/complaints/" + consumer.post(f"/settlements/{number}/escalate", {}, 201)["case_no"]
    officer.post(f"{path}/accept")
    assert member.post(f"{path}/consent", YES)["mediation"]["both_delegate"] is True
    assert consumer.post(f"{path}/consent", {**YES, "agree": False})["mediation"]["both_delegate"] is False
    assert officer.refused(f"{path}/delegate", ASKED) == "guard_not_met"


def test_the_council_accepts_in_five_and_mediates_in_ten_working_days(
    delegated: str, path: str, council: Caller, officer: Caller
) -> None:
    assert council.get("/delegations")["delegations"][0]["due_at"] == "2026-11-30T15:59:59+00:00"
    assert council.post(f"{delegated}/take-on")["due_at"] == "2026-12-07T15:59:59+00:00"
    seen = officer.get(path)
    assert (seen["state"], seen["deadlines"][0]["clock"]) == ("delegated", "C2"), "the sixty days run on"


def test_its_agreement_comes_back_and_the_bureau_closes(
    delegated: str, path: str, council: Caller, officer: Caller, consumer: Caller, notices: Any
) -> None:
    council.post(f"{delegated}/take-on")
    assert council.post(f"{delegated}/report-agreement", RESULT)["state"] == "agreed"
    assert officer.get(path)["state"] == "in_mediation"
    assert "delegation_decided" in dict(notices(officer))
    done = officer.post(f"{path}/record-agreement", RESULT)
    assert (done["state"], done["closing"]) == ("mediated", "recorded")
    assert consumer.get(path)["agreement_text"] == RESULT["text"]


@pytest.mark.parametrize("step", ["decline", "report-failure"])
def test_without_a_result_the_bureau_goes_on(
    step: str, delegated: str, path: str, council: Caller, officer: Caller
) -> None:
    if step == "report-failure":
        council.post(f"{delegated}/take-on")
    council.post(f"{delegated}/{step}", FAILED)
    assert officer.get(path)["state"] == "in_mediation"
    assert council.get(delegated)["result_text"] == FAILED["text"]
    officer.post(f"{path}/terminate", {"ground": "T23_3", "text": "商家明确表示不能达成协议。"})


def test_nobody_delegates_what_was_delegated_to_them(
    delegated: str, path: str, council: Caller, officer: Caller, consumer: Caller
) -> None:
    council.post(f"{delegated}/take-on")
    council.refused(f"{path}/delegate", ASKED, 403)
    assert officer.refused(f"{path}/delegate", ASKED) == "not_possible_now"
    consumer.refused(f"{delegated}/take-on", None, 403)
    assert len(council.get("/delegations")["delegations"]) == 1


@pytest.mark.parametrize("who", ["officer", "consumer"])
def test_the_bureau_takes_back_and_the_consumer_withdraws(
    who: str, delegated: str, path: str, council: Caller, officer: Caller, consumer: Caller, notices: Any
) -> None:
    council.post(f"{delegated}/take-on")
    if who == "officer":
        assert officer.post(f"{path}/take-back")["state"] == "in_mediation"
    else:
        assert consumer.post(f"{path}/withdraw")["state"] == "withdrawn"
    assert council.get(delegated)["state"] == "recalled"
    assert "delegation_recalled" in dict(notices(council))
    assert council.refused(f"{delegated}/report-agreement", RESULT) == "not_possible_now"


def test_the_council_reaches_the_complainant_while_it_mediates_and_every_look_is_told(
    delegated: str, path: str, council: Caller, consumer: Caller, officer: Caller
) -> None:
    for personal in IDENTITY.values():
        assert personal not in str(council.get(delegated))
    assert council.refused(f"{delegated}/identity", PURPOSE) == "not_mediating"
    council.post(f"{delegated}/take-on")
    assert council.post(f"{delegated}/identity", PURPOSE)["phone"] == IDENTITY["phone"]
    assert [one["purpose"] for one in consumer.get(path)["identity_views"]] == [PURPOSE["purpose"]]
    council.post(f"{delegated}/report-failure", FAILED)
    assert council.refused(f"{delegated}/identity", PURPOSE) == "not_mediating"
    officer.refused(f"{delegated}/identity", PURPOSE, 403)


def test_a_council_that_is_late_is_told_and_so_is_the_officer(
    delegated: str, council: Caller, officer: Caller, clock: FixedClock, work: Any, notices: Any
) -> None:
    clock.advance(days=9)
    work()
    assert "deadline_missed" in dict(notices(council))
    assert "delegation_decided" in dict(notices(officer))


def test_who_has_nothing_to_do_with_it_does_not_find_it(delegated: str, callers: Callers, consumer: Caller) -> None:
    callers.staff(Role.COUNTY_OFFICER, county=YUEQING).get(delegated, 404)
    consumer.get(delegated, 403)
    callers.staff(Role.JOINT_OFFICE).get(delegated, 403)
