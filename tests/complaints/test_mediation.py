"""Mediation by the book: consent of both parties, the call to meet, recusal, absence, what stands of an agreement."""

from typing import Any

import pytest

from backend.access.actor import Role
from backend.kernel.clock import FixedClock
from tests.calling import Caller
from tests.console.office import YUEQING
from tests.pages.town import Shop
from tests.scene import Callers, accepted, agree_to_mediation

MEETING = {"meeting_on": "2026-12-01", "meeting_time": "14:30", "way": "on_site", "place": "二楼调解室"}
AGREED = {"text": "商家三日内退还货款 128.50 元。", "closing": "signed"}


@pytest.fixture
def officer(callers: Callers) -> Caller:
    return callers.staff()


@pytest.fixture
def path(consumer: Caller, member: Caller, officer: Caller, shop: Shop) -> str:
    """A complaint that has just been accepted."""
    return accepted(consumer, member, officer, shop)


def _username(officer: Caller, callers: Callers) -> str:
    return callers._colleagues[officer.account_id].username


def test_nothing_is_mediated_before_bothagree_to_mediation(
    path: str, consumer: Caller, member: Caller, officer: Caller
) -> None:
    for step, body in (("invite", MEETING), ("record-agreement", AGREED)):
        assert officer.refused(f"{path}/{step}", body) == "guard_not_met"
    consumer.post(f"{path}/consent", {"agree": True})
    officer.refused(f"{path}/invite", MEETING, 409)
    seen = member.post(f"{path}/consent", {"agree": True})["mediation"]
    assert seen["both_agree"] is True
    assert [(one["party"], one["agreed"]) for one in seen["consents"]] == [("consumer", True), ("merchant", True)]
    officer.post(f"{path}/invite", MEETING)
    assert officer.post(f"{path}/record-agreement", AGREED)["state"] == "mediated"


def test_an_officer_notes_what_was_answered_elsewhere(path: str, consumer: Caller, officer: Caller) -> None:
    noted = officer.post(f"{path}/note-consent", {"party": "merchant", "agree": True, "way": "phone"})
    assert noted["mediation"]["consents"][0]["way_zh"] == "电话答复"
    consumer.refused(f"{path}/note-consent", {"party": "merchant", "agree": True, "way": "phone"}, 403)


def test_a_refusal_to_mediate_suggests_its_ground_and_decides_nothing(
    path: str, consumer: Caller, member: Caller, officer: Caller
) -> None:
    assert officer.get(path)["suggestion"] is None
    member.post(f"{path}/consent", {"agree": False})
    seen = officer.get(path)
    assert (seen["state"], seen["suggestion"]["ground"]) == ("in_mediation", "T23_2")
    assert "suggestion" not in consumer.get(path)
    member.post(f"{path}/consent", {"agree": True})
    assert officer.get(path)["suggestion"] is None, "the last answer counts"


def test_both_are_called_by_form_7(path: str, consumer: Caller, member: Caller, officer: Caller, notices: Any) -> None:
    agree_to_mediation(consumer, member, path)
    for wrong in (
        {"meeting_on": "2026-11-22"},
        {"meeting_on": "2027-06-01"},
        {"meeting_time": "25:00"},
        {"mediator": "nobody"},
    ):
        officer.refused(f"{path}/invite", {**MEETING, **wrong}, 422)
    called = officer.post(f"{path}/invite", MEETING)["mediation"]
    assert (called["mediator"], called["meetings"][0]["place"]) == ("周同事甲", "二楼调解室")
    assert called["meetings"][0]["meeting_at"] == "2026-12-01T06:30:00+00:00"
    words = "".join(consumer.get(f"{path}/documents/7")["paragraphs"])
    for part in ("2026年12月1日 14:30", "现场，二楼调解室", "周同事甲", "回避"):
        assert part in words
    officer.post(f"{path}/invite", {**MEETING, "meeting_on": "2026-12-02"})
    for party in (consumer, member):
        told = [name for name, _ in notices(party)]
        assert told.count("mediation_invited") == 2, "to the second meeting alone, in two channels"
    assert member.get(path)["mediation"]["meetings"][1]["number"] == 2
    officer.post(f"{path}/record-agreement", AGREED)
    assert "mediation_invited" not in dict(notices(consumer)), "nobody comes in vain"


def test_who_does_not_come_may_end_the_mediation(
    path: str, consumer: Caller, member: Caller, officer: Caller, callers: Callers, clock: FixedClock
) -> None:
    absent = {"party": "merchant", "text": "电话通知两次，没有说明理由。"}
    agree_to_mediation(consumer, member, path)
    officer.refused(f"{path}/absence", absent, 409)
    officer.post(f"{path}/invite", MEETING)
    officer.refused(f"{path}/absence", absent, 409)
    clock.advance(days=9)
    callers.back(officer)
    noted = officer.post(f"{path}/absence", absent)
    assert (noted["state"], noted["suggestion"]["ground"]) == ("in_mediation", "T23_2")
    assert "第 1 次" in noted["suggestion"]["because"]


def test_somebody_else_decides_on_a_recusal(
    path: str, consumer: Caller, member: Caller, officer: Caller, callers: Callers, notices: Any
) -> None:
    colleague = callers.staff()
    agree_to_mediation(consumer, member, path)
    officer.post(f"{path}/invite", MEETING)
    asked = consumer.post(f"{path}/recusal", {"text": "调解人员是店主的亲戚。"})
    assert (asked["state"], asked["deadlines"][0]["state"]) == ("recusal_asked", "running")
    assert "recusal_asked" in dict(notices(colleague))
    for step, body in (("record-agreement", AGREED), ("invite", MEETING)):
        officer.refused(f"{path}/{step}", body, 409)
    granted = {"granted": True, "text": "有利害关系，应当回避。", "mediator": _username(colleague, callers)}
    assert officer.refused(f"{path}/decide-recusal", granted) == "guard_not_met"
    colleague.refused(f"{path}/decide-recusal", {**granted, "mediator": None}, 422)
    colleague.refused(f"{path}/decide-recusal", {**granted, "mediator": _username(officer, callers)}, 422)
    decided = colleague.post(f"{path}/decide-recusal", granted)
    assert (decided["state"], decided["mediation"]["mediator"]) == ("in_mediation", "周同事乙")
    assert officer.refused(f"{path}/record-agreement", AGREED, 403) == "recused"
    assert "reason" not in member.get(path)["mediation"]["recusals"][0], "why is read by the bureau alone"
    assert colleague.post(f"{path}/record-agreement", AGREED)["state"] == "mediated"


def test_a_rejected_recusal_changes_nobody(path: str, member: Caller, officer: Caller, callers: Callers) -> None:
    city = callers.staff(Role.CITY_OFFICER)
    member.post(f"{path}/recusal", {"text": "说话偏向消费者。"})
    decided = city.post(f"{path}/decide-recusal", {"granted": False, "text": "没有利害关系，不需要回避。"})
    assert (decided["state"], decided["mediation"]["recusals"][0]["granted"]) == ("in_mediation", False)
    officer.post(f"{path}/note-consent", {"party": "consumer", "agree": True, "way": "phone"})


@pytest.mark.parametrize(("closing", "letter"), [("signed", True), ("performed", False), ("waived", False)])
def test_a_letter_of_mediation_stands_only_where_it_was_signed(
    path: str, consumer: Caller, member: Caller, officer: Caller, closing: str, letter: bool
) -> None:
    agree_to_mediation(consumer, member, path)
    officer.refused(f"{path}/record-agreement", {"text": AGREED["text"]}, 422)
    done = officer.post(f"{path}/record-agreement", {**AGREED, "closing": closing})
    assert done["closing"] == closing
    assert (9 in [one["number"] for one in consumer.get(path)["documents"]]) is letter
    consumer.get(f"{path}/documents/9", 200 if letter else 404)


def test_nobody_else_speaks_for_a_party(path: str, callers: Callers, officer: Caller) -> None:
    callers.person("lu-ren").refused(f"{path}/consent", {"agree": True}, 404)
    officer.refused(f"{path}/consent", {"agree": True}, 403)
    callers.staff(Role.COUNTY_OFFICER, county=YUEQING).refused(
        f"{path}/note-consent", {"party": "consumer", "agree": True, "way": "phone"}, 404
    )
