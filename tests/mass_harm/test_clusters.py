"""Ten people who complain of one unit in one respect within thirty days are a cluster, told once, shown as counts."""

from collections.abc import Callable

from flask import Flask

from backend.access.actor import Role
from backend.background import watch_mass_harm
from backend.kernel.clock import FixedClock
from tests.console.office import YUEQING
from tests.pages.town import Shop
from tests.scene import Callers, both, request_body

Notices = Callable[..., list[tuple[str, str]]]


def watched(app: Flask) -> int:
    with app.app_context():
        return watch_mass_harm()


def test_the_tenth_person_makes_a_cluster_that_is_told_once(
    app: Flask, callers: Callers, shop: Shop, clock: FixedClock, notices: Notices
) -> None:
    council, office = callers.staff(Role.COUNCIL), callers.staff(Role.JOINT_OFFICE)
    people = [callers.person(f"gu-ke-{number}") for number in range(11)]
    for person in people[:9]:
        person.post("/settlements", request_body(shop, nature="prepaid"), 201)
    people[0].post("/settlements", request_body(shop, nature="prepaid"), 201)
    people[9].post("/settlements", request_body(shop, nature="quality"), 201)
    taken_back = people[9].post("/settlements", request_body(shop, nature="prepaid"), 201)["case_no"]
    people[9].post(f"/settlements/{taken_back}/withdraw")
    assert watched(app) == 0, "nine people: the same one twice, another respect and one who withdrew do not count"
    people[9].post("/settlements", request_body(shop, nature="prepaid"), 201)
    assert watched(app) == 1
    people[10].post("/settlements", request_body(shop, nature="prepaid"), 201)
    assert watched(app) == 0, "once"
    assert notices(council) == notices(office) == both("mass_harm_noticed")
    (cluster,) = office.get("/mass-harm")["clusters"]
    assert (cluster["unit_name"], cluster["nature_zh"], cluster["people"]) == ("瓯越电器", "预付式消费", 11)
    assert "消费者·" not in str(cluster)
    assert callers.staff(county=YUEQING).get("/mass-harm")["clusters"] == []
    assert len(callers.staff().get("/mass-harm")["clusters"]) == 1
    callers.member(shop).get("/mass-harm", 403)
    clock.advance(days=31)
    assert watched(app) == 0, "thirty days on, nobody is left in the window"


def test_a_group_counts_its_members_once_each_as_one_cause(
    app: Flask, callers: Callers, shop: Shop, notices: Notices
) -> None:
    council = callers.staff(Role.COUNCIL)
    people = [callers.person(f"gu-ke-{number}") for number in range(10)]
    natures = ["prepaid"] * 6 + ["contract"] * 4
    numbers = [
        person.post("/settlements", request_body(shop, nature=nature), 201)["case_no"]
        for person, nature in zip(people, natures, strict=True)
    ]
    about = {"about": "十一月在这家店办的储值卡，换了老板以后余额都不认。"}
    code = people[0].post(f"/settlements/{numbers[0]}/group", about, 201)["code"]
    for person, number in zip(people[1:9], numbers[1:9], strict=True):
        person.post(f"/settlements/{number}/group/join", {"code": code}, 201)
    again = people[0].post("/settlements", request_body(shop, nature="prepaid"), 201)["case_no"]
    people[0].refused(f"/settlements/{again}/group/join", {"code": code})
    assert watched(app) == 0, "nine members, one of whom has two cases; in no respect are they ten"
    people[9].post(f"/settlements/{numbers[9]}/group/join", {"code": code}, 201)
    assert watched(app) == 1
    (cluster,) = council.get("/mass-harm")["clusters"]
    assert (cluster["nature"], cluster["people"]) == ("prepaid", 10), "of the respect in which the group was opened"
    assert notices(council) == both("mass_harm_noticed")
    assert watched(app) == 0


def test_ten_people_in_more_than_thirty_days_are_none(
    app: Flask, callers: Callers, shop: Shop, clock: FixedClock
) -> None:
    for number in range(10):
        body = request_body(shop, nature="prepaid")
        callers.person(f"gu-ke-{number}").post("/settlements", body, 201)
        clock.advance(days=4)
        assert watched(app) == 0
