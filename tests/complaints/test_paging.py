"""Lists of cases lead from page to page by the last row, whatever comes in on top meanwhile."""

from backend.access.actor import Role
from backend.complaints import queries
from tests.calling import Caller
from tests.pages.town import Town
from tests.scene import IDENTITY, Callers, request_body


def _filed(consumer: Caller, town: Town, names: str) -> list[str]:
    """A request against a shop of each of these names. returns their numbers, the newest first"""
    numbers = [consumer.post("/settlements", request_body(town.shop(f"{name}号店")), 201)["case_no"] for name in names]
    return numbers[::-1]


def test_a_new_request_moves_nothing_on_later_pages(callers: Callers, town: Town) -> None:
    consumer = callers.person("gu-ke")
    numbers = _filed(consumer, town, "一二三")
    first = consumer.get("/settlements?limit=2")
    assert [row["case_no"] for row in first["settlements"]] == numbers[:2]
    _filed(consumer, town, "四")
    rest = consumer.get(f"/settlements?limit=2&before={first['next']}")
    assert [row["case_no"] for row in rest["settlements"]] == numbers[2:]
    assert rest["next"] is None
    assert rest["settlements"][0]["deadlines"], "a line says until when"


def test_a_page_that_is_none_is_refused(callers: Callers) -> None:
    for query in ("before=yesterday", "limit=0", "limit=101", "limit=many"):
        callers.person("gu-ke").get(f"/settlements?{query}", 422)


def test_open_complaints_are_a_queue_and_all_of_them_an_archive(callers: Callers, town: Town) -> None:
    consumer, lodged = callers.person("gu-ke"), []
    shops = [town.shop(f"{name}号店") for name in "一二三"]
    member = callers.member(shops[0])
    for shop in shops:
        number = consumer.post("/settlements", request_body(shop), 201)["case_no"]
        member.post(f"/settlements/{number}/refuse", {"text": "小票丢了，没有办法退货。"})
        lodged.append(consumer.post(f"/settlements/{number}/escalate", {"identity": IDENTITY}, 201)["case_no"])
    consumer.post(f"/complaints/{lodged[0]}/withdraw")
    officer = town.staff(Role.CITY_OFFICER)

    def read() -> tuple[list[str], list[str], list[str]]:
        queue = [complaint.case_no for complaint, _ in queries.officers_queue(officer).rows]
        first = queries.officers_archive(officer, limit=2)
        second = queries.officers_archive(officer, before=first.next, limit=2)
        assert second.next is None
        return queue, [row.case_no for row in first.items], [row.case_no for row in second.items]

    queue, first, second = town.act(read)
    assert set(queue) == set(lodged[1:])
    assert [*first, *second] == lodged[::-1]


def test_who_is_of_a_station_too_gets_their_own_alone(callers: Callers, town: Town) -> None:
    """Otherwise a shopkeeper finds their customers' requests among those that they brought themselves."""
    theirs, elsewhere = town.shop("本站的店"), town.shop("别人的店", station="别的联络站")
    shopkeeper, customer = callers.member(theirs), callers.person("gu-ke")
    customers = customer.post("/settlements", request_body(theirs), 201)["case_no"]
    own = shopkeeper.post("/settlements", request_body(elsewhere), 201)["case_no"]
    for number, member in ((customers, shopkeeper), (own, callers.member(elsewhere, "zhan-li"))):
        member.post(f"/settlements/{number}/refuse", {"text": "小票丢了，没有办法退货。"})
    for person, number in ((customer, customers), (shopkeeper, own)):
        person.post(f"/settlements/{number}/escalate", {"identity": IDENTITY}, 201)
    for name in ("settlements", "complaints"):
        both = shopkeeper.get(f"/{name}")[name]
        assert [one["own"] for one in both] == [True, False], "the control"
        assert [one["own"] for one in shopkeeper.get(f"/{name}?own=true")[name]] == [True]
        assert [one["own"] for one in customer.get(f"/{name}?own=true")[name]] == [True]
