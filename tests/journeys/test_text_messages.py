"""A consumer who never opens WeChat's door to messages hears of the offer by text message, in the morning."""

import re
from collections.abc import Callable

from backend.kernel.clock import FixedClock
from tests.pages.town import Shop, Town
from tests.scene import Callers, request_body, take_offer
from wechat_double.server import Double


def test_an_offer_made_at_night_is_heard_of_in_the_morning(
    callers: Callers, shop: Shop, town: Town, double: Double, clock: FixedClock, work: Callable[[], None]
) -> None:
    """She gives her number on the page, proves it, and goes home."""
    browser = town.person("gu-ke")
    browser.done("/my/phone", "/my/phone", {"phone": "13857712345", "version": "2026-11"})
    work()
    (code,) = [re.findall(r"验证码 (\d{6})", text["text"])[0] for text in double.state.texts.values()]
    assert "138****2345" in browser.done("/my/phone", "/my/phone/confirm", {"code": code})
    double.state.texts.clear()

    consumer, member = callers.of(browser), callers.member(shop)
    number = consumer.post("/settlements", request_body(shop), 201)["case_no"]

    # The station offers at eleven in the evening; nobody's phone rings.
    clock.advance(hours=13)
    member.post(f"/settlements/{number}/offer", {"kind": "refund", "amount_fen": 12850, "text": "来店里退款。"})
    work()
    assert double.state.texts == {}
    assert consumer.get("/notices")["items"][0]["title"] == "商家给出了和解方案", "the inbox has it at once"

    # At eight it rings once; the text names the case and nothing else.
    clock.advance(hours=9)
    work()
    (text,) = double.state.texts.values()
    assert text["to"] == "13857712345"
    assert text["text"].startswith(f"商家给出了和解方案，编号 {number}。请点开查看：")
    assert shop.name not in text["text"]

    # Another night, another offer; this time she accepts before the morning, and it does not ring for what is done.
    double.state.texts.clear()
    other = consumer.post("/settlements", request_body(shop), 201)["case_no"]
    clock.advance(hours=14)
    member.post(f"/settlements/{other}/offer", {"kind": "refund", "amount_fen": 12850, "text": "来店里退款。"})
    work()
    take_offer(consumer, other)
    clock.advance(hours=10)
    work()
    assert double.state.texts == {}
