"""Mediation by the book: both agree, one asks that the mediator step back, somebody else decides, they meet and sign."""

from collections.abc import Callable

from backend.access.actor import Role
from backend.kernel.clock import FixedClock
from tests.pages.town import Shop
from tests.scene import IDENTITY, Callers, request_body

Notices = Callable[..., list[tuple[str, str]]]


def test_a_dispute_is_mediated(callers: Callers, shop: Shop, clock: FixedClock, notices: Notices) -> None:
    consumer, member = callers.person("gu-ke"), callers.member(shop)
    officer, chief = callers.staff(), callers.staff(Role.CITY_OFFICER)

    number = consumer.post("/settlements", request_body(shop, identity=IDENTITY), 201)["case_no"]
    member.post(f"/settlements/{number}/refuse", {"text": "商品已拆封使用，不能退货。"})
    complaint = "/complaints/" + consumer.post(f"/settlements/{number}/escalate", {}, 201)["case_no"]

    accepted = officer.post(f"{complaint}/accept")
    assert accepted["deadlines"][0]["clock"] == "C2"
    assert ("complaint_accepted", "inbox") in notices(consumer)
    assert ("mediation_consent_asked", "inbox") in notices(member)

    consumer.post(f"{complaint}/consent", {"agree": True})
    officer.post(f"{complaint}/note-consent", {"party": "merchant", "agree": True, "way": "phone"})
    meeting = {"meeting_on": "2026-12-01", "meeting_time": "14:30", "way": "on_site", "place": "二楼调解室"}
    officer.post(f"{complaint}/invite", meeting)
    assert ("mediation_invited", "inbox") in notices(member)

    stopped = consumer.post(f"{complaint}/recusal", {"text": "调解人员是店主的亲戚。"})
    assert stopped["state"] == "recusal_asked"
    officer.refused(f"{complaint}/decide-recusal", {"granted": False, "text": "我认为不需要回避。"})
    decided = chief.post(f"{complaint}/decide-recusal", {"granted": False, "text": "查无亲属关系，不需要回避。"})
    assert decided["state"] == "in_mediation"

    clock.advance(days=8, hours=6)
    callers.back(officer)
    agreed = {"text": "商家当日退还货款 128.50 元，消费者退回电饭煲。", "closing": "signed"}
    done = officer.post(f"{complaint}/record-agreement", agreed)
    assert (done["state"], done["deadlines"]) == ("mediated", [])
    forms = [one["title"] for one in consumer.get(complaint)["documents"]]
    assert forms == ["投诉登记表", "投诉受理决定书", "投诉调解通知书", "投诉调解书"]
