"""While officers alone speak to somebody who is threatened, no words of the station's reach them; what is not words still does."""

from io import BytesIO
from typing import Any

import pytest

from backend.kernel.clock import FixedClock
from tests.calling import Caller
from tests.compensation import steps
from tests.pages.town import Shop, Town
from tests.scene import Callers, picture, request_body

from .test_retaliation import told

SAID = "你再闹，就到你单位去说。"
OFFER = {"kind": "refund", "amount_fen": 12850, "text": SAID}
WORDLESS = {"kind": "refund", "amount_fen": 12850, "perform_by": "2026-11-30"}


@pytest.fixture
def number(consumer: Caller, shop: Shop) -> str:
    """A request to the station."""
    made: str = consumer.post("/settlements", request_body(shop), 201)["case_no"]
    return made


class Shield:
    """An officer who shields a consumer, and stops doing so."""

    def __init__(self, callers: Callers, consumer: Caller, number: str) -> None:
        self.officer = callers.staff()
        self.path = f"/retaliations/{told(consumer, case_no=number)['case_no']}"
        self.officer.post(f"{self.path}/take")
        self.do("through_officer")

    def do(self, step: str) -> None:
        self.officer.post(f"{self.path}/protect", {"step": step})


def sent_photo(member: Caller, number: str, status: int = 201) -> Any:
    files = {"photo": (BytesIO(picture()), "receipt.jpg")}
    return member.post(f"/settlements/{number}/photos", status=status, data=files, content_type="multipart/form-data")


def test_an_offer_brings_no_words(consumer: Caller, member: Caller, callers: Callers, number: str, shop: Shop) -> None:
    shield = Shield(callers, consumer, number)
    path = f"/settlements/{number}"
    problem = member.post(f"{path}/offer", OFFER, 409)
    assert problem["code"] == "through_officer"
    assert "市场监管部门" in problem["detail"]
    assert "打击报复" not in problem["detail"], "not why"
    assert sent_photo(member, number, 409)["code"] == "through_officer", "a photo carries words, too"
    assert member.get(path)["through_officer"] is True
    assert consumer.get(path)["state"] == "awaiting_answer"
    member.post(f"{path}/offer", WORDLESS)
    offered = consumer.get(path)
    assert (offered["state"], offered["offer_fen"], offered["offer_text"]) == ("offered", 12850, None)
    assert offered["perform_by"] == "2026-11-30"

    other = consumer.post("/settlements", request_body(shop), 201)["case_no"]
    assert member.refused(f"/settlements/{other}/offer", WORDLESS, 422) == "text_missing", "nobody shields here"
    member.post(f"/settlements/{other}/offer", OFFER)
    assert consumer.get(f"/settlements/{other}")["offer_text"] == SAID, "the control"
    shield.do("end_through_officer")
    assert sent_photo(member, number)["position"] == 1, "the control"


def test_a_refusal_brings_no_words(consumer: Caller, member: Caller, callers: Callers, number: str, shop: Shop) -> None:
    shield = Shield(callers, consumer, number)
    path = f"/settlements/{number}"
    assert member.refused(f"{path}/refuse", {"text": SAID}) == "through_officer"
    member.post(f"{path}/refuse", {})
    refused = consumer.get(path)
    assert (refused["state"], refused["refusal_text"]) == ("refused", None)

    other = consumer.post("/settlements", request_body(shop), 201)["case_no"]
    member.refused(f"/settlements/{other}/refuse", {}, 422)
    member.post(f"/settlements/{other}/refuse", {"text": SAID})
    assert consumer.get(f"/settlements/{other}")["refusal_text"] == SAID, "the control"
    shield.do("end_through_officer")


def test_an_answer_to_the_group_leaves_out_who_is_shielded(
    consumer: Caller, member: Caller, callers: Callers, number: str, shop: Shop
) -> None:
    friend = callers.person("tong-ban")
    own = friend.post("/settlements", request_body(shop), 201)["case_no"]
    about = {"about": "十一月在这家店买的电饭煲都不通电，店里一律说要自己寄回。"}
    code = consumer.post(f"/settlements/{number}/group", about, 201)["code"]
    friend.post(f"/settlements/{own}/group/join", {"code": code}, 201)
    shield = Shield(callers, consumer, number)
    assert member.post(f"/settlements/{number}/group/offer", OFFER)["case_nos"] == [own]
    assert member.refused(f"/settlements/{number}/group/offer", OFFER) == "nothing_to_answer"
    shield.do("end_through_officer")
    assert member.post(f"/settlements/{number}/group/offer", OFFER)["case_nos"] == [number], "the control"


def test_declining_to_pay_first_brings_no_words(
    consumer: Caller, member: Caller, callers: Callers, shop: Shop, clock: FixedClock
) -> None:
    number = steps.agreed(consumer, member, shop)
    shield = Shield(callers, consumer, number)
    clock.advance(days=4)
    for again in (False, True):
        asked = consumer.post(f"/settlements/{number}/advance", steps.ASKED, 201)["case_no"]
        decline = f"/advances/{asked}/decline"
        if again:
            callers.back(shield.officer)
            shield.do("end_through_officer")
            assert member.refused(decline, {}, 422) == "text_missing"
            assert member.post(decline, {"text": SAID})["decision_text"] == SAID, "the control"
        else:
            assert member.refused(decline, {"text": SAID}) == "through_officer"
            assert member.post(decline, {})["decision_text"] is None


def test_the_stations_pages_ask_for_no_words(consumer: Caller, callers: Callers, town: Town, shop: Shop) -> None:
    browser = town.member(shop, "zhan-wang")
    number = consumer.post("/settlements", request_body(shop), 201)["case_no"]
    path = f"/station/{number}"
    assert "具体怎么做" in browser.get(path), "the control"
    talk = browser.get(f"{path}/messages")
    assert 'name="text"' in talk, "the control"
    assert "都可以写在这里" in talk, "the control"
    Shield(callers, consumer, number)
    page = browser.get(path)
    assert "由市场监管人员转告双方" in page
    assert "<textarea" not in page
    assert 'name="photo"' not in page
    talk = browser.get(f"{path}/messages")
    assert 'name="text"' not in talk
    assert "都可以写在这里" not in talk
    page = browser.done(path, f"{path}/refuse", {"form_scope": "refuse"})
    assert "您没有同意" in page
