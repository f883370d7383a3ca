"""What may be the same dispute is suggested and merged by a person; what §17 lets an officer weigh is counted, and never judged."""

from typing import Any

import sqlalchemy as sa

from backend.complaints import likeness
from backend.complaints.model import Complaint, Settlement
from backend.infrastructure.database import session
from backend.kernel.clock import FixedClock
from tests.calling import Caller
from tests.console.office import Office
from tests.pages.town import Browser, Shop, Town
from tests.scene import IDENTITY, Callers, request_body

QUEUE = "/console/complaints"
OTHER_TEXT = "同一个电饭煲换过一次，还是不通电，请退货。"
SAME = {"text": "同一张小票、同一件商品，上个月已经投诉。", "form_scope": "merge"}


def lodged(person: Caller, member: Caller, shop: Shop, identity: dict[str, str] = IDENTITY, **changed: Any) -> str:
    """The number of a new complaint."""
    number = person.post("/settlements", request_body(shop, **changed), 201)["case_no"]
    member.post(f"/settlements/{number}/refuse", {"text": "小票丢了，没有办法退货。"})
    case_no: str = person.post(f"/settlements/{number}/escalate", {"identity": identity}, 201)["case_no"]
    return case_no


def like(town: Town, number: str) -> list[tuple[str, ...]]:
    """Why the other disputes may be the same one."""

    def found() -> list[tuple[str, ...]]:
        complaint = session().scalars(sa.select(Complaint).filter_by(case_no=number)).one()
        settlement = session().get_one(Settlement, complaint.settlement_id)
        return [one.because for one in likeness.like(settlement)]

    return list(town.act(found))


def test_the_same_person_phone_or_order_within_ninety_days_is_suggested(
    callers: Callers, town: Town, member: Caller, shop: Shop, clock: FixedClock
) -> None:
    person, other = callers.person("gu-ke"), callers.person("gu-ke-2")
    first = lodged(person, member, shop, order_no="dd 20261120-1")
    assert like(town, first) == []
    lodged(other, member, shop, {**IDENTITY, "phone": "13900000001"}, facts=OTHER_TEXT, order_no="DD20261120-1")
    assert like(town, first) == [("订单号相同",)]
    lodged(other, member, shop, IDENTITY, facts=OTHER_TEXT)
    assert ("电话相同",) in like(town, first)
    lodged(callers.person("gu-ke-3"), member, shop, {**IDENTITY, "phone": "13900000003"}, facts=OTHER_TEXT)
    assert len(like(town, first)) == 2, "the control: somebody else with another phone is not suggested"
    clock.advance(days=91)
    late = lodged(callers.person("gu-ke"), callers.of(town.person("zhan-wang")), shop)
    assert like(town, late) == [], "after ninety days it is another matter"


def test_the_consumer_is_told_what_they_brought_before(
    callers: Callers, town: Town, member: Caller, shop: Shop
) -> None:
    browser = town.person("gu-ke")
    person = callers.of(browser)
    mine = f"/units/{shop.certificate_no}/my-settlements"
    assert person.get(mine) == {"settlements": [], "full": False}
    assert "您已经提过" not in browser.get(f"/b/{shop.token}/complain")
    number = person.post("/settlements", request_body(shop, order_no="DD1"), 201)["case_no"]
    (seen,) = person.get(mine)["settlements"]
    assert (seen["case_no"], seen["state_zh"], seen["nature_zh"]) == (number, "等待联络站答复", "质量")
    page = browser.get(f"/b/{shop.token}/complain")
    assert "您已经提过" in page
    assert number in page
    assert callers.person("gu-ke-2").get(mine)["settlements"] == []
    assert person.get(f"/settlements/{number}")["order_no"] == "DD1"
    assert "order_no" not in member.get(f"/settlements/{number}"), "an order's number would tell the shop who it is"


def test_a_person_merges_what_is_the_same_dispute(
    officer: Browser, town: Town, callers: Callers, member: Caller, shop: Shop, notices: Any
) -> None:
    browser = town.person("gu-ke")
    person = callers.of(browser)
    first, second = lodged(person, member, shop), lodged(person, member, shop)
    case = f"{QUEUE}/{second}"
    page = officer.get(case)
    assert "可能是同一件事的有 1 件" in page
    assert "同一个人提的、电话相同、写的经过相同" in page
    page = officer.done(case, f"{case}/merge", {**SAME, "into": first})
    assert "已并入另一件投诉" in page
    assert second in officer.get(f"{QUEUE}/{first}")
    assert ("complaint_merged", "inbox") in notices(person)
    page = browser.get(f"/my/cases/{second}")
    assert "上个月已经投诉" in page
    assert first in page
    assert callers.staff().refused(f"/complaints/{second}/accept") == "not_possible_now"


def test_what_is_not_the_same_persons_or_units_is_not_merged(
    officer: Browser, town: Town, callers: Callers, member: Caller, shop: Shop
) -> None:
    person, other = callers.person("gu-ke"), callers.person("gu-ke-2")
    book_shop = town.shop("鹿城书店", station="南塘联络站")
    number = lodged(person, member, shop)
    elsewhere = lodged(person, callers.member(book_shop, "zhan-li"), book_shop)
    anothers = lodged(other, member, shop, {**IDENTITY, "phone": "13900000002"})
    closed = lodged(person, member, shop)
    person.post(f"/complaints/{closed}/withdraw")
    case = f"{QUEUE}/{number}"
    for into, words, status in (
        (elsewhere, "同一家单位", 422),
        (number, "同一家单位", 422),
        (anothers, "不是同一个人提的", 422),
        (closed, "已经办结", 409),
    ):
        assert words in officer.refused(case, f"{case}/merge", {**SAME, "into": into}, status)
    assert person.get(f"/complaints/{number}")["state"] == "received"


def test_facts_are_counted_and_not_judged(
    officer: Browser, office: Office, town: Town, callers: Callers, member: Caller, shop: Shop
) -> None:
    first = lodged(callers.person("gu-ke"), member, shop)
    same = request_body(shop)["facts"].replace("，", " , ")
    lodged(callers.person("gu-ke-2"), member, shop, facts=same)

    def facts() -> dict[str, int]:
        complaint = session().scalars(sa.select(Complaint).filter_by(case_no=first)).one()
        return {one.label: one.count for one in likeness.facts(complaint)}

    assert town.act(facts) == {
        "这个人一年内的投诉": 1,
        "其中对这家单位的": 1,
        "其中涉及的单位": 1,
        "写的经过完全相同的诉求": 2,
        "写过相同经过的人": 2,
        "用过同一个电话的其他人": 1,
        "用过同一个地址的其他人": 1,
    }
    page = officer.get(f"{QUEUE}/{first}")
    assert "用过同一个电话的其他人：<strong>1</strong>" in page
    assert "本身不是不予受理的理由" in page
    assert [word for word in ("得分", "分值", "风险", "恶意", "职业打假") if word in page] == []


def test_the_merchant_reads_none_of_it_and_the_complainant_the_reason(
    officer: Browser, town: Town, callers: Callers, shop: Shop
) -> None:
    browser = town.member(shop)
    member, person = callers.of(browser), callers.person("gu-ke")
    number = lodged(person, member, shop)
    lodged(callers.person("gu-ke-2"), member, shop)
    case = f"{QUEUE}/{number}"
    reason = "经核实，一个月内在本市买了四十台同款电饭煲，不是为生活消费。"
    officer.done(case, f"{case}/refuse", {"ground": "R16_3", "text": reason})
    assert "第十七条" in officer.get(case), "the control: the officer reads it"
    settlement = town.act(lambda: session().scalars(sa.select(Settlement.case_no).order_by(Settlement.id)).first())
    for shown in (browser.get(f"/station/{settlement}"), str(member.get(f"/complaints/{number}"))):
        assert [word for word in ("第十七条", "用过同一个", "可能是同一件事") if word in shown] == []
    assert person.get(f"/complaints/{number}")["decision_text"] == reason
