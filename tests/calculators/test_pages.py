"""The calculators as people and programs meet them: without a name, and into a settlement request."""

import re

import pytest
from flask import Flask

from backend.merchants.rules import DUTIES, Commitment
from tests.pages.town import Browser, Shop, Town
from tests.scene import Callers

STORED = {"card": "stored", "cause": "not_consumer", "paid_fen": "1000", "bonus_fen": "200", "used_fen": "300"}


@pytest.fixture
def promising(town: Town) -> Shop:
    """A shop that takes back within seven days what was bought there."""
    return town.shop("瓯越电器", commitments=((Commitment.NO_REASON_RETURN, 7), *((duty, None) for duty in DUTIES)))


@pytest.fixture
def nobody(app: Flask) -> Browser:
    """Somebody who did not sign in."""
    return Browser(app.test_client(), app, "")


def link_in(page: str, among: str = "b") -> str:
    """Where the result leads: to the request at a badge, or from the register (`units`)."""
    found = re.search(rf'href="(/{among}/[^"]+/complain\?[^"]+)"', page)
    assert found is not None, page
    assert len(found[1]) < 500, "the way through sign-in keeps addresses of 500 characters"
    return found[1]


def test_the_interface_computes_without_a_name(callers: Callers, promising: Shop) -> None:
    nobody = callers.nobody()
    body = {"card": "stored", "cause": "consumer", "paid_fen": 100_000, "bonus_fen": 20_000, "used_fen": 30_000}
    assert nobody.post("/calculators/prepaid-refund", body)["refund_fen"] == 70_000
    assert nobody.refused("/calculators/prepaid-refund", {**body, "used_fen": 999_999}, 422) == "facts_contradict"
    bought = {"channel": "shop", "goods": "ordinary", "condition": "intact", "received_on": "2026-11-20"}
    assert not nobody.post("/calculators/return-right", bought)["allowed"]
    there = nobody.post("/calculators/return-right", {**bought, "token": promising.token})
    assert there["allowed"]
    assert there["rights"][1]["last_on"] == "2026-11-27"
    assert (
        nobody.refused("/calculators/return-right", {**bought, "received_on": "2020-01-01"}, 422) == "day_out_of_range"
    )


def test_a_result_writes_the_request(town: Town, promising: Shop, nobody: Browser) -> None:
    result = nobody.post("/prepaid-refund", "/prepaid-refund", {**STORED, "token": promising.token}).text
    assert "应退本金 750 元" in result
    assert "第十八条" in result
    written = town.person("gu-ke").get(link_in(result.replace("&amp;", "&")))
    assert 'value="750.00"' in written
    assert "我要求退还预付款 750.00 元" in written


def test_a_return_writes_the_request(town: Town, promising: Shop, nobody: Browser) -> None:
    bought = {"channel": "shop", "goods": "ordinary", "condition": "intact", "received_on": "2026-11-20"}
    result = nobody.post("/return-right", "/return-right", {**bought, "token": promising.token}).text
    assert "可以退货" in result
    assert "线下 7 天无理由退货" in town.person("gu-ke").get(link_in(result.replace("&amp;", "&")))


def test_a_result_comes_back_into_the_request_from_the_register(town: Town, promising: Shop, nobody: Browser) -> None:
    guest, asking = town.person("gu-ke"), f"/units/{promising.certificate_no}/complain"
    bought = {"channel": "shop", "goods": "ordinary", "condition": "intact", "received_on": "2026-11-20"}
    for calculator, facts, written in (
        ("/prepaid-refund", STORED, "我要求退还预付款 750.00 元"),
        ("/return-right", bought, "线下 7 天无理由退货"),
    ):
        opened = re.search(rf'href="({calculator}\?number=[^"]+)"', guest.get(asking))
        assert opened is not None
        assert "瓯越电器" in nobody.get(opened[1])
        result = nobody.post(opened[1], calculator, {**facts, "number": promising.certificate_no}).text
        assert written in guest.get(link_in(result.replace("&amp;", "&"), "units"))


@pytest.mark.parametrize(
    "spoilt", ["from=prepaid&card=x", "from=return", "from=prepaid&card=stored&cause=consumer&paid_fen=0", "from=%00"]
)
def test_a_spoilt_address_leaves_the_request_empty(town: Town, shop: Shop, spoilt: str) -> None:
    assert "我要求退" not in town.person("gu-ke").get(f"/b/{shop.token}/complain?{spoilt}")


def test_contradicting_facts_come_back_beside_their_field(nobody: Browser) -> None:
    page = nobody.refused("/prepaid-refund", "/prepaid-refund", {**STORED, "used_fen": "5000"})
    assert "不能比实付加赠送还多" in page
    assert 'value="5000"' in page


def test_a_foreign_badge_is_no_badge(nobody: Browser) -> None:
    assert "从店里的放心码或者名录" in nobody.get("/return-right?token=x")
