"""What a unit answers in public: at most 300 characters, dated, shown after somebody has read it."""

from collections.abc import Callable
from html import unescape
from typing import Any

from flask.testing import FlaskClient

from backend.access.actor import Role
from tests.pages.town import Shop, Town
from tests.public_record.conftest import entry_body
from tests.scene import Callers, both

ANSWER = "问题产品已全部下架，购买过的顾客可以随时来店退款。"


def _page(client: FlaskClient, shop: Shop) -> str:
    return unescape(client.get(f"/b/{shop.token}").text)


def test_a_reply_to_a_penalty_shows_with_it_after_an_officer_has_read_it(
    client: FlaskClient, callers: Callers, shop: Shop, notices: Callable[..., Any]
) -> None:
    member, officer = callers.member(shop), callers.staff()
    entry = officer.post(f"/units/{shop.certificate_no}/entries", entry_body(), 201)["number"]
    path = f"/units/{shop.certificate_no}/replies"
    reply = member.post(path, {"text": ANSWER, "about": entry}, 201)
    assert reply["showing"] == "waiting"
    assert ANSWER not in _page(client, shop), "nothing shows before somebody has read it"
    assert [one["text"] for one in officer.get("/public-record/waiting")["replies"]] == [ANSWER]
    officer.post(f"/unit-replies/{reply['number']}/decide", {"show": True})
    page = _page(client, shop)
    assert page.index("罚款 5000 元") < page.index("单位的回应，2026年11月23日") < page.index(ANSWER)
    assert notices(member) == both("public_entry_published", "public_content_decided")


def test_a_reply_to_the_ratings_may_be_shown_by_the_council_and_gives_way_to_a_newer_one(
    client: FlaskClient, callers: Callers, shop: Shop
) -> None:
    member, council = callers.member(shop), callers.staff(Role.COUNCIL)
    path = f"/units/{shop.certificate_no}/replies"
    for text in ("谢谢大家的意见，排队的问题正在解决。", "收银台已经增加到三个。"):
        number = member.post(path, {"text": text}, 201)["number"]
        council.post(f"/unit-replies/{number}/decide", {"show": True})
    page = _page(client, shop)
    assert "收银台已经增加到三个。" in page
    assert "排队的问题" not in page
    assert page.index("消费者评价") < page.index("对评价的回应") < page.index("投诉处理")


def test_a_refused_reply_tells_the_station_why(client: FlaskClient, callers: Callers, shop: Shop) -> None:
    member, officer = callers.member(shop), callers.staff()
    number = member.post(f"/units/{shop.certificate_no}/replies", {"text": ANSWER}, 201)["number"]
    officer.post(f"/unit-replies/{number}/decide", {"show": False, "reason": "含有顾客的姓名，请去掉。"})
    assert ANSWER not in _page(client, shop)
    mine = member.get(f"/units/{shop.certificate_no}/public-record")["replies"]
    assert [(one["showing"], one["refusal"]) for one in mine] == [("refused", "含有顾客的姓名，请去掉。")]


def test_a_reply_is_short_about_something_shown_and_the_stations_own(callers: Callers, shop: Shop, town: Town) -> None:
    member, officer = callers.member(shop), callers.staff()
    path = f"/units/{shop.certificate_no}/replies"
    assert member.post(path, {"text": "长" * 301}, 422)["fields"]["text"]
    member.refused(path, {"text": ANSWER, "about": "GS20261123-0000000"}, 404)
    entry = officer.post(f"/units/{shop.certificate_no}/entries", entry_body(), 201)["number"]
    officer.post(f"/public-entries/{entry}/withdraw", {"reason": "处罚决定经行政复议撤销。"})
    assert member.refused(path, {"text": ANSWER, "about": entry}) == "entry_not_shown"
    other = callers.member(town.shop("鹿城书店", station="南塘联络站"), "zhan-li")
    other.refused(path, {"text": ANSWER}, 404)
    officer.refused(path, {"text": ANSWER}, 403)


def test_a_reply_cannot_carry_markup_into_the_page(client: FlaskClient, callers: Callers, shop: Shop) -> None:
    text = "</script><script>alert(1)</script>{{7*7}}"
    number = callers.member(shop).post(f"/units/{shop.certificate_no}/replies", {"text": text}, 201)["number"]
    callers.staff().post(f"/unit-replies/{number}/decide", {"show": True})
    raw = client.get(f"/b/{shop.token}").text
    assert "<script>alert(1)" not in raw
    assert text in unescape(raw)
