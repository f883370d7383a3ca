"""Who answers an offer answers the one that they saw: alone, in a group, and on a page that stood open since."""

from typing import Any

import pytest

from backend.kernel.clock import FixedClock
from tests.calling import Caller
from tests.pages.town import Shop, Town, hidden
from tests.scene import Callers, request_body, take_offer

REPAIR: dict[str, Any] = {"kind": "repair", "text": "送来店里免费修。", "perform_by": "2026-11-24"}
REFUND: dict[str, Any] = {
    "kind": "refund",
    "amount_fen": 12850,
    "text": "不修了，带小票来退款。",
    "perform_by": "2026-11-26",
}
ABOUT = {"about": "十一月在这家店买的电饭煲都不通电，店里一律说要自己寄回。"}


class Offered:
    """A request whose first offer was accepted and not kept; now another offer stands."""

    def __init__(self, consumer: Caller, member: Caller, shop: Shop) -> None:
        self.consumer, self.member = consumer, member
        self.number: str = consumer.post("/settlements", request_body(shop), 201)["case_no"]
        self.path = f"/settlements/{self.number}"
        self.first = self.offer(REPAIR)

    def offer(self, body: object) -> str:
        """returns the stamp that the consumer reads"""
        self.member.post(f"{self.path}/offer", body)
        stamp: str = self.consumer.get(self.path)["offer_stamp"]
        return stamp

    def another(self, clock: FixedClock) -> str:
        take_offer(self.consumer, self.number)
        clock.advance(days=2)
        self.consumer.post(f"{self.path}/not-performed")
        return self.offer(REFUND)


@pytest.fixture
def offered(consumer: Caller, member: Caller, shop: Shop) -> Offered:
    return Offered(consumer, member, shop)


@pytest.mark.parametrize(("step", "then"), [("accept", "agreed"), ("decline", "refused")])
def test_an_offer_that_was_not_seen_is_not_answered(offered: Offered, clock: FixedClock, step: str, then: str) -> None:
    stands = offered.another(clock)
    assert stands != offered.first
    answer = f"{offered.path}/{step}"
    problem = offered.consumer.post(answer, {"offer": offered.first}, 409)
    assert (problem["code"], "现在的方案" in problem["detail"]) == ("offer_changed", True)
    assert offered.consumer.refused(answer, {}, 422) == "invalid_input", "which one must be said"
    assert offered.consumer.get(offered.path)["state"] == "offered"
    assert offered.consumer.post(answer, {"offer": stands})["state"] == then, "the control"


def asked(leader: Caller, consumer: Caller, path: str, shop: Shop, matter: str = "accept_offer") -> None:
    """The consumer comes into the leader's group and is asked, as matter 2, to answer the station's offer."""
    own = f"/settlements/{leader.post('/settlements', request_body(shop), 201)['case_no']}/group"
    code = leader.post(own, ABOUT, 201)["code"]
    consumer.post(f"{path}/group/join", {"code": code}, 201)
    election = {"matter": "election", "text": "推选一号和商家联系。", "candidates": [1]}
    leader.post(f"{own}/proposals", election, 201)
    consumer.post(f"{path}/group/proposals/1/answer", {"agree": True})
    leader.post(f"{own}/proposals", {"matter": matter, "text": "请大家这样答复。"}, 201)


@pytest.mark.parametrize(("matter", "then"), [("accept_offer", "agreed"), ("decline_offer", "refused")])
def test_a_member_of_a_group_consents_about_the_offer_that_they_saw(
    offered: Offered, callers: Callers, shop: Shop, clock: FixedClock, matter: str, then: str
) -> None:
    asked(callers.person("dai-biao"), offered.consumer, offered.path, shop, matter)
    theirs = f"{offered.path}/group"
    assert offered.consumer.get(theirs)["offer_stamp"] == offered.first, "what the page shows"
    stands = offered.another(clock)
    answer = f"{theirs}/proposals/2/answer"
    for unseen in ({"offer": offered.first}, {}):
        assert offered.consumer.refused(answer, {"agree": True, **unseen}) == "offer_changed"
    found = offered.consumer.get(theirs)
    assert (found["offer_stamp"], found["proposals"][0]["answer"]) == (stands, None), "nothing was kept"
    offered.consumer.post(answer, {"agree": True, "offer": stands})
    assert offered.consumer.get(offered.path)["state"] == then, "the control"


def test_pages_that_stood_open_accept_what_they_showed(
    town: Town, callers: Callers, member: Caller, shop: Shop, clock: FixedClock
) -> None:
    consumer = town.person("lin-xiao")
    offered = Offered(callers.of(consumer), member, shop)
    asked(callers.person("dai-biao"), offered.consumer, offered.path, shop)
    case = f"/my/cases/{offered.number}"
    forms = {case: f"{case}/accept", f"{case}/group": f"{case}/group/answer"}
    assert [hidden(consumer.get(page), "offer") for page in forms] == [offered.first] * 2
    stands = offered.another(clock)
    for page, form in [*forms.items(), (case, f"{case}/decline")]:
        again = consumer.refused(page, form, {"number": "2", "agree": "true", "offer": offered.first}, 409)
        assert "看清现在的方案" in again
        assert REFUND["text"] in again
        assert hidden(again, "offer") == stands
    consumer.done(f"{case}/group", f"{case}/group/answer", {"number": "2", "agree": "true", "offer": stands})
    assert "已达成约定" in consumer.get(case), "the control"
