"""Several people with one dispute: a code is passed on, representatives are elected, each consents for themselves, the bureau has one list.

source: Order 121 §12; feature 54 of the domain reference
"""

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from backend.kernel.clock import FixedClock
from tests.calling import Caller
from tests.journeys.test_races import TOGETHER, at_once, outcome
from tests.pages.town import Shop
from tests.scene import IDENTITY, Callers, request_body, take_offer

ABOUT = "十一月在这家店买的电饭煲都不通电，店里一律说要自己寄回厂家。我的电话 13812345678。"
TERMS = "商家在十二月五日前给每人原价退款，并承担来回路费二十元。"
OFFER = {"kind": "replace", "text": "带电饭煲来店里，当场换一台新的。"}
Notices = Callable[..., list[tuple[str, str]]]


class Scene:
    """Three people, each with a case number of their own; the first opens the group."""

    def __init__(self, callers: Callers, shop: Shop, member: Caller) -> None:
        self.callers, self.shop, self.member = callers, shop, member
        self.people = [callers.person(name) for name in ("chen-yi", "lin-er", "wu-san")]
        self.numbers = [one.post("/settlements", request_body(shop), 201)["case_no"] for one in self.people[:1]]
        opened = self.people[0].post(f"/settlements/{self.numbers[0]}/group", {"about": ABOUT}, 201)
        self.code = opened["code"]

    def joined(self) -> None:
        """The second files with the code, the third brings a case of their own."""
        body = {name: value for name, value in request_body(self.shop).items() if name != "token"}
        filed = self.people[1].post(f"/group-codes/{self.code}/settlements", body, 201)
        own = self.people[2].post("/settlements", request_body(self.shop), 201)
        self.numbers += [filed["case_no"], own["case_no"]]
        self.people[2].post(f"{self.path(2)}/join", {"code": self.code.lower()}, 201)

    def elected(self, candidates: list[int]) -> None:
        """The first lays the election, the second agrees; that is more than half."""
        body = {"matter": "election", "text": "我们推选下面的人和商家联系。", "candidates": candidates}
        laid = self.people[0].post(f"{self.path(0)}/proposals", body, 201)["proposals"][0]
        self.answer(1, laid["number"])

    def path(self, who: int) -> str:
        """The group, by one person's own case."""
        return f"/settlements/{self.numbers[who]}/group"

    def lay(self, who: int, matter: str, text: str = "请大家今天就答复。") -> int:
        """A representative lays a matter before the members. returns its number"""
        found = self.people[who].post(f"{self.path(who)}/proposals", {"matter": matter, "text": text}, 201)
        number: int = found["proposals"][0]["number"]
        return number

    def answer(self, who: int, number: int, agree: bool = True, **more: Any) -> Any:
        """One person's answer."""
        return self.people[who].post(f"{self.path(who)}/proposals/{number}/answer", {"agree": agree, **more})

    def states(self) -> list[str]:
        """Where each one's own case is."""
        return [
            one.get(f"/settlements/{number}")["state"] for one, number in zip(self.people, self.numbers, strict=True)
        ]

    def complaint(self, who: int) -> str:
        """The number that one person's case has at the bureau."""
        number: str = self.people[who].get(f"/settlements/{self.numbers[who]}")["complaint_no"]
        return number


@pytest.fixture
def scene(callers: Callers, shop: Shop, member: Caller) -> Scene:
    return Scene(callers, shop, member)


def test_the_group(scene: Scene, callers: Callers, notices: Notices) -> None:
    first, second, third = scene.people
    shown = second.post("/group-codes/look", {"code": scene.code})
    assert (shown["unit_name"], shown["count"]) == ("瓯越电器", 1)
    assert "13812345678" not in json.dumps(shown)
    scene.joined()
    assert first.get(scene.path(0))["count"] == 3

    scene.elected([1, 2])
    found = third.get(scene.path(2))
    assert (len(found["representatives"]), found["represented"], found["me"]["represented"]) == (2, 2, False)
    assert ("group_represented", "inbox") in notices(third)
    assert scene.answer(2, 1)["me"]["represented"], "who was slow agrees to the election that holds"

    assert sorted(scene.member.post(f"{scene.path(0)}/offer", OFFER)["case_nos"]) == sorted(scene.numbers)
    number = scene.lay(1, "decline_offer", "换新还会坏，请大家不接受，要求退款。")
    assert ("group_asked", "inbox") in notices(third)
    for who in (0, 1):
        scene.answer(who, number, offer=scene.people[who].get(scene.path(who))["offer_stamp"])
    scene.answer(2, number, agree=False)
    assert scene.states() == ["refused", "refused", "offered"], "who did not consent keeps what they had"
    take_offer(third, scene.numbers[2])
    third.post(f"/settlements/{scene.numbers[2]}/confirm-performed")
    assert ("group_answered", "inbox") in notices(second)

    number = scene.lay(1, "escalate")
    for who in (0, 1):
        path = f"{scene.path(who)}/proposals/{number}/answer"
        assert scene.people[who].refused(path, {"agree": True}, 422) == "identity_missing"
        scene.answer(who, number, identity={**IDENTITY, "phone": f"1385771000{who}"})
    assert scene.states() == ["escalated", "escalated", "performed"]
    assert second.get(scene.path(1))["proposals"][0]["state"] == "closed", "whose own case is over is not waited for"

    officer = callers.staff()
    case = f"/complaints/{scene.complaint(0)}"
    listed = officer.get(f"{case}/group")
    assert (listed["count"], listed["at_bureau"]) == (3, 2)
    assert [one["complaint_no"] for one in listed["members"]] == [scene.complaint(0), scene.complaint(1), None]
    both = [scene.complaint(0), scene.complaint(1)]
    assert officer.refused(f"{case}/group/accept", {"case_nos": ["TS20261123-7K3QX9C"]}, 422)
    officer.post(f"{case}/group/accept", {"case_nos": both})
    for who in (0, 1):
        forms = {one["reference"] for one in scene.people[who].get(f"/complaints/{both[who]}")["documents"]}
        assert forms == {"1", "5"}, "form 1 and the decision for each"
    number = scene.lay(1, "mediate")
    for who in (0, 1):
        scene.answer(who, number)
        scene.member.post(f"/complaints/{both[who]}/consent", {"agree": True})
    meeting = {"meeting_on": "2026-12-01", "meeting_time": "14:30", "way": "on_site", "place": "鹿城区市场监管局二楼"}
    officer.post(f"{case}/group/invite", {"case_nos": both, **meeting})
    terms = scene.lay(1, "agree", TERMS)
    scene.answer(0, terms)
    scene.answer(1, terms, agree=False)
    record = {"case_nos": both, "number": terms, "closing": "performed"}
    assert officer.refused(f"{case}/group/record-agreement", record) == "member_has_not_agreed"
    officer.post(f"{case}/group/record-agreement", {**record, "case_nos": both[:1]})
    ended = [officer.get(f"/complaints/{one}") for one in both]
    assert [one["state"] for one in ended] == ["mediated", "in_mediation"]
    assert ended[0]["agreement_text"] == TERMS


def test_what_is_refused(scene: Scene, callers: Callers, clock: FixedClock, work: Callable[[], None]) -> None:
    first = scene.people[0]
    assert first.refused(f"{scene.path(0)}/join", {"code": scene.code}) == "in_a_group"
    assert first.refused(scene.path(0), {"about": ABOUT}) == "in_a_group"
    election = {"matter": "election", "text": "我们推选下面的人。", "candidates": [1]}
    assert first.refused(f"{scene.path(0)}/proposals", election) == "too_few"
    scene.joined()
    assert first.refused(f"{scene.path(0)}/proposals", {**election, "candidates": [1, 2, 3]}, 422) == (
        "representatives_one_or_two"
    )
    assert first.refused(f"{scene.path(0)}/proposals", {**election, "candidates": [9]}, 422) == "candidate_not_member"
    laid = {"matter": "withdraw", "text": "大家都撤回吧，商家答应了。"}
    assert first.refused(f"{scene.path(0)}/proposals", laid, 403) == "not_representative"
    again = first.post("/settlements", request_body(scene.shop), 201)["case_no"]
    assert first.refused(f"/settlements/{again}/group/join", {"code": scene.code}) == "one_case_each"
    stranger = callers.person("lu-ren")
    other = stranger.post("/settlements", request_body(callers._town.shop("江心海鲜")), 201)["case_no"]
    assert stranger.refused(f"/settlements/{other}/group/join", {"code": scene.code}, 422) == "other_unit"
    assert stranger.refused(f"/settlements/{other}/group/join", {"code": "0000-0000-0000"}, 404) == "group_code_wrong"
    stranger.get(scene.path(0), 404)
    stranger.post(f"{scene.path(0)}/proposals", laid, 404)
    insider = scene.member.post("/settlements", request_body(scene.shop), 201)["case_no"]
    assert scene.member.refused(f"/settlements/{insider}/group/join", {"code": scene.code}, 403) == "own_station"

    scene.elected([1, 3])
    found = first.get(scene.path(0))
    assert found["representatives"] == [], "a candidate must be willing"
    assert first.refused(f"{scene.path(0)}/proposals", election) == "answers_awaited"
    assert scene.people[1].refused(f"{scene.path(1)}/proposals/1/take-back", None, 403) == "not_laid_by_you"
    assert scene.people[1].refused(f"{scene.path(1)}/proposals/1/answer", {"agree": False}) == "answered_already"
    clock.advance(days=4)
    work()
    assert scene.people[2].refused(f"{scene.path(2)}/proposals/1/answer", {"agree": True}) == "answer_over"
    assert first.get(scene.path(0))["proposals"][0]["state"] == "closed"

    scene.elected([1])
    number = scene.lay(0, "accept_offer")
    path = f"{scene.path(1)}/proposals/{number}/answer"
    assert scene.people[1].refused(path, {"agree": True}) == "not_possible_now", "there is no offer yet"
    assert scene.people[1].get(scene.path(1))["proposals"][0]["answer"] is None, "and nothing was kept of it"
    first.post(f"{scene.path(0)}/proposals/{number}/take-back")
    assert scene.people[1].refused(path, {"agree": False}) == "answer_over"
    clock.advance(days=15)
    assert stranger.refused("/group-codes/look", {"code": scene.code}) == "group_code_over"


def test_a_member_leaves_and_another_is_elected(scene: Scene, notices: Notices) -> None:
    scene.joined()
    scene.elected([1])
    scene.people[0].post(f"{scene.path(0)}/leave", status=204)
    scene.people[0].get(scene.path(0), 404)
    found = scene.people[2].get(scene.path(2))
    assert (found["count"], found["representatives"]) == (2, [])
    assert ("group_unrepresented", "inbox") in notices(scene.people[2])
    body = {"matter": "election", "text": "改选下面的人。", "candidates": [2]}
    laid = scene.people[2].post(f"{scene.path(2)}/proposals", body, 201)["proposals"][0]
    assert laid["number"] == 2, "a new version beside the old one"
    assert len(scene.answer(1, 2)["representatives"]) == 1
    again = scene.people[0].post(f"{scene.path(0)}/join", {"code": scene.code}, 201)
    assert (again["me"]["position"], again["me"]["represented"]) == (4, False)
    assert scene.states() == ["awaiting_answer"] * 3, "none of it moved anybody's case"


def test_no_member_learns_who_another_is(scene: Scene, callers: Callers) -> None:
    """A canary in everything that a member, a representative or the station reads of the group."""
    scene.joined()
    scene.elected([1, 2])
    scene.member.post(f"/settlements/{scene.numbers[0]}/refuse", {"text": "商品已拆封使用，不能退货。"})
    number = scene.lay(0, "escalate", "请大家一起去，我的电话 13812345678，微信 wx_chen_yi88。")
    scene.answer(
        0, number, identity={**IDENTITY, "name": "闻人清越", "phone": "13900008888", "address": "鹊桥路口 9 号"}
    )
    planted = ["闻人清越", "13900008888", "鹊桥路口", "13812345678", "wx_chen_yi88", scene.people[0].account_id]
    for reader, path in (
        *((one, scene.path(who)) for who, one in enumerate(scene.people)),
        (scene.member, scene.path(0)),
    ):
        told = json.dumps(reader.get(path), ensure_ascii=False)
        assert [one for one in planted if one and one in told] == []
    seen = scene.people[2].get(scene.path(2))
    assert scene.numbers[0] not in json.dumps(seen), "nor the number of another's case"
    officer = callers.staff()
    told = json.dumps(officer.get(f"/complaints/{scene.complaint(0)}/group"), ensure_ascii=False)
    assert [one for one in planted if one and one in told] == [], (
        "the officer looks at it with a reason, each look noted"
    )
    shown = officer.post(f"/complaints/{scene.complaint(0)}/identity", {"purpose": "电话联系投诉人"})
    assert shown["name"] == "闻人清越", "the control"


def test_of_many_who_join_or_consent_at_once_one_counts(scene: Scene, app: Flask) -> None:
    newcomer = scene.people[2]
    own = newcomer.post("/settlements", request_body(scene.shop), 201)["case_no"]
    path, code = f"/settlements/{own}/group/join", {"code": scene.code}
    answers = at_once(app, lambda api, _: api("POST", path, newcomer.token, code))
    assert Counter(map(outcome, answers)) == {(201, ""): 1, (409, "in_a_group"): TOGETHER - 1}

    body = {"matter": "election", "text": "我们推选下面的人。", "candidates": [1]}
    laid = at_once(app, lambda api, _: api("POST", f"{scene.path(0)}/proposals", scene.people[0].token, body))
    assert Counter(map(outcome, laid)) == {(201, ""): 1, (409, "answers_awaited"): TOGETHER - 1}
    answered = f"/settlements/{own}/group/proposals/1/answer"
    answers = at_once(app, lambda api, _: api("POST", answered, newcomer.token, {"agree": True}))
    assert Counter(map(outcome, answers)) == {(200, ""): 1, (409, "answered_already"): TOGETHER - 1}
    found = newcomer.get(f"/settlements/{own}/group")
    assert (found["count"], found["proposals"][0]["agreed"]) == (2, 2)

    scene.member.post(f"{scene.path(0)}/offer", OFFER)
    number = scene.lay(0, "accept_offer")
    consent = f"/settlements/{own}/group/proposals/{number}/answer"
    agreed = {"agree": True, "offer": newcomer.get(f"/settlements/{own}/group")["offer_stamp"]}
    answers = at_once(app, lambda api, _: api("POST", consent, newcomer.token, agreed))
    assert Counter(map(outcome, answers)) == {(200, ""): 1, (409, "answered_already"): TOGETHER - 1}
    assert newcomer.get(f"/settlements/{own}")["state"] == "agreed"
