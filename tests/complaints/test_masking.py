"""A phone number typed into the facts is hidden from the station, on every way it reads them, and from nobody else."""

from backend.kernel.masking import HIDDEN
from tests.pages.town import Shop, Town
from tests.scene import IDENTITY, Callers, request_body

FACTS = "买的电饭煲用了三天就不通电。我电话 13857712345，微信 chen_5771，请回电。"


def test_the_station_reads_the_facts_without_the_number(callers: Callers, town: Town, shop: Shop) -> None:
    author, browser = callers.person("gu-ke"), town.member(shop)
    number = author.post("/settlements", request_body(shop, facts=FACTS), 201)["case_no"]
    shown = callers.of(browser).get(f"/settlements/{number}")["facts"]
    assert shown == f"买的电饭煲用了三天就不通电。我电话 {HIDDEN}，{HIDDEN}，请回电。"
    page = browser.get(f"/station/{number}")
    assert HIDDEN in page
    assert "13857712345" not in page
    assert "chen_5771" not in page


def test_the_author_and_the_bureau_read_what_was_typed(callers: Callers, town: Town, shop: Shop) -> None:
    author, member, officer = callers.person("gu-ke"), callers.member(shop), callers.staff()
    number = author.post("/settlements", request_body(shop, facts=FACTS), 201)["case_no"]
    assert author.get(f"/settlements/{number}")["facts"] == FACTS
    member.post(f"/settlements/{number}/refuse", {"text": "不是质量问题，不能退。"})
    complaint = author.post(f"/settlements/{number}/escalate", {"identity": IDENTITY}, 201)["case_no"]
    assert officer.get(f"/complaints/{complaint}")["dispute"]["facts"] == FACTS
